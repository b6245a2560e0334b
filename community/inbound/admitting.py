"""A held mail is let in after all: its owner says it was theirs, or somebody of the team saw that it is genuine."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.letter import read
from community.inbound.models import InboundMail
from community.inbound.receiving import admit
from community.refusals import Refusal

NEVER = {"wrong_token", "no_token", "broken", "suspended"}
"""Held for reasons that no decision can mend: they belong to no matter, or to nobody who may speak."""


@transaction.atomic
def admit_held(mail: InboundMail, *, by: Any) -> None:
    """Let a held mail be what it was written for. What it came from stays visible to the team."""
    row = mail.lock_held()
    place = row.place
    if place is None or row.reason in NEVER:
        raise Refusal(_("This mail belongs to nothing that is going on here."), code="no_place", status=422)
    row.decided_by = by
    decision = admit(row, read(bytes(row.raw), row.envelope_to), place, by=place.person)
    if decision is not None:
        raise Refusal(decision.explanation or str(row), code=decision.reason, status=422)
    record(Verb.MAIL_ADMITTED, actor=by, subject=row)
