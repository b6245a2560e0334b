"""What follows when room is made, or when nobody has something."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from moderation.queue.models import Item
from moderation.queue.team import supervisors_of
from moderation.staffing.flowing import flow

CAME = _("Came to you by itself: {title}")
STRANDED = _("Nobody on the team can do what this asks for ({skills}): {title}")
UNASSIGNED = _("Nobody has had this for half an hour of work: {title}")


@on(
    Verb.SHIFT_BEGUN, Verb.ITEM_OPENED, Verb.ITEM_REOPENED, Verb.ITEM_WOKEN, Verb.ITEM_CLOSED, Verb.ITEM_ANSWERED,
    Verb.ITEM_RELEASED, Verb.ITEM_SNOOZED, Verb.ITEM_ASSIGNED, Verb.ITEM_SERVED, Verb.CHAT_ENDED, can_wait=True,
)  # fmt: skip
def fill_the_room(event: Event) -> None:
    """Something waits, or somebody has room again."""
    flow()


@on(Verb.ITEM_PULLED)
def tell_whom_it_came_to(event: Event) -> None:
    """Whoever took it themselves knows."""
    item = Item.objects.filter(pk=event.subject_id).first()
    if item is not None and event.actor is not None and event.details.get("is_flow"):
        words = format_lazy(CAME, title=str(item))
        notify(event.actor, "team", url=item.get_absolute_url(), text=words, event=event)


@on(Verb.ITEM_STRANDED, Verb.ITEM_UNASSIGNED)
def tell_the_supervisors(event: Event) -> None:
    """It lies with them now."""
    item = Item.objects.select_related("product__brand").filter(pk=event.subject_id).first()
    if item is None:
        return
    skills = ", ".join(item.needs.order_by("skill__name").values_list("skill__name", flat=True))
    words = format_lazy(STRANDED if event.verb == Verb.ITEM_STRANDED else UNASSIGNED, title=str(item), skills=skills)
    for person in supervisors_of(item):
        url = f"{reverse('moderation:item-detail', args=[item.pk])}?view=stuck"
        notify(person, "team", url=url, text=words, event=event)
