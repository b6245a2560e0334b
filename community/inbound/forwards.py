"""A forward is not a reply: its words are mostly somebody else's, and were not meant for this page (AC-NOTE-4)."""

import re

from community.inbound.case import REJECTED, Case, Decision

SUBJECT = re.compile(
    r"^\s*(fwd?|wg|wtr|weiterleitung|tr|rv|reenv|enc|doorst|vb|vs\. edelleen|vl|videresendt|i|pd|fs|přep|továbbítva|"
    r"ilt|i̇lt|προωθ|пересл|перес|转发|轉寄|転送|전달)\s*[:：]",
    re.IGNORECASE,
)
HEAD = re.compile(
    r"^[>\s*]*(-{2,}\s*(forwarded (message|by)|weitergeleitete nachricht|"
    r"message (transféré|transmis)|mensaje reenviado|"
    r"messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|vidarebefordrat (meddelande|mail)|"
    r"videresendt (meddelelse|melding)|wiadomość przekazana dalej|přeposlaná zpráva|переслан\w+ сообщени\w+)\b.*"
    r"|(begin forwarded message|anfang der weitergeleiteten (nachricht|e-mail)|début du message (réexpédié|transféré)|"
    r"inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|"
    r"início da mensagem (reencaminhada|encaminhada))\s*:?\s*)$",
    re.IGNORECASE | re.MULTILINE,
)


def forward(case: Case) -> Decision | None:
    """The subject says so, or a forwarded mail begins in it while nothing says that it answers one of ours."""
    letter = case.letter
    has_head = bool(HEAD.search(letter.text[:60_000])) and not letter.references
    return Decision(REJECTED, "forward") if SUBJECT.match(letter.subject) or has_head else None
