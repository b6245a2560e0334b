"""From a raw mail to a deed in the house, or to the reason why not."""

import logging
from datetime import timedelta
from email import message_from_bytes
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from community.events.models import Event
from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.bounces import bounce
from community.inbound.case import HELD, REJECTED, Case, Decision
from community.inbound.forwards import forward
from community.inbound.letter import Letter, message_id_of, read
from community.inbound.machines import automatic, bulk, looks_automatic, own_loop
from community.inbound.models import InboundMail
from community.inbound.origin import belongs, closed, sender, too_big, too_many
from community.inbound.purposes import Place, Written
from community.inbound.trimming import trim
from community.inbound.writing_back import ask_for_origin, give_back
from community.people.models import Person
from community.people.reading_only import refuse_reader
from community.policy.counting import refusals_counted
from community.refusals import Refusal

log = logging.getLogger(__name__)
CHECKS = [bounce, own_loop, automatic, bulk, belongs, sender, looks_automatic, forward, closed, too_many, too_big]
ASKED_FOR = {"unknown_sender", "not_authentic"}
MOST_REST = 100_000
MOST_WORDS = 32_000


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
        judge(Case(mail, letter))
    log.info("mail in", extra={"mail": mail.pk, "state": mail.state, "reason": mail.reason})


def judge(case: Case) -> None:
    """One check after another; a mail that passes them all becomes what it was meant to be."""
    case.mail.sender = case.letter.sender
    decision = next((found for check in CHECKS if (found := check(case))), None)
    if decision is None and case.place and case.author:
        decision = admit(case.mail, case.letter, case.place, by=case.author)
    if decision is not None:
        set_aside(case, decision)


def admit(mail: InboundMail, letter: Letter, place: Place, *, by: Person) -> Decision | None:
    """Do what the mail was written for. Answers with a decision when a rule says no."""
    words, rest = trim(letter.text)
    written = Written(by, words, rest[:MOST_REST], letter.message_id, letter.files)
    try:
        with refusals_counted(), transaction.atomic(), translation.override(by.locale or None):
            refuse_reader(by)
            place.take(written)
    except Refusal as refusal:
        return Decision(REJECTED, "empty" if refusal.code == "empty" else "refused", str(refusal)[:500])
    mail.settle(InboundMail.State.ACCEPTED, by=mail.decided_by, **found_at(place))
    return None


def found_at(place: Place | None) -> dict[str, Any]:
    """Where the mail belongs, for its row."""
    if place is None:
        return {}
    return {"purpose": place.purpose, "about": place.about, "chain": place.chain, "person": place.person}


def set_aside(case: Case, decision: Decision) -> None:
    """It does not become what it was meant to be: keep its words, and tell whoever must know."""
    mail, place = case.mail, case.place
    words = trim(case.letter.text)[0][:MOST_WORDS] if decision.state in (HELD, REJECTED) else ""
    mail.settle(decision.state, decision.reason, text=words, explanation=decision.explanation, **found_at(place))
    if decision.state == HELD:
        record(Verb.MAIL_HELD, actor=None, subject=mail, reason=decision.reason)
    if place is None:
        return
    if decision.state == REJECTED:
        give_back(mail, place)
    if decision.reason in ASKED_FOR:
        ask_for_origin(mail, place)
    if decision.reason == "too_many":
        alarm(mail, place)


def alarm(mail: InboundMail, place: Place) -> None:
    """Tell the supervisors of a storm of mails, once an hour and matter."""
    hour = timezone.now() - timedelta(hours=1)
    known = Event.objects.filter(verb=Verb.MAIL_STORM, details__chain=place.chain, created_at__gt=hour)
    if not known.exists():
        record(Verb.MAIL_STORM, actor=None, subject=place.subject, mail=mail.pk, chain=place.chain)


def keep_raw(raw: bytes, *, source: str, envelope_to: str = "") -> InboundMail:
    """Keep a mail as it came, before anything is read from it but its Message-ID."""
    head = raw[:64_000].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    try:
        message_id = message_id_of(message_from_bytes(head))
    except Exception:  # as above: the hash of the mail is its name then
        message_id = ""
    return InboundMail.objects.store(raw, source=source, message_id=message_id, envelope_to=envelope_to)
