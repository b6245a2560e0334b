"""Finding rings in who voted for whom: plain counting, so that every number can be shown to those it concerns.

Two people are tied when each voted for the other at least twice. People who are tied, directly or through others, are
looked at together. Whoever gave less than two thirds of their votes inside, or got less of theirs from inside, is an
ordinary voter who knows somebody, and is left out. What is left is a ring when it holds twenty votes and most of its
pairs voted for each other. With half instead of two thirds the fifteen busiest people of a small community were one:
they gave three in five of their votes to one another, since they write three in five of the answers.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F
from django.utils import timezone

from forums.threads.models import Vote

WINDOW = timedelta(days=90)
TIED = 2  # votes each way
LEAST_SHARE = 2 / 3  # of what a member gave, and of what they got
LEAST_VOTES = 20
LEAST_DENSITY = 0.6  # of all directed pairs

Pairs = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Member:
    """What somebody gave and got, inside the ring and outside of it."""

    person: int
    given_inside: int
    given_outside: int
    got_inside: int
    got_outside: int

    @property
    def is_inside(self) -> bool:
        """Whether they vote, and are voted for, mostly inside."""
        given, got = self.given_inside + self.given_outside, self.got_inside + self.got_outside
        return self.given_inside >= LEAST_SHARE * given and self.got_inside >= LEAST_SHARE * got


@dataclass(frozen=True)
class Found:
    """A ring: its members, and how often each voted for each."""

    members: list[Member]
    pairs: Pairs

    @property
    def votes(self) -> int:
        return sum(self.pairs.values())


def pairs_since(since: datetime) -> Pairs:
    """How often each person voted for each, of the votes that count."""
    votes = Vote.objects.filter(created_at__gte=since, voiding=None).annotate(author=F("post__author"))
    rows = votes.values("person", "author").annotate(n=Count("pk")).order_by()
    return {(row["person"], row["author"]): row["n"] for row in rows.iterator()}


def find(pairs: Pairs) -> list[Found]:
    """All rings in these votes."""
    rings = []
    for group in groups(pairs):
        members = inside(group, pairs)
        people = {member.person for member in members}
        own = {pair: n for pair, n in pairs.items() if people.issuperset(pair)}
        possible = len(people) * (len(people) - 1)
        if possible and sum(own.values()) >= LEAST_VOTES and len(own) >= LEAST_DENSITY * possible:
            rings.append(Found(members, own))
    return rings


def find_now() -> list[Found]:
    """The rings of the last ninety days."""
    return find(pairs_since(timezone.now() - WINDOW))


def groups(pairs: Pairs) -> list[set[int]]:
    """People who are tied, directly or through others."""
    ties: dict[int, set[int]] = defaultdict(set)
    for (giver, receiver), n in pairs.items():
        if n >= TIED and pairs.get((receiver, giver), 0) >= TIED:
            ties[giver].add(receiver)
    found, seen = [], set()
    for person in sorted(ties):
        if person in seen:
            continue
        group, waiting = set(), [person]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting.extend(ties[one] - group)
        seen |= group
        found.append(group)
    return found


def inside(group: set[int], pairs: Pairs) -> list[Member]:
    """The members that are left when those who mostly vote elsewhere are taken out, one after the other."""
    people = set(group)
    while True:
        members = [counted(person, people, pairs) for person in sorted(people)]
        strangers = {member.person for member in members if not member.is_inside}
        if not strangers:
            return members
        people -= strangers


def counted(person: int, people: set[int], pairs: Pairs) -> Member:
    """One person's numbers."""
    given = {receiver: n for (giver, receiver), n in pairs.items() if giver == person}
    got = {giver: n for (giver, receiver), n in pairs.items() if receiver == person}
    return Member(
        person,
        sum(n for other, n in given.items() if other in people),
        sum(n for other, n in given.items() if other not in people),
        sum(n for other, n in got.items() if other in people),
        sum(n for other, n in got.items() if other not in people),
    )
