"""What comes to whom by itself: the next item of the order, to whoever can do it and has the most room."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.catalogue.models import Brand
from community.people.models import Person
from community.refusals import Refusal
from moderation.chat.models import Chat
from moderation.chat.models.duty import is_open
from moderation.queue.models import Item
from moderation.queue.models.pull import take_turns
from moderation.staffing.load import load_of, load_of_kind, loads_of
from moderation.staffing.models import Shift, capacity_of


@transaction.atomic
def flow() -> list[Item]:
    """Hand out what waits while somebody has room, in the order of the queue. Repeating it hands out nothing more.

    Outside of a brand's open hours nothing of it comes to anybody: in the morning it comes in the order of the queue.
    """
    room = room_at_the_desk()
    if not room:
        return []
    take_turns()
    open_items = Item.objects.exclude(product__brand__in=closed_brands())
    open_items = open_items.exclude(pk__in=Chat.objects.going_on().values("conversation__item"))  # they have a line
    if not is_open(None):
        open_items = open_items.exclude(product=None)
    given = []
    while person := next_in_line(room):
        item = open_items.pull(by=person, is_flow=True)
        if item is None:
            del room[person]
            continue
        room[person] -= load_of_kind(item.kind)
        given.append(item)
    return given


def room_at_the_desk() -> dict[Person, int]:
    """Who is at work and at the desk, with the room that each has left; who began first comes first."""
    shifts = Shift.objects.at_the_desk().order_by("begun_at", "pk")
    loads = loads_of(shift.person for shift in shifts)
    return {shift.person: shift.capacity - loads[shift.person_id] for shift in shifts}


def next_in_line(room: dict[Person, int]) -> Person | None:
    """Whoever has the most room."""
    free = [person for person, left in room.items() if left > 0]
    return max(free, key=lambda person: room[person], default=None)


def closed_brands() -> list[Brand]:
    """Whose desk has no hours now."""
    return [brand for brand in Brand.objects.all() if not is_open(brand)]


def take_next(*, by: Person) -> Item | None:
    """Take the next item at hand, unless there is no room for it."""
    most = capacity_of(by)
    if load_of(by) >= most:
        sentence = _("You have your hands full: %(most)s of %(most)s. Answer, close or put back one first.")
        raise Refusal(sentence % {"most": most}, code="full")
    return Item.objects.pull(by=by)
