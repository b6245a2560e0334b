"""Two accounts that are one person: a pointer from one to the other, which moves no row and can be taken back."""

from typing import Any, Self

from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, refuse_too_long
from moderation.identities.weighing import Reason, for_people


class MergeQuerySet(models.QuerySet["Merge"]):
    """Which merges, and how two accounts become one person."""

    def visible_to(self, viewer: Any) -> Self:
        """The team at the desk; which customers they may see is asked with the customers."""
        if viewer is None or not viewer.is_authenticated or not viewer.can(Capability.WORK_THE_QUEUE):
            return self.none()
        return self

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)

    @transaction.atomic
    def merge(self, gone: Person, into: Person, *, by: Person, reason: str) -> "Merge":
        """From now on `gone` reads as `into`. Every row stays with the account that it came by."""
        refuse_unless_supervisor(by)
        if not reason.strip():
            raise Refusal(_("Say what makes you sure."), code="no_reason", status=422)
        refuse_too_long(reason)
        list(Person.objects.select_for_update().filter(pk__in=[gone.pk, into.pk]).order_by("pk"))
        refuse_two_people(gone, into)
        evidence = [[each.code, each.points] for each in for_people(gone, into)]
        row = self.create(gone=gone, kept=into, by=by, reason=reason.strip(), evidence=evidence)
        record(Verb.PEOPLE_MERGED, actor=by, subject=into, gone=gone.pk, kept=into.pk, merge=row.pk)
        return row


def refuse_unless_supervisor(by: Person) -> None:
    if not by.can(Capability.SUPERVISE):
        raise Refusal(_("Supervisors decide which accounts are one person."), code="not_yours", status=403)


def refuse_two_people(gone: Person, into: Person) -> None:
    """Everything that stands against it, each said plainly."""
    if gone.pk == into.pk:
        raise Refusal(_("This is the same account."), code="same_account", status=422)
    if gone.is_team or into.is_team:
        raise Refusal(_("Accounts of the team are not merged."), code="of_the_team", status=422)
    subjects = [set(SocialAccount.objects.filter(user=each).values_list("provider", "uid")) for each in (gone, into)]
    if all(subjects):
        raise Refusal(
            _(
                "Each of the two signs in through an identity provider, as two different people there. "
                "Whoever that provider takes for two is not one person here."
            ),
            code="two_subjects",
            status=422,
        )
    standing = Merge.objects.standing()
    if standing.filter(gone__in=[gone, into]).exists() or standing.filter(kept=gone).exists():
        raise Refusal(
            _("One of the two is merged already. Take that back first, or merge with the account that was kept."),
            code="merged_already",
        )


class Merge(models.Model):
    """`gone` and `kept` are one person, until somebody takes it back."""

    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_away")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_here")
    evidence = models.JSONField(default=list, help_text="what spoke for it on that day, with points")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="one_standing_merge_per_account"
            ),
            models.CheckConstraint(condition=~models.Q(gone=models.F("kept")), name="nobody_merges_with_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} is {self.kept}"

    @property
    def reasons(self) -> list[Reason]:
        """What spoke for it when it was decided."""
        return [Reason(code, points) for code, points in self.evidence]

    @transaction.atomic
    def undo(self, *, by: Person) -> None:
        """They are two people after all: each has again what came by their account, before and since."""
        refuse_unless_supervisor(by)
        row = Merge.objects.select_for_update().get(pk=self.pk)
        if row.undone_at:
            raise Refusal(_("This was taken back already."), code="undone")
        self.undone_at, self.undone_by = timezone.now(), by
        self.save(update_fields=["undone_at", "undone_by"])
        record(Verb.PEOPLE_UNMERGED, actor=by, subject=self.kept, gone=self.gone_id, kept=self.kept_id, merge=self.pk)
