"""A ring: people who vote for one another. Each member is a case of its own, decided together with the others."""

from typing import Any, Self
from uuid import uuid4

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.threads.models import Vote
from moderation.decisions.deciding import Wanted, decide, undo_batch
from moderation.decisions.models import Decision
from moderation.flags.models import Case, HouseRule
from moderation.flags.rule_names import named
from moderation.rings.finding import WINDOW, Found

GROWN_BY = 1.5
RULE = named("vote_ring", gettext_lazy("Votes for one another"))
"""A ring that was let be comes back when it has grown by half."""


class RingQuerySet(models.QuerySet["Ring"]):
    """Which rings, and how one is kept."""

    def visible_to(self, person: Any) -> Self:
        """For moderators of everything, but for those in it."""
        is_moderator = person.is_authenticated and person.can(Capability.MODERATE)
        if not is_moderator or person.brands_for(Capability.MODERATE) is not None:
            return self.none()
        return self.exclude(members__person=person)

    @transaction.atomic
    def keep(self, found: Found) -> "Ring | None":
        """The ring that was found, with a case for each member; None when people have looked at it already."""
        people = sorted(member.person for member in found.members)
        known = self.filter(people=people).order_by("-pk").first()
        if known and known.state != Ring.State.OPEN and found.votes < known.vote_count * GROWN_BY:
            return None
        is_new = known is None or known.state != Ring.State.OPEN
        ring = self.model(people=people) if known is None or is_new else known
        ring.vote_count = found.votes
        ring.pairs = [[giver, receiver, n] for (giver, receiver), n in sorted(found.pairs.items())]
        ring.save()
        for member in found.members:
            numbers = {name: getattr(member, name) for name in RingMember.NUMBERS}
            row, _new = RingMember.objects.update_or_create(ring=ring, person_id=member.person, defaults=numbers)
            Case.objects.open_about(row, rule=RULE, reason=row.words, points=30)
        if is_new:
            record(Verb.RING_FOUND, actor=None, subject=ring, people=people, votes=found.votes)
        return ring


class Ring(models.Model):
    """Who voted for whom how often: facts as they were when it was found."""

    class State(models.TextChoices):
        OPEN = "open"
        REVERSED = "reversed"
        LEFT = "left"

    people = models.JSONField(help_text="ids of the members, sorted")
    pairs = models.JSONField(help_text="giver, receiver, votes")
    vote_count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    batch = models.UUIDField(null=True, blank=True, help_text="of the decisions about its members")
    left_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="ring_by_state")]

    def __str__(self) -> str:
        return ngettext("ring of %(n)d", "ring of %(n)d", len(self.people)) % {"n": len(self.people)}

    def get_absolute_url(self) -> str:
        return reverse("moderation:ring-detail", args=[self.pk])

    @property
    def cases(self) -> list[Case]:
        """The case of each member, the newest where there are several."""
        rows = self.members.select_related("person").order_by("person_id")
        found = [Case.objects.about(row).first() for row in rows]
        return [case for case in found if case is not None]

    @transaction.atomic
    def reverse(self, *, by: Person, facts: str) -> None:
        """The votes inside count no longer; each member is told why, and may appeal."""
        self._hold_open()
        rule = HouseRule.objects.in_force().filter(slug="misleading").first() or HouseRule.objects.in_force().last()
        self.batch = uuid4()
        wanted = Wanted(Case.Outcome.ACTED, {"void_votes": {}}, rule=rule, facts=facts, batch=self.batch)
        for case in self.cases:
            decide(case, wanted, by=by)
        self._settle(self.State.REVERSED)
        record(Verb.RING_REVERSED, actor=by, subject=self, reason=facts[:200])

    @transaction.atomic
    def let_be(self, *, by: Person, reason: str) -> None:
        """Nothing is wrong with these votes, such as those of colleagues who really help each other."""
        self._hold_open()
        if not reason.strip():
            raise Refusal(_("Say why, for whoever looks at it next time."), code="reason_missing", status=422)
        for case in self.cases:
            decide(case, Wanted(Case.Outcome.LEFT), by=by)
        self.left_because = reason.strip()[:300]
        self._settle(self.State.LEFT)
        record(Verb.RING_LEFT, actor=by, subject=self, reason=self.left_because)

    @transaction.atomic
    def undo(self, *, by: Person, reason: str) -> None:
        """The votes count again, and the ring is open to be looked at anew."""
        self.refresh_from_db(from_queryset=Ring.objects.select_for_update(of=("self",)))
        if self.state != self.State.REVERSED or self.batch is None:
            raise Refusal(_("There is nothing to undo."), code="not_reversed")
        undo_batch(self.batch, by=by, reason=reason)
        self._settle(self.State.OPEN)
        record(Verb.RING_UNDONE, actor=by, subject=self, reason=reason[:200])

    @property
    def is_undoable(self) -> bool:
        """Whether a decision about it still stands, young enough to be undone."""
        rows = Decision.objects.filter(batch=self.batch) if self.batch else []
        return self.state == self.State.REVERSED and any(row.is_undoable for row in rows)

    def _hold_open(self) -> None:
        self.refresh_from_db(from_queryset=Ring.objects.select_for_update(of=("self",)))
        if self.state != self.State.OPEN:
            raise Refusal(_("Somebody has decided this already."), code="decided")

    def _settle(self, state: str) -> None:
        self.state = state
        self.save(update_fields=["state", "batch", "left_because"])


class RingMember(models.Model):
    """One person in a ring, with what they gave and got inside and outside of it."""

    NUMBERS = ("given_inside", "given_outside", "got_inside", "got_outside")

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    given_inside = models.PositiveIntegerField(default=0)
    given_outside = models.PositiveIntegerField(default=0)
    got_inside = models.PositiveIntegerField(default=0)
    got_outside = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ring", "person"], name="a_person_is_once_in_a_ring")]
        ordering = ["person_id"]

    def __str__(self) -> str:
        return _("Votes for one another")

    @property
    def words(self) -> str:
        """Why they are in it, in numbers."""
        sentence = _(
            "%(given)d of %(all_given)d votes given inside a group of %(n)d, %(got)d of %(all_got)d got from it"
        )
        return sentence % {
            "given": self.given_inside,
            "all_given": self.given_inside + self.given_outside,
            "n": len(self.ring.people),
            "got": self.got_inside,
            "all_got": self.got_inside + self.got_outside,
        }

    @property
    def vote_ids(self) -> list[int]:
        """What this member gave inside the ring in the time that was looked at; votes for others are not among it."""
        since = self.ring.created_at - WINDOW
        others = [pk for pk in self.ring.people if pk != self.person_id]
        votes = Vote.objects.filter(person=self.person_id, post__author__in=others, created_at__gte=since)
        return list(votes.order_by("pk").values_list("pk", flat=True))
