"""Who is told of booked calls."""

from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from moderation.callbacks.models import Callback


@on(Verb.CALL_NEAR)
def tell_whoever_has_it(event: Event) -> None:
    """In ten minutes: a line in the tray of the agent who has the matter."""
    conversation = event.subject
    agent = conversation.item.assignee or conversation.opened_by
    if agent is not None:
        text = _("A booked call is due in ten minutes")
        notify(agent, "team", url=conversation.item.get_absolute_url(), text=text, event=event)


@on(Verb.CALL_MADE)
def ask_for_another_time(event: Event) -> None:
    """We could not reach them: the customer finds where to choose another time."""
    callback = Callback.objects.filter(pk=event.details["callback"]).first()
    if callback is None or callback.state != Callback.State.MISSED:
        return
    text = _("We could not reach you. Choose another time")
    notify(event.subject.customer, "private", url=callback.get_absolute_url(), text=text, event=event)  # mailed already


@on(Verb.CONVERSATION_CLOSED)
def cancel_with_the_conversation(event: Event) -> None:
    """A settled matter needs no call."""
    conversation = event.subject
    callback = Callback.objects.booked().filter(conversation=conversation).first()
    if callback is not None and callback.open_call is None:
        callback.cancel(by=conversation.customer)
