"""The second reading: blind, and without consequences but a talk."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.decisions.models import CaseNote, SecondReading
from moderation.flags.models import Case, HouseRule
from moderation.flags.models.claiming import refuse_unless_moderator


@transaction.atomic
def read_again(reading: SecondReading, outcome: str, *, by: Person, rule: HouseRule | None = None) -> None:
    """Judge the case without knowing the first judgement. Seeing it differently opens a talk in the case."""
    refuse_unless_moderator(by)
    reading.refresh_from_db(from_queryset=SecondReading.objects.select_for_update(of=("self",)))
    first = reading.decision
    if first.by_id == by.pk:
        raise Refusal(_("You made this decision, so somebody else reads it again."), code="first_reviewer", status=403)
    if reading.read_at is not None:
        raise Refusal(_("Somebody has read it again already."), code="read")
    acts = outcome == Case.Outcome.ACTED
    if acts and rule is None:
        raise Refusal(_("Choose the rule that it is against."), code="no_rule", status=422)
    reading.by, reading.outcome, reading.rule = by, outcome, rule if acts else None
    reading.is_agreeing = first.outcome == outcome and first.rule_id == reading.rule_id
    reading.read_at = timezone.now()
    reading.save()
    record(Verb.READ_AGAIN, actor=by, subject=first, agrees=reading.is_agreeing)
    if not reading.is_agreeing:
        said = _("A second reading sees this differently: %(what)s. Please talk about it here.")
        discuss(first.case, said % {"what": rule.title if acts and rule else _("nothing against the rules")}, by=by)


def discuss(case: Case, text: str, *, by: Person) -> CaseNote:
    """A note in the case, for colleagues."""
    refuse_unless_moderator(by)
    if not text.strip():
        raise Refusal(_("Write something first."), code="empty", status=422)
    note = CaseNote.objects.create(case=case, by=by, text=text.strip()[:1000])
    record(Verb.CASE_DISCUSSED, actor=by, subject=case, note=note.pk)
    return note


@dataclass(frozen=True)
class Agreement:
    """How often second readers agreed, for one rule."""

    rule: str
    read: int
    agreed: int

    @property
    def rate(self) -> int:
        """In percent."""
        return round(100 * self.agreed / self.read) if self.read else 0


def agreement_by_rule() -> list[Agreement]:
    """For each rule of the first decision; without a rule: decisions that found nothing."""
    rows = (
        SecondReading.objects.exclude(read_at=None)
        .values("decision__rule__title")
        .annotate(read=Count("pk"), agreed=Count("pk", filter=Q(is_agreeing=True)))
        .order_by("-read")
    )
    nothing = _("nothing against the rules")
    return [Agreement(row["decision__rule__title"] or nothing, row["read"], row["agreed"]) for row in rows]
