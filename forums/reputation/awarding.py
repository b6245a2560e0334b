"""Who has which badge, read from the ledger and the facts, and kept as rows: each with the post that is its cause."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.audience import Field, hiding
from community.people.badges import (
    BADGES,
    BESIDE_A_NAME,
    CAME_BACK_TIMES,
    LONG_WAIT_DAYS,
    SURE_SHARE,
    SURE_TRIES,
    WELL_ASKED_PEOPLE,
    Key,
)
from community.people.models import Person
from forums.questions.models import Question
from forums.reputation.models import Award, Point
from forums.reputation.rules import Kind
from forums.threads.models import Post, Thread
from forums.threads.purging import purge_threads

Causes = dict[int, datetime]
"""Posts that earn a badge, and since when."""


@transaction.atomic
def award(people: Collection[int]) -> None:
    """Give these people the badges that the facts earn, and end those whose cause is gone."""
    if not people:
        return
    earned = earned_by(people)
    kept = {(row.person_id, row.badge): row for row in Award.objects.filter(person__in=people).select_for_update()}
    changed = {pk for pk, key in earned if _given(pk, key, earned[pk, key], kept.get((pk, key)))}
    changed |= {pk for (pk, key), row in kept.items() if (pk, key) not in earned and _ended(row)}
    if changed:
        purge("people", "standing", *[f"person-{pk}" for pk in sorted(changed)[:50]])
        show_beside_names(changed)


def show_beside_names(people: Collection[int]) -> None:
    """Keep with each person the badges that stand beside their name, and make the pages anew on which that changed."""
    order = list(BADGES)
    shown: dict[int, list[Key]] = defaultdict(list)
    awards = Award.objects.in_force().filter(person__in=people).exclude(person__in=hiding(Field.BADGES))
    for person, key in awards.values_list("person", "badge"):
        shown[person].append(Key(key))
    changed = []
    for person in Person.objects.filter(pk__in=people).only("badges"):
        kept = " ".join(sorted(shown[person.pk], key=order.index)[:BESIDE_A_NAME])
        if person.badges != kept:
            person.badges = kept
            person.save(update_fields=["badges"])
            changed.append(person.pk)
    if changed:
        purge_threads(Thread.objects.filter(posts__author__in=changed, posts__alias="").distinct())


def _given(person: int, key: Key, causes: Causes, row: Award | None) -> bool:
    """A badge is there: new, back, or for another cause than before. Whether that changed anything."""
    if row and row.ended_at is None and row.post_id in causes:
        return False
    post, at = min(causes.items(), key=lambda cause: (cause[1], cause[0]))
    is_news = row is None or row.ended_at is not None
    row = Award.objects.update_or_create(
        person_id=person, badge=key, defaults={"post_id": post, "created_at": at, "ended_at": None}
    )[0]
    if is_news:
        record(Verb.BADGE_EARNED, actor=None, subject=row, badge=str(key))
    return True


def _ended(row: Award) -> bool:
    """Its cause is gone, and so is the badge."""
    if row.ended_at is not None:
        return False
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    record(Verb.BADGE_LOST, actor=None, subject=row, badge=row.badge)
    return True


def earned_by(people: Collection[int]) -> dict[tuple[int, Key], Causes]:
    """What the facts earn these people, by person and badge."""
    lines = Point.objects.in_force().filter(person__in=people)
    found: dict[tuple[int, Key], Causes] = defaultdict(dict)
    for key, rows in (
        (Key.TWICE_SURE, twice_sure(lines)),
        (Key.PATIENT, patient(lines)),
        (Key.WARM_WELCOME, warm_welcome(lines)),
        (Key.CAME_BACK, nth(lines.filter(kind=Kind.SAID_SO), ("person",), CAME_BACK_TIMES)),
        (Key.WELL_ASKED, nth(lines.filter(kind=Kind.QUESTION_VOTE), ("person", "post"), WELL_ASKED_PEOPLE)),
        (Key.SURE_HAND, sure_hand(lines, people)),
    ):
        for person, post, at in rows:
            found[person, key].setdefault(post, at)
    return dict(found)


def solutions(lines: Any) -> Any:
    """Lines for answers that solved it for the person who asked."""
    return lines.filter(kind=Kind.SOLUTION)


def twice_sure(lines: Any) -> Any:
    """Solved it, and the team vouches for it."""
    vouched = Point.objects.in_force().filter(post=OuterRef("post"), kind=Kind.VERIFIED)
    return solutions(lines).filter(Exists(vouched)).values_list("person", "post", "created_at")


def patient(lines: Any) -> Any:
    """Solved what nobody had answered for a week."""
    earlier = Post.objects.filter(
        thread=OuterRef("post__thread"), kind=Post.Kind.ANSWER, is_attempt=True, is_hidden=False,
        removed_at__isnull=True, created_at__lt=OuterRef("post__created_at"),
    )  # fmt: skip
    waited = Q(post__created_at__gte=F("post__thread__created_at") + timedelta(days=LONG_WAIT_DAYS))
    return solutions(lines).filter(waited & ~Exists(earlier)).values_list("person", "post", "created_at")


def warm_welcome(lines: Any) -> Any:
    """Solved the first question that its asker ever asked."""
    before = Thread.objects.filter(author=OuterRef("post__thread__author"), pk__lt=OuterRef("post__thread"))
    return solutions(lines).filter(~Exists(before)).values_list("person", "post", "created_at")


def nth(lines: Any, by: tuple[str, ...], times: int) -> list[tuple[int, int, datetime]]:
    """The line that made it so many, for each person (and post)."""
    many = lines.order_by().values(*by).annotate(n=Count("pk")).filter(n__gte=times).values_list("person", flat=True)
    counted: dict[tuple[int, ...], list[tuple[int, int, datetime]]] = defaultdict(list)
    for row in lines.filter(person__in=many).order_by("created_at", "pk"):
        counted[tuple(getattr(row, f"{name}_id") for name in by)].append((row.person_id, row.post_id, row.created_at))
    return [rows[times - 1] for rows in counted.values() if len(rows) >= times]


def sure_hand(lines: Any, people: Collection[int]) -> list[tuple[int, int, datetime]]:
    """Most of their answers to questions that were solved are what solved it."""
    tried = (
        Post.objects.visible_to(None)
        .answers()
        .filter(author__in=people, alias="", is_attempt=True)
        .filter(Exists(Question.objects.solved().filter(pk=OuterRef("thread"))))
        .exclude(author=F("thread__author"))
        .order_by()
        .values_list("author")
        .annotate(n=Count("pk"))
    )
    solved: dict[int, list[tuple[int, int, datetime]]] = defaultdict(list)
    for person, post, at in solutions(lines).order_by("created_at", "pk").values_list("person", "post", "created_at"):
        solved[person].append((person, post, at))
    enough = [pk for pk, n in tried if n >= SURE_TRIES and len(solved[pk]) * 100 >= SURE_SHARE * n]
    return [cause for pk in enough for cause in solved[pk][SURE_TRIES * SURE_SHARE // 100 - 1 :]]
