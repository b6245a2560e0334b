"""Who may listen to the queue: the same people who may see it, by the same question."""

from typing import Any

from community.live.streams import stream
from community.numbers import number_in
from community.people.roles import Capability
from moderation.queue.models import Item


@stream("queue")
def may_listen_to_a_queue(person: Any, key: str) -> bool:
    """`queue:all` is for who works for all brands, `queue:kettle` for who works for Kettle."""
    if not person.is_authenticated or not person.can(Capability.WORK_THE_QUEUE):
        return False
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    return brands is None or key in brands


@stream("item")
def may_listen_to_an_item(person: Any, key: str) -> bool:
    """Who may see the item may hear of it."""
    return Item.objects.visible_to(person).filter(pk=number_in(key)).exists()
