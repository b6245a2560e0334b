"""Keeping one's distance: ignoring somebody hides what they write, blocking them also stops them from reaching you."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.prepared import Prepared
from community.refusals import Refusal


class Ignore(models.Model):
    """A person does not want to read another: posts are folded behind “show anyway”. Taking it back deletes the row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ignores")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "people"
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="ignored_once")]


class Block(models.Model):
    """A person does not want to be reached by another: no mention, no notification, no private contact."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "people"
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="blocked_once")]


@transaction.atomic
def ignore(other: Person, *, by: Person) -> None:
    """Fold what the other writes. Repeating it changes nothing."""
    _refuse_oneself(other, by)
    if Ignore.objects.get_or_create(person=by, other=other)[1]:
        record(Verb.PERSON_IGNORED, actor=by, subject=other)


@transaction.atomic
def stop_ignoring(other: Person, *, by: Person) -> None:
    """Read them again."""
    if Ignore.objects.filter(person=by, other=other).delete()[0]:
        record(Verb.PERSON_UNIGNORED, actor=by, subject=other)


@transaction.atomic
def block(other: Person, *, by: Person) -> None:
    """Let the other no longer reach you. The team must be able to answer, so customers can only ignore it."""
    _refuse_oneself(other, by)
    if other.is_team and not by.is_team:
        sentence = _(
            "The team has to be able to answer you, so it cannot be blocked. You can ignore this person instead."
        )
        raise Refusal(sentence, code="team", status=422)
    if Block.objects.get_or_create(person=by, other=other)[1]:
        record(Verb.PERSON_BLOCKED, actor=by, subject=other)


@transaction.atomic
def unblock(other: Person, *, by: Person) -> None:
    """Let them reach you again."""
    if Block.objects.filter(person=by, other=other).delete()[0]:
        record(Verb.PERSON_UNBLOCKED, actor=by, subject=other)


def team_name_of(person: Person, *, to: Any) -> str:
    """The name under which somebody of the team speaks to a customer: their persona's.

    Without a persona, or to somebody whom they have blocked, it is the team that speaks.
    """
    has_blocked = person.shown_as and blocks.row(person=person.pk, other=to.pk)
    return person.shown_as if person.shown_as and not has_blocked else settings.TEAM_NAME


blocks = Prepared(
    lambda person, other: Block.objects.filter(person=person, other=other).values_list("pk"), person=int, other=int
)


def may_reach(person: Any, sender_id: int | None) -> bool:
    """Whether what the sender does may be told to `person`: not when it was blocked or is ignored.

    An answer by the team reaches everybody who has not chosen to ignore its author.
    """
    if sender_id is None or person.pk == sender_id:
        return True
    blocked = Block.objects.filter(person=person, other=sender_id).values("pk")
    return not blocked.union(Ignore.objects.filter(person=person, other=sender_id).values("pk")).exists()


def out_of_reach(sender_id: int | None) -> set[int]:
    """Ids of the people whom this sender may not reach: one question for many receivers."""
    if sender_id is None:
        return set()
    return {pk for (pk,) in keeping_away.rows(other=sender_id)}


def _keeping_away(other: int) -> Any:
    blocked = Block.objects.filter(other=other).values_list("person")
    return blocked.union(Ignore.objects.filter(other=other).values_list("person"))


keeping_away = Prepared(_keeping_away, other=int)


def kept_away_by(person: Person) -> set[int]:
    """Ids of the people whom this person has blocked or ignores."""
    blocked = Block.objects.filter(person=person).values_list("other", flat=True)
    return set(blocked.union(Ignore.objects.filter(person=person).values_list("other", flat=True)))


def _refuse_oneself(other: Person, by: Person) -> None:
    if other.pk == by.pk:
        raise Refusal(_("That would be yourself."), code="oneself", status=422)


def kept_out_by(person_id: int) -> Any:
    """People whom somebody has blocked, for a query: following them brings these people nothing."""
    return Block.objects.filter(person=person_id).values("other")


@dataclass(frozen=True)
class Distance:
    """How far somebody keeps from another."""

    is_ignored: bool = False
    is_blocked: bool = False
    can_block: bool = False


def distance(person: Person, other: Person) -> Distance:
    """What the person has chosen about the other. The team cannot be blocked by customers, for it has to answer."""
    return Distance(
        is_ignored=Ignore.objects.filter(person=person, other=other).exists(),
        is_blocked=Block.objects.filter(person=person, other=other).exists(),
        can_block=person.is_team or not other.is_team,
    )


def kept_away(person: Person) -> tuple[list[Ignore], list[Block]]:
    """Everybody whom the person ignores, and whom they have blocked, the newest first."""
    ignores = Ignore.objects.filter(person=person).select_related("other").order_by("-pk")
    blocks = Block.objects.filter(person=person).select_related("other").order_by("-pk")
    return list(ignores), list(blocks)
