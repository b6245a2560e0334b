"""Who is looking at a case: for ten minutes, and others take it over with a reason only."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal

HELD_FOR = timedelta(minutes=10)


class CaseClaim(models.Model):
    """One moderator has one case at hand, until then. It ends by itself."""

    case = models.OneToOneField("flags.Case", on_delete=models.CASCADE, related_name="claim_row")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()


class ClaimableCase:
    """What a case can do about being at hand."""

    pk: int
    _state: Any
    hold: Any

    @property
    def holder(self) -> Person | None:
        """Who has it at hand now."""
        try:
            row: CaseClaim = self.claim_row  # type: ignore[attr-defined]
        except ObjectDoesNotExist:
            return None
        return row.holder if row.until > timezone.now() else None

    @transaction.atomic
    def claim(self, *, by: Person, take_over: bool = False, reason: str = "") -> None:
        """Take it at hand for ten minutes. A colleague's case is only taken over knowingly, with a reason."""
        refuse_unless_moderator(by)
        self.hold()
        holder = self.holder
        if holder and holder.pk != by.pk and not take_over:
            raise Refusal(_("%(who)s is on it. Take it over if you must.") % {"who": holder}, code="held_by_other")
        if holder and holder.pk != by.pk and not reason.strip():
            sentence = _("Say why, so that %(who)s understands.")
            raise Refusal(sentence % {"who": holder}, code="reason_missing", status=422)
        CaseClaim.objects.update_or_create(case_id=self.pk, defaults={"holder": by, "until": timezone.now() + HELD_FOR})
        self._state.fields_cache.pop("claim_row", None)
        if holder is None or holder.pk != by.pk:
            previous = holder.pk if holder else None
            record(Verb.CASE_CLAIMED, actor=by, subject=self, previous=previous, reason=reason)  # type: ignore[arg-type]

    @transaction.atomic
    def release(self, *, by: Person) -> None:
        """Let somebody else look at it."""
        refuse_unless_moderator(by)
        CaseClaim.objects.filter(case_id=self.pk, holder=by).delete()
        self._state.fields_cache.pop("claim_row", None)


def refuse_unless_moderator(by: Any) -> None:
    """A command (`by` is None) may, and people who moderate."""
    if by is not None and not by.can(Capability.MODERATE):
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
