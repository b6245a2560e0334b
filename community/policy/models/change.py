"""A change that waits for a look: what was said before stays in sight until somebody has decided."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal


class HeldChangeQuerySet(models.QuerySet["HeldChange"]):
    """Which changes, and how one comes to wait."""

    def visible_to(self, person: Any) -> Self:
        """One's own."""
        return self.filter(by=person.pk) if person.is_authenticated else self.none()

    def waiting(self) -> Self:
        return self.filter(state=HeldChange.State.WAITING)

    def about(self, row: models.Model) -> Self:
        """All changes of one object."""
        return self.filter(subject_type=ContentType.objects.get_for_model(row), subject_id=row.pk)

    def of(self, row: models.Model, person: Any, kind: str) -> "HeldChange | None":
        """What this person wants to change there, as far as it waits."""
        return self.about(row).waiting().visible_to(person).filter(kind=kind).first()

    @transaction.atomic
    def hold(
        self, row: models.Model, kind: str, texts: dict[str, str], *, by: Person, because: dict[str, Any], **facts: Any
    ) -> "HeldChange":
        """Keep what somebody wants to say there until a person has looked.

        A second change by the same person takes the place of their first. `because` is the verdict's `held_because`,
        `facts` are what publishing needs to know.
        """
        self.withdraw(row, kind, by=by)
        change = self.create(subject=row, kind=kind, texts=texts, facts=facts, by=by)
        record(Verb.CHANGE_HELD, actor=by, subject=change, kind=kind, **because)
        return change

    @transaction.atomic
    def withdraw(self, row: models.Model, kind: str, *, by: Person) -> None:
        """What this person wanted to change there waits no longer: they have said something else since."""
        earlier = self.of(row, by, kind)
        if earlier is not None:
            earlier.take_back(by=by)


class HeldChange(models.Model):
    """What somebody wants to say in place of what stands there, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        PUBLISHED = "published"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.SlugField(max_length=20, help_text="see changing.py")
    texts = models.JSONField(help_text="the new words by the name of the field they are for")
    facts = models.JSONField(default=dict, help_text="what publishing needs to know")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held_changes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = HeldChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "by"],
                condition=models.Q(state="waiting"),
                name="one_waiting_change_per_person_and_object",
            )
        ]
        indexes = [models.Index(fields=["by", "state"], name="held_change_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def settle(self, state: str, *, by: Person | None) -> None:
        """Somebody has looked at it. Raises a Refusal when that was done before, or when it was taken back."""
        self.refresh_from_db(from_queryset=HeldChange.objects.select_for_update(of=("self",)))
        if not self.is_waiting:
            raise Refusal(_("This change does not wait any more."), code="not_waiting")
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=["state", "decided_by", "decided_at"])

    @transaction.atomic
    def decline(self, *, by: Person | None, reason: str) -> None:
        """It is not published; what stood there before goes on standing there."""
        if not reason.strip():
            raise Refusal(_("Say why, so that the author can be told."), code="reason_missing", status=422)
        self.settle(self.State.DECLINED, by=by)
        record(Verb.CHANGE_DECLINED, actor=by, subject=self, kind=self.kind, reason=reason[:500])

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """Who wanted it wants it no longer."""
        if self.by_id != by.pk:
            raise Refusal(_("Only who made it can take it back."), code="not_yours", status=403)
        self.settle(self.State.WITHDRAWN, by=by)
        record(Verb.CHANGE_WITHDRAWN, actor=by, subject=self, kind=self.kind)

    @transaction.atomic
    def wait_again(self) -> None:
        """A decision was taken back. When its author has sent another one meanwhile, that one waits in its place."""
        self.refresh_from_db(from_queryset=HeldChange.objects.select_for_update(of=("self",)))
        row, person = self.subject, self.by
        if self.state == self.State.DECLINED and row is not None and not HeldChange.objects.of(row, person, self.kind):
            self.state, self.decided_by, self.decided_at = self.State.WAITING, None, None
            self.save(update_fields=["state", "decided_by", "decided_at"])
