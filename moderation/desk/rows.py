"""The rows of the queue, rendered once for each state of what they show, for all desks."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from community.live.fragments import kept
from moderation.desk.templatetags.desk import waiting
from moderation.queue.models import Item


def row_of(item: Item, place: str, *, is_open: bool = False) -> str:
    """One row; `place` goes with its address."""
    context = {"item": item, "place": place, "is_open": is_open}
    zone = timezone.get_current_timezone_name()  # dates are said in the agent's own
    name = ("queue-row", zone, place, is_open, *shown_in_row(item))
    return kept(lambda: render_to_string("moderation/desk/_row.html", context), *name)


def shown_in_row(item: Item) -> list[Any]:
    """Everything that the template says of an item: its columns, the names beside it, and what the time of day adds."""
    customer, product, preferred = item.customer, item.product, item.preferred
    return [
        item.pk, item.kind, item.state, item.title, item.signals, item.peers_until, item.snoozed_until,
        item.due_at, item.lateness, waiting(item.waiting_since), item.same_problem_count,
        customer.username, customer.name, customer.hue, customer.picture_url, product.name if product else "",
        preferred.agent.name if preferred else "", item.holder.username if item.holder else "",
        item.assignee.username if item.assignee else "",
        [(one.person_id, one.person.username, one.doing) for one in item.here],
    ]  # fmt: skip
