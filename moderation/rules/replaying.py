"""Trying a check: which posts of thirty days it would have met with other numbers. One function for each check."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F

from community.events.models import Event
from community.events.verbs import Verb
from community.people.arrivals import Arrival
from community.people.trust import Privilege, may
from community.policy.checks.copied import mark_of
from community.policy.checks.files import files
from community.policy.checks.first_days import DAY, OVER
from community.policy.checks.links import links
from community.policy.checks.pace import MINUTE
from community.policy.checks.personal_data import personal_data
from community.policy.checks.review_requests import review_requests
from community.policy.findings import Finding
from community.policy.models import CheckRule, Passage
from community.policy.ruling import as_if
from forums.threads.models import Post
from moderation.learning.hinting import SPAM, TOXICITY, Hint, is_new_here, spam_hint, toxicity_hint
from moderation.rules.past import DOORS, Past, crowded, whole
from moderation.waves.models import Mark
from moderation.waves.watching import WINDOW, WORDINGS

Check = Callable[[str, Any, str], Iterable[Finding]]
Replay = Callable[[CheckRule, Past], Iterator[int]]
NEAR = timedelta(seconds=10)
MOST = 500


def by_words(check: Check) -> Replay:
    """What depends on the words and the author alone is asked as it is asked at the gate."""

    def replay(rule: CheckRule, past: Past) -> Iterator[int]:
        with as_if(rule):
            for post, then in past.posts():
                if any(check(whole(post), then, DOORS[Post.Kind(post.kind)])):
                    yield post.pk

    return replay


def by_score(hint: Callable[[str], Hint | None]) -> Replay:
    """Scores point out posts of people whom the community does not know yet."""

    def replay(rule: CheckRule, past: Past) -> Iterator[int]:
        for post, then in past.posts():
            if is_new_here(then) and hint(whole(post)) is not None:
                yield post.pk

    return replay


def pace(rule: CheckRule, past: Past) -> Iterator[int]:
    """One too many in a minute; of new members, in a day."""
    for rows in past.by_author():
        times = [post.created_at for post, _then in rows]
        late = set(crowded(times, rule.number("day"), DAY))
        hasty = set(crowded(times, rule.number("minute"), MINUTE))
        for number, (post, then) in enumerate(rows):
            is_late = number in late and not may(then, Privilege.POSTS)
            if not then.is_team and (number in hasty or is_late):
                yield post.pk


def first_day(rule: CheckRule, past: Past) -> Iterator[int]:
    """Threads beyond the number within a day of joining."""
    for rows in past.by_author():
        begun = [(post, then) for post, then in rows if post.kind == Post.Kind.OPENING]
        for post, then in begun[rule.number("most") :]:
            if post.created_at < then.created_at + DAY and not may(then, Privilege.POSTS):
                yield post.pk


def waiting(rule: CheckRule, past: Past) -> Iterator[int]:
    """Written while so many of their texts waited for a look."""
    waits = waits_of(past)
    for rows in past.by_author():
        for post, then in rows:
            others = [one for one in waits.get(then.pk, ()) if one[0] < post.created_at < one[1]]
            if len(others) >= rule.number("most") and not may(then, Privilege.POSTS):
                yield post.pk


def waits_of(past: Past) -> dict[int, list[tuple[Any, Any]]]:
    """From when to when each person's texts waited."""
    about = F("subject_id")
    held = Event.objects.filter(verb=Verb.POST_HELD, created_at__gt=past.since, actor__isnull=False)
    over = Event.objects.filter(verb__in=OVER, created_at__gt=past.since).order_by("pk")
    ends: dict[int, list[Any]] = {}
    for post, at in over.values_list(about, "created_at"):
        ends.setdefault(post, []).append(at)
    found: dict[int, list[tuple[Any, Any]]] = {}
    for person, post, at in held.values_list("actor", about, "created_at"):
        until = next((end for end in ends.get(post, ()) if end >= at), at + DAY * 30)
        found.setdefault(person, []).append((at, until))
    return found


