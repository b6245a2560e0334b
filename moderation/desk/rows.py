"""The rows of the queue, rendered once for each state of what they show, for all desks."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from community.live.fragments import kept_each
from community.prepared import Prepared
from moderation.desk.templatetags.desk import waiting
from moderation.queue.lists import there_at, with_people_there
from moderation.queue.models import Item, Presence
from moderation.queue.models.clock import due_of, lateness_of

WITH_THE_CLOCK = ("waiting_since", "warn_at", "respond_by", "responded_at", "resolve_by")
SHOWN = (
    "kind", "state", "title", "signals", "peers_until", "snoozed_until", "thread__question__same_problem_count",
    "customer__username", "customer__shown_as", "customer__hue", "customer__picture", "product__name",
    "preference__agent__username", "preference__agent__shown_as", "claim_row__holder__username", "assignee__username",
)  # fmt: skip
"""Columns of a row: those that count only together with the time of day, and those that are shown as they are."""


def rows_of(ids: list[int], place: str, *, opened: int | None = None) -> list[str]:
    """These rows in this order; `place` goes with their addresses.

    Their state is read as bare columns. Only what no desk has seen in this state is read as a whole, and rendered.
    """
    zone, here = timezone.get_current_timezone_name(), there_at(ids)  # dates are said in the agent's own

    def render(unknown: list[Any]) -> dict[Any, str]:
        items = with_people_there(unknown, here)
        shown = [{"item": item, "place": place, "is_open": item.pk == opened} for item in items]
        return {one["item"].pk: render_to_string("moderation/desk/_row.html", one) for one in shown}

    names = {pk: ("queue-row", zone, place, pk == opened, pk, *state) for pk, state in states_of(ids, here).items()}
    rows = kept_each(render, names)
    return [rows[pk] for pk in ids if pk in rows]


def states_of(ids: list[int], here: Mapping[int, list[Presence]]) -> dict[int, tuple[Any, ...]]:
    """Everything that the template says of these items: their columns, who is there, and what the time of day adds."""
    now, states = timezone.now(), {}
    for pk, since, warn_at, respond_by, responded_at, resolve_by, *shown in columns.rows(ids=ids):
        due_at = due_of(respond_by, responded_at, resolve_by)
        seen = [(one.person_id, one.person.username, one.doing) for one in here.get(pk, ())]
        states[pk] = (waiting(since), due_at, lateness_of(due_at, warn_at, now), shown, seen)
    return states


columns = Prepared(lambda ids: Item.objects.filter(pk__among=ids).values_list("pk", *WITH_THE_CLOCK, *SHOWN), ids=list)
