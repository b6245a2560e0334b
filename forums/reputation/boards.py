"""Boards: who helps, read from the kept sums. Whoever does not want to be on them is on none."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.audience import off_the_boards
from forums.reputation.models import Standing

NEW = timedelta(days=30)
"""For so long somebody counts as new here."""


@dataclass
class Place:
    """Somebody's place on a board: their sums within its window."""

    person: Any
    points: int
    solutions: int


@dataclass
class Board:
    """One board, with its name and its places."""

    key: str
    name: Any
    hint: Any
    places: list[Place]


def listed() -> QuerySet[Standing]:
    """Those who may be on boards: members who want to."""
    hidden = off_the_boards().filter(person=OuterRef("person"))
    return Standing.objects.filter(~Exists(hidden), person__is_active=True).select_related("person")


def week() -> QuerySet[Standing]:
    """Who was thanked in the last seven days, those who were thanked most first."""
    return listed().filter(week_points__gt=0).order_by("-week_points", "-week_solutions", "pk")


def helping_this_week(limit: int) -> list[Place]:
    """The first places of the week."""
    return [Place(row.person, row.week_points, row.week_solutions) for row in week()[:limit]]


def helping_this_season(limit: int) -> list[Place]:
    """Who was thanked most in the last ninety days."""
    rows = listed().filter(season_points__gt=0).order_by("-season_points", "-season_solutions", "pk")[:limit]
    return [Place(row.person, row.season_points, row.season_solutions) for row in rows]


def new_and_helping(limit: int) -> list[Place]:
    """Who joined within the last thirty days and was thanked already."""
    new = listed().filter(person__created_at__gt=timezone.now() - NEW, points__gt=0)
    rows = new.order_by("-points", "-solutions", "pk")[:limit]
    return [Place(row.person, row.points, row.solutions) for row in rows]


def boards(limit: int) -> list[Board]:
    """All of them, each in one query."""
    return [
        Board("week", _("This week"), _("Thanked most in the last seven days."), helping_this_week(limit)),
        Board("season", _("Last 90 days"), _("Thanked most in the last three months."), helping_this_season(limit)),
        Board("new", _("New and helping"), _("Joined within the last 30 days."), new_and_helping(limit)),
    ]
