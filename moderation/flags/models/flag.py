"""A flag: one person's word that something is against a house rule. Also the notice of somebody without an account."""

import secrets
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.flags.models.case import Case
from moderation.flags.models.rule import HouseRule
from moderation.flags.subjects import subject_of

OUTCOMES = {
    "acted": gettext_lazy("The team looked at it and acted on it."),
    "left": gettext_lazy("The team looked at it and found nothing against the house rules."),
}


def new_receipt() -> str:
    """A number to come back with: long enough that nobody guesses another one's."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "N-" + "".join(secrets.choice(letters) for _sign in range(12))


class FlagQuerySet(models.QuerySet["Flag"]):
    """Which flags."""

    def judged(self) -> Self:
        return self.exclude(outcome="")

    @transaction.atomic
    def flag(self, row: models.Model, *, by: Person, rule: HouseRule, note: str = "") -> "Flag":
        """A member says that an object is against a rule. Flagging it twice changes nothing.

        Refused when this very wording was decided on before: the person is told what came of it.
        """
        subject = subject_of(row)
        if subject.concerns == by:
            raise Refusal(_("This is your own. You can edit it or take it back."), code="own")
        refuse_when_judged(row)
        case = Case.objects.open_about(row, by=by, origin=Case.Origin.FLAG, is_sensitive=rule.is_sensitive)
        fields = {"rule": rule, "note": note.strip(), "version": subject.version}
        flag, is_new = self.get_or_create(case=case, by=by, defaults=fields)
        if is_new:
            case.rank()
            record(Verb.FLAG_RAISED, actor=by, subject=flag, case=case.pk, rule=rule.slug)
        return flag

    @transaction.atomic
    def give_notice(
        self, row: models.Model, *, rule: HouseRule, note: str, name: str, email: str, url: str, good_faith: bool
    ) -> "Flag":
        """Somebody without an account says that an object is against the law or a rule. They get a receipt number."""
        if not good_faith:
            raise Refusal(_("Please confirm that you say this in good faith."), code="good_faith", status=422)
        if not rule.is_nameless and not (name.strip() and email.strip()):
            raise Refusal(_("For this we need your name and address."), code="nameless", status=422)
        refuse_when_judged(row)
        case = Case.objects.open_about(row, origin=Case.Origin.NOTICE, is_sensitive=rule.is_sensitive)
        fields = {"note": note.strip(), "name": name.strip(), "email": email.strip(), "url": url}
        flag = self.create(case=case, rule=rule, version=subject_of(row).version, **fields)
        case.rank()
        record(Verb.FLAG_RAISED, actor=None, subject=flag, case=case.pk, rule=rule.slug, notice=True)
        return flag


class Flag(models.Model):
    """One flag. Its outcome is what its reporter may know: never what happened to anybody."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="flags", help_text="empty: notice")
    rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, related_name="flags")
    note = models.CharField(max_length=2000, blank=True)
    version = models.CharField(max_length=40, help_text="the wording that was flagged")
    receipt = models.CharField(max_length=20, unique=True, default=new_receipt)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    url = models.CharField(max_length=500, blank=True, help_text="the address that a notice names")
    outcome = models.CharField(max_length=10, choices=Case.Outcome.choices, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="a_person_flags_a_case_once")]
        indexes = [models.Index(fields=["by", "-created_at"], name="flag_by_reporter")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def sentence(self) -> str:
        """Where it stands, in words for its reporter."""
        return OUTCOMES.get(self.outcome) or _("The team will look at it.")

    def judge(self, outcome: str) -> None:
        """The case was decided, or decided anew after an appeal."""
        self.outcome, self.judged_at = outcome, timezone.now() if outcome else None
        self.save(update_fields=["outcome", "judged_at"])


def refuse_when_judged(row: Any) -> None:
    """Raise a Refusal with the earlier outcome when exactly this wording was decided on before."""
    subject = subject_of(row)
    judged = Case.objects.about(row).filter(state=Case.State.DECIDED).first()
    if judged and judged.judged_version == subject.version and not Case.objects.about(row).open().exists():
        sentence = _("This was looked at before, and it has not changed since. %(outcome)s")
        raise Refusal(sentence % {"outcome": OUTCOMES[judged.outcome]}, code="judged", case=judged.pk)
