"""From a raw mail to a message, or to the reason why not."""

import logging
from datetime import timedelta
from email import message_from_bytes

from django.db import transaction
from django.utils import timezone

from community.events.models import Event
from community.events.recording import record
from community.events.verbs import Verb
from community.refusals import Refusal
from moderation.escalation.channels.email import mail_question_of_origin, mail_rejection
from moderation.escalation.inbound.bounces import bounce
from moderation.escalation.inbound.case import Case, Decision
from moderation.escalation.inbound.letter import Letter, message_id_of, read
from moderation.escalation.inbound.machines import automatic, bulk, looks_automatic, own_loop
from moderation.escalation.inbound.origin import belongs, closed, sender, too_big, too_many
from moderation.escalation.inbound.trimming import trim
from moderation.escalation.models import Channel, InboundMail

log = logging.getLogger(__name__)
CHECKS = [bounce, own_loop, automatic, bulk, belongs, sender, looks_automatic, closed, too_many, too_big]
ASKED_FOR = {"unknown_sender", "not_authentic"}
MOST_REST = 100_000


def read_mail(mail: InboundMail) -> None:
    """Judge a kept mail, once. Whatever happens, the row says what became of it."""
    try:
        letter = read(bytes(mail.raw), mail.envelope_to)
    except Exception:  # anybody can send anything: a mail that breaks the parser is for a person to look at
        log.exception("mail not readable", extra={"mail": mail.pk})
        mail.settle(InboundMail.State.HELD, "broken")
        return
    with transaction.atomic():
        mail = InboundMail.objects.select_for_update().get(pk=mail.pk)
        if mail.state != InboundMail.State.RECEIVED:
            return
        case = Case(mail, letter)
        mail.sender = letter.sender
        decision = next((found for check in CHECKS if (found := check(case))), None)
        if decision is None:
            decision = admit(mail, letter, case.conversation)
        if decision is not None:
            set_aside(case, decision)
    log.info("mail in", extra={"mail": mail.pk, "state": mail.state, "reason": mail.reason})


def admit(mail: InboundMail, letter: Letter, conversation: object) -> Decision | None:
    """Make it a message of its conversation. Answers with a decision when a rule says no."""
    words, rest = trim(letter.text)
    try:
        with transaction.atomic():
            message = conversation.say(  # type: ignore[attr-defined]
                words,
                by=conversation.customer,  # type: ignore[attr-defined]
                via=Channel.MAIL,
                rest=rest[:MOST_REST],
                mail_id=letter.message_id,
                files=letter.files,
            )
    except Refusal as refusal:
        return Decision(InboundMail.State.REJECTED, "empty" if refusal.code == "empty" else "refused")
    mail.settle(InboundMail.State.ACCEPTED, conversation=conversation, message=message, by=mail.decided_by)
    return None


def set_aside(case: Case, decision: Decision) -> None:
    """It does not become a message: keep its words, and tell whoever must know."""
    mail = case.mail
    keeps_words = decision.state in (InboundMail.State.HELD, InboundMail.State.REJECTED)
    words = trim(case.letter.text)[0][:32_000] if keeps_words else ""
    mail.settle(decision.state, decision.reason, conversation=case.conversation, text=words)
    if decision.state == InboundMail.State.REJECTED:
        mail_rejection(mail, mail.why)
    if decision.state == InboundMail.State.HELD:
        record(Verb.MAIL_HELD, actor=None, subject=mail, reason=decision.reason)
    if decision.reason in ASKED_FOR:
        mail_question_of_origin(mail)
    if decision.reason == "too_many":
        alarm(case)


def alarm(case: Case) -> None:
    """Tell the supervisors of a storm of mails, once an hour and conversation."""
    conversation = case.conversation
    assert conversation is not None
    hour = timezone.now() - timedelta(hours=1)
    known = Event.objects.filter(verb=Verb.MAIL_STORM, subject_id=conversation.pk, created_at__gt=hour)
    if not known.exists():
        record(Verb.MAIL_STORM, actor=None, subject=conversation, mail=case.mail.pk)


def keep_raw(raw: bytes, *, source: str, envelope_to: str = "") -> InboundMail:
    """Keep a mail as it came, before anything is read from it but its Message-ID."""
    head = raw[:64_000].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    try:
        message_id = message_id_of(message_from_bytes(head))
    except Exception:  # as above: the hash of the mail is its name then
        message_id = ""
    return InboundMail.objects.store(raw, source=source, message_id=message_id, envelope_to=envelope_to)