def typed(rule: CheckRule, past: Past) -> Iterator[int]:
    """Sent sooner after the form was opened than the number says. Known of new members since it is asked."""
    fast = Passage.objects.filter(created_at__gt=past.since, seconds__lt=rule.number("seconds"))
    past.looked_at = Passage.objects.filter(created_at__gt=past.since, seconds__isnull=False).count()
    for person, at in fast.order_by("-pk").values_list("person", "created_at")[:MOST]:
        near = Post.objects.filter(author=person, created_at__range=(at - NEAR, at + NEAR))
        if (pk := near.values_list("pk", flat=True).first()) is not None:
            yield pk


def repeated(rule: CheckRule, past: Past) -> Iterator[int]:
    """The same words of one member within a day."""
    for rows in past.by_author():
        seen: dict[str, list[Any]] = {}
        for post, then in rows:
            mark = mark_of(whole(post))
            before = [at for at in seen.setdefault(mark, []) if post.created_at - at < DAY]
            most = rule.number("others" if may(then, Privilege.POSTS) else "most")
            if mark and len(before) >= most and not then.is_team:
                yield post.pk
            seen[mark].append(post.created_at)


def wave_of_sign_ups(rule: CheckRule, past: Past) -> Iterator[int]:
    """Alarms: an account that fills the number of its network. An alarm has no posts; it counts as one finding."""
    networks: dict[str, list[Any]] = {}
    for network, at in (
        Arrival.objects.filter(created_at__gt=past.since).order_by("created_at").values_list("network", "created_at")
    ):
        networks.setdefault(network, []).append(at)
    past.looked_at = sum(map(len, networks.values()))
    span = timedelta(minutes=rule.number("minutes"))
    yield from (0 for times in networks.values() if crowded(times, rule.number("accounts") - 1, span))


def wave_of_posts(rule: CheckRule, past: Past) -> Iterator[int]:
    """Posts of new people that show a mark which so many posts of so many people show at the same time."""
    known = set(Mark.objects.filter(is_known=True, created_at__gt=past.since).values_list("value", flat=True))
    rows: dict[str, list[tuple[Any, int, int]]] = {}
    for value, at, post, author in (
        Mark.objects.filter(created_at__gt=past.since, is_known=False)
        .order_by("created_at")
        .values_list("value", "created_at", "post", "author")
    ):
        rows.setdefault(value, []).append((at, post, author))
    past.looked_at = Mark.objects.filter(created_at__gt=past.since).values("post").distinct().count()
    posts, people = rule.number("posts"), rule.number("people")
    shown: Counter[int] = Counter()
    for value, found in rows.items():
        late = [] if value in known else crowded([at for at, _post, _author in found], posts - 1, WINDOW)
        if any(len({author for _at, _post, author in found[n - posts + 1 : n + 1]}) >= people for n in late):
            shown.update({post for _at, post, _author in found})
    yield from sorted((post for post, marks in shown.items() if marks >= WORDINGS), reverse=True)


def flood(rule: CheckRule, past: Past) -> Iterator[int]:
    """Posts of new people in ten minutes that had more than the number."""
    new = Post.objects.filter(author__level__lt=2, alias="", created_at__gt=past.since).order_by("created_at")
    rows = list(new.values_list("pk", "created_at"))
    past.looked_at = len(rows)
    yield from (rows[n][0] for n in crowded([at for _pk, at in rows], rule.number("posts") - 1, WINDOW))


REPLAYS: dict[str, Replay] = {
    "first_day": first_day,
    "waiting": waiting,
    "links": by_words(links),
    "files": by_words(files),
    "typed": typed,
    "repeated": repeated,
    "pace": pace,
    "personal_data": by_words(personal_data),
    "review_request": by_words(review_requests),
    SPAM: by_score(spam_hint),
    TOXICITY: by_score(toxicity_hint),
    "waves:sign_ups": wave_of_sign_ups,
    "waves:posts": wave_of_posts,
    "waves:flood": flood,
}
"""In the order of the page: what new members meet first, then everybody, then what points out and alarms."""
