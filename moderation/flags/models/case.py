"""A case: one object that somebody should look at, with all its flags and findings."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Stale
from moderation.flags.models.claiming import ClaimableCase
from moderation.flags.models.finding import CaseFinding
from moderation.flags.scoring import Term, explain, points_of, ranks_at
from moderation.flags.subjects import Subject, subject_of


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases. Every list, count and page of the review queue starts at `visible_to`."""

    def visible_to(self, person: Any) -> Self:
        """Cases of the brands this person moderates; nothing for everybody else, and never one about themselves."""
        if person is None or not person.is_authenticated or not person.can(Capability.MODERATE):
            return self.none()
        brands = person.brands_for(Capability.MODERATE)
        mine = self.exclude(concerns=person)
        return mine if brands is None else mine.filter(brand__in=brands)

    def open(self) -> Self:
        return self.filter(state=Case.State.OPEN)

    def free_for(self, person: Person) -> Self:
        """At nobody else's hand."""
        is_nobodys = models.Q(claim_row=None) | models.Q(claim_row__until__lte=timezone.now())
        return self.filter(is_nobodys | models.Q(claim_row__holder=person))

    def about(self, row: models.Model) -> Self:
        """All cases about one object, the newest first."""
        kind = ContentType.objects.get_for_model(row)
        return self.filter(subject_type=kind, subject_id=row.pk).order_by("-pk")

    def with_rows(self) -> Self:
        """With all that a row of the queue shows."""
        return self.select_related("concerns", "claim_row__holder", "subject_type").prefetch_related(
            "flags__by", "flags__rule", "findings"
        )

    @transaction.atomic
    def open_about(
        self,
        row: models.Model,
        *,
        by: Person | None = None,
        origin: str = "signal",
        rule: str = "",
        reason: str = "",
        points: int = 20,
        version: int = 1,
        is_sensitive: bool = False,
    ) -> "Case":
        """The open case about an object: the one there is, or a new one. With `rule` it notes what found it."""
        subject = subject_of(row)
        kind = ContentType.objects.get_for_model(row)
        concerned = subject.concerns
        if concerned is not None:  # two first flags of one moment make one case
            Person.objects.select_for_update(no_key=True).filter(pk=concerned.pk).first()
        case = (
            self.select_for_update(of=("self",))
            .filter(subject_type=kind, subject_id=row.pk, state=Case.State.OPEN)
            .first()
        )
        is_new = case is None
        if case is None:
            case = self.create(
                subject_type=kind, subject_id=row.pk, kind=subject.kind, title=subject.title[:200],
                concerns=concerned, brand=subject.brand, origin=origin, reach=subject.reach,
            )  # fmt: skip
        if rule:
            found = CaseFinding(case=case, rule=rule, reason=reason[:300], points=points, version=version)
            same = {"unique_fields": ["case", "rule"], "update_fields": ["reason", "points", "version"]}
            CaseFinding.objects.bulk_create([found], update_conflicts=True, **same)
        case.is_sensitive = case.is_sensitive or is_sensitive
        case.rank()
        if is_new:
            record(Verb.CASE_OPENED, actor=by, subject=case, kind=case.kind, origin=origin)
        return case


class Case(ClaimableCase, models.Model):
    """One object before the moderators: open until somebody decides. A later flag of other words opens another one."""

    class State(models.TextChoices):
        OPEN = "open"
        DECIDED = "decided"

    class Origin(models.TextChoices):
        FLAG = "flag"
        NOTICE = "notice"  # somebody without an account
        GATE = "gate"  # held before it was published
        SIGNAL = "signal"  # a score, a ring, a wave
        STAFF = "staff"  # a moderator came across it

    class Outcome(models.TextChoices):
        ACTED = "acted"
        LEFT = "left"  # nothing against the rules was found

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField(max_length=20, help_text="of the object, see subjects.py")
    title = models.CharField(max_length=200)
    concerns = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="cases_about")
    brand = models.SlugField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    judged_version = models.CharField(max_length=40, blank=True, help_text="the wording that was decided on")
    is_sensitive = models.BooleanField(default=False, help_text="hard to look at; counted for those who do")
    reach = models.PositiveIntegerField(default=0)
    ranks_at = models.DateTimeField(default=timezone.now, help_text="kept: the order of the queue, see scoring.py")
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="open"),
                name="one_open_case_per_object",
            )
        ]
        indexes = [
            models.Index(fields=["state", "ranks_at", "id"], name="case_by_rank"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="case_by_subject"),
            models.Index(fields=["concerns", "-id"], name="case_by_person"),
        ]

    def __str__(self) -> str:
        return self.title or f"case {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case-detail", args=[self.pk])

    @property
    def reviewed(self) -> Subject | None:
        """The object as a moderator sees it; None when it is gone for good."""
        return subject_of(self.subject) if self.subject is not None else None

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def terms(self) -> list[Term]:
        """Why it is where it is in the queue."""
        return explain(self)

    @property
    def score(self) -> int:
        """The sum of the terms, read from the kept place in the queue."""
        return points_of(self)

    def rank(self) -> None:
        """Keep the place in the queue after something that counts has changed."""
        self.ranks_at = ranks_at(self)
        self.version += 1
        self.save(update_fields=["ranks_at", "is_sensitive", "version"])

    def hold(self, version: int | None = None) -> None:
        """Lock the row until the transaction ends and read it anew. Raises Stale when it moved on since `version`."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        if version is not None and version != self.version:
            raise Stale(self)

    def close(self, outcome: str) -> None:
        """It is decided, on the wording that stands now."""
        self.state, self.outcome, self.closed_at = self.State.DECIDED, outcome, timezone.now()
        self.judged_version = self.reviewed.version if self.reviewed else ""
        self.version += 1
        self.save(update_fields=["state", "outcome", "closed_at", "judged_version", "version"])

    def reopen(self) -> None:
        """The decision was taken back: somebody has to look again, and reporters wait again."""
        self.state, self.outcome, self.closed_at, self.judged_version = self.State.OPEN, "", None, ""
        self.version += 1
        self.save(update_fields=["state", "outcome", "closed_at", "judged_version", "version"])
        for flag in self.flags.all():
            flag.judge("")
