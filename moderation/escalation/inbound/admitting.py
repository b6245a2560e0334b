"""A held mail is let in after all: the customer says it was theirs, or somebody of the team saw that it is genuine."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.escalation.inbound.letter import read
from moderation.escalation.inbound.receiving import admit
from moderation.escalation.models import InboundMail

NEVER = {"wrong_token", "no_token", "broken"}
"""Held for reasons that no decision can mend: they belong to no conversation."""


@transaction.atomic
def admit_held(mail: InboundMail, *, by: Person) -> None:
    """Make a held mail a message. What it came from stays visible to the team."""
    row = mail.lock_held()
    if row.conversation is None or row.reason in NEVER:
        raise Refusal(_("This mail belongs to no conversation."), code="no_conversation", status=422)
    row.decided_by = by
    decision = admit(row, read(bytes(row.raw), row.envelope_to), row.conversation)
    if decision is not None:
        raise Refusal(_("Its text cannot be taken: it is empty or too long."), code=decision.reason, status=422)
    record(Verb.MAIL_ADMITTED, actor=by, subject=row)
