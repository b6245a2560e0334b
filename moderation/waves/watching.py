"""Seeing a wave: what each new post and each new account is compared with."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from community.people.arrivals import Arrival
from community.people.crisis import is_known
from community.people.models import Person
from community.policy.checks.crisis import suspected_elsewhere
from community.policy.ruling import number
from community.prepared import planned_once
from community.text.fingerprints import Fingerprint, fingerprints, site_of
from forums.threads.models import Post
from moderation.waves.alarming import alarm, grow
from moderation.waves.models import Mark, Wave, WaveMember

WINDOW = timedelta(minutes=10)
USUAL = timedelta(days=14)
FLOOD_TIMES = 5
WORDINGS = 2


KEEP = """
    INSERT INTO waves_mark (post_id, author_id, is_known, created_at, value)
    SELECT %s, %s, %s, %s, value FROM unnest(%s::text[]) AS value ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Shared:
    """A fingerprint that several new accounts show at the same time."""

    mark: Fingerprint
    posts: int
    people: int


def look_at_post(post: Post) -> Wave | None:
    """Keep the marks of a post, and see whether it is part of something. The wave, when it is."""
    marks = keep_marks(post)
    if is_known(post.author):
        return None
    values = {mark.value for mark in marks}
    going_on = Wave.objects.going_on().filter(kind=Wave.Kind.POSTS, marks__overlap=sorted(values)).first()
    if going_on is not None:
        return grow(going_on, post.author, posts=1, is_seen=not post.is_hidden)
    most, people = number("waves:posts", "posts"), number("waves:posts", "people")
    shared = [one for one in shared_now(marks) if one.posts >= most and one.people >= people]
    if is_enough(shared):
        strongest = max(shared, key=lambda one: (one.mark.kind != "words", one.posts))
        return alarm_about_posts(strongest, [one.mark.value for one in shared])
    return look_for_flood()


def is_enough(shared: list[Shared]) -> bool:
    """A place or a number says it alone; four words in a row may be chance, two times four are not."""
    return any(one.mark.kind != "words" for one in shared) or len(shared) >= WORDINGS


def keep_marks(post: Post) -> list[Fingerprint]:
    """The marks of a post as it is worded now; words that everybody uses here are none."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    own = {host, site_of(host)}
    title = post.thread.title if post.kind == Post.Kind.OPENING else ""
    marks = [mark for mark in fingerprints(f"{title}\n{post.source}") if mark.label.partition(":")[0] not in own]
    if values := sorted({mark.value for mark in marks}):
        same: list[Any] = [post.pk, post.author_id, is_known(post.author), post.created_at]
        with planned_once() as cursor:  # at every post, so not put together by the ORM
            cursor.execute(KEEP, [*same, values])
    return marks


@suspected_elsewhere
def is_part_of_a_wave(person: Person) -> bool:
    """Whoever has posted what many post waits with everything else, too, until the wave is over or judged."""
    waves = Wave.objects.going_on().filter(kind=Wave.Kind.POSTS)
    return WaveMember.objects.filter(person=person, wave__in=waves).exists()


def shared_now(marks: list[Fingerprint]) -> list[Shared]:
    """Which of these marks new accounts share in these minutes, without those that known people use here."""
    values = {mark.value: mark for mark in marks}
    usual = set(Mark.objects.filter(value__in=values, is_known=True).values_list("value", flat=True))
    recent = Mark.objects.filter(value__in=set(values) - usual, created_at__gt=timezone.now() - WINDOW)
    rows = recent.values_list("value").annotate(posts=Count("post"), people=Count("author", distinct=True))
    return [Shared(values[value], posts, people) for value, posts, people in rows]


def alarm_about_posts(shared: Shared, values: list[str]) -> Wave | None:
    """The alarm, with everybody who has shown one of these marks."""
    rows = Mark.objects.filter(value__in=values, created_at__gt=timezone.now() - WINDOW)
    counts = Counter(author for author, _post in rows.values_list("author", "post").distinct())
    first = rows.aggregate(first=Min("created_at"))["first"] or timezone.now()
    return alarm(Wave.Kind.POSTS, shared.mark.label, values, counts, first)


def look_for_flood() -> Wave | None:
    """Many more posts of new people than usual, whatever they say. Such a wave hides nothing by itself."""
    now = timezone.now()
    new = Post.objects.filter(author__level__lt=2, alias="")
    recent = new.filter(created_at__gt=now - WINDOW)
    count = recent.count()
    if count < number("waves:flood", "posts"):
        return None
    usual = new.filter(created_at__gt=now - USUAL).exclude(created_at__gt=now - WINDOW).count() / (USUAL / WINDOW)
    if count < FLOOD_TIMES * usual:
        return None
    counts = Counter(recent.values_list("author", flat=True))
    going_on = Wave.objects.going_on().filter(kind=Wave.Kind.FLOOD).first()
    if going_on is not None:
        newest = recent.order_by("-pk").select_related("author").first()
        return grow(going_on, newest.author, posts=1) if newest else going_on
    return alarm(Wave.Kind.FLOOD, "", [], counts, now - WINDOW)


def look_at_arrival(person: Person) -> Wave | None:
    """Whether somebody who just joined is one of many from one network."""
    arrival = Arrival.objects.filter(person=person).first()
    if arrival is None:
        return None
    wave = Wave.objects.going_on().filter(kind=Wave.Kind.SIGN_UPS, marks__contains=[arrival.network]).first()
    if wave is not None:
        return grow(wave, person)
    same = Arrival.objects.since(timedelta(minutes=number("waves:sign_ups", "minutes"))).filter(network=arrival.network)
    people = list(same.values_list("person", flat=True))
    if len(people) < number("waves:sign_ups", "accounts"):
        return None
    first = same.aggregate(first=Min("created_at"))["first"]
    return alarm(Wave.Kind.SIGN_UPS, arrival.network[:8], [arrival.network], Counter(dict.fromkeys(people, 0)), first)
