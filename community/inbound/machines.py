"""Checks for mail that no person wrote. It never becomes a message and is never answered (AC-NOTE-5)."""

import re

from community.inbound.case import HELD, IGNORED, Case, Decision
from community.notifications.addresses import is_our_own
from community.notifications.models import EmailDelivery

ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|autoreply|auto-?responder)([+.@_-]|$)", re.IGNORECASE
)
AWAY = re.compile(
    r"^(auto(matic)?[ -]?(reply|response|matische antwort)|automatische antwort|out of (the )?office|abwesenheits|"
    r"absence|réponse automatique|respuesta autom|fuera de la oficina|risposta automatica)",
    re.IGNORECASE,
)


def own_loop(case: Case) -> Decision | None:
    """One of our own mails has come back."""
    letter = case.letter
    is_ours = is_our_own(letter.sender) or EmailDelivery.objects.filter(message_id=letter.message_id or "-").exists()
    return Decision(IGNORED, "own_loop") if is_ours else None


def automatic(case: Case) -> Decision | None:
    """A machine says so itself (RFC 3834), or its address does."""
    letter = case.letter
    said = letter.header("Auto-Submitted").lower()
    says_so = said not in ("", "no") or any(
        letter.header(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Failed-Recipients")
    )
    is_null = letter.header("Return-Path") == "<>"
    is_robot = bool(ROBOTS.match(letter.sender))
    return Decision(IGNORED, "automatic") if says_so or is_null or is_robot else None


def bulk(case: Case) -> Decision | None:
    """Mailing lists and bulk mail."""
    letter = case.letter
    is_bulk = letter.header("Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    is_list = bool(letter.header("List-Id") or letter.header("List-Post") or letter.header("List-Unsubscribe"))
    return Decision(IGNORED, "bulk") if is_bulk or is_list else None


def looks_automatic(case: Case) -> Decision | None:
    """Only the subject says so. A person may have written it, so somebody looks."""
    return Decision(HELD, "looks_automatic") if AWAY.match(case.letter.subject) else None
