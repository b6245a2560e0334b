"""Taking the next item: the one with the highest score, and every so often the one that has waited longest unheard."""

from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from moderation.queue.models.claim import Claim, refuse_without_queue
from moderation.queue.models.ordering import Ordering
from moderation.queue.models.skill import Ability, Need


class Pull(models.Model):
    """One item was taken from the top of a lane. The rows prove that the long tail gets its share."""

    class Lane(models.TextChoices):
        SCORE = "score"
        LONG_TAIL = "long_tail"

    item = models.ForeignKey("queue.Item", on_delete=models.CASCADE, related_name="pulls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pulls")
    lane = models.CharField(max_length=10, choices=Lane.choices)
    turn = models.PositiveBigIntegerField(help_text="counts all pulls: the lane follows from it")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turn"], name="each_turn_is_pulled_once")]
        indexes = [models.Index(fields=["-created_at"], name="pull_by_time")]

    def __str__(self) -> str:
        return f"pull {self.turn} from {self.lane}"


def lane_of(turn: int, percent: int) -> str:
    """Which lane a turn takes from: `percent` of a hundred turns, evenly spread, are the long tail's."""
    is_long_tail = turn * percent // 100 > (turn - 1) * percent // 100
    return Pull.Lane.LONG_TAIL if is_long_tail else Pull.Lane.SCORE


def take_turns() -> None:
    """Pulls come one after the other, until each transaction's end: two at once would take the same turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('queue.pull'))")


class PullingQuerySet(models.QuerySet[Any]):
    """Taking the next item."""

    visible_to: Any

    def within_reach_of(self, person: Person) -> Self:
        """What asks for nothing that this person cannot do today."""
        able = Ability.objects.in_force().filter(person=person).values("skill")
        return self.exclude(Exists(Need.objects.filter(item=OuterRef("pk")).exclude(skill__in=able)))

    def free_for(self, person: Person) -> Self:
        """What waits, asks for no more than they can do, and neither has nor was asked of anybody else by name."""
        mine = Q(assignee=person) | Q(assignee__isnull=True)
        unnamed = Q(preference__isnull=True) | Q(preference__agent=person)
        waits = self.visible_to(person).filter(mine, unnamed, state="open", claim_row__isnull=True)
        return waits.within_reach_of(person)  # type: ignore[no-any-return]

    def new_to(self, person: Person) -> Self:
        """What has not come to them since it waits: whoever put something back is not given it again."""
        came = Pull.objects.filter(item=OuterRef("pk"), person=person, created_at__gte=OuterRef("waiting_since"))
        return self.exclude(Exists(came))

    def long_tail(self) -> Self:
        """Matters that do not bubble up: no signal, nobody else with the same problem, no answer, heard by few."""
        return self.exclude(thread__question__same_problem_count__gt=0).filter(
            Q(customer__customer_facts__isnull=True) | Q(customer__customer_facts__followers__lt=1000),
            Q(thread__isnull=True) | Q(thread__answer_count=0),
            signals=[],
        )

    @transaction.atomic
    def pull(self, *, by: Person, is_flow: bool = False) -> Any | None:
        """Take the next item at hand: of the long tail when it is its turn, otherwise the one with the highest score.

        None when nothing waits for this person. Two people who pull at once get two items. With `is_flow` it comes to
        them by itself, and what they have put back does not.
        """
        refuse_without_queue(by)
        take_turns()
        last = Pull.objects.order_by("-turn").first()
        turn = last.turn + 1 if last else 1
        lane = lane_of(turn, Ordering.objects.in_force().long_tail_percent)
        free = self.free_for(by).new_to(by) if is_flow else self.free_for(by)
        free = free.select_for_update(of=("self",), skip_locked=True)
        item = free.long_tail().order_by("waiting_since", "pk").first() if lane == Pull.Lane.LONG_TAIL else None
        if item is None:
            lane, item = Pull.Lane.SCORE, free.order_by("ranks_at", "pk").first()
        if item is None:
            return None
        Claim.objects.create(item=item, holder=by)
        Pull.objects.create(item=item, person=by, lane=lane, turn=turn)
        item.forget_claim()
        item.touch()
        record(Verb.ITEM_PULLED, actor=by, subject=item, lane=str(lane), turn=turn, is_flow=is_flow)
        return item
