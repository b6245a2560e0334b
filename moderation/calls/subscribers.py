"""Who is told of calls in the browser."""

from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from moderation.calls.models import Call


@on(Verb.VOICE_ASKED)
def tell_whom_we_ring(event: Event) -> None:
    """The team rings: the customer finds it in their tray, wherever on the site they are."""
    call = Call.objects.ringing().filter(pk=event.details["call"]).select_related("conversation").first()
    if call is not None and not call.is_by_customer:
        text = _("We are calling you in your browser now")
        notify(event.subject.customer, "private", url=call.get_absolute_url(), text=text, event=event)


@on(Verb.CONVERSATION_CLOSED)
def end_with_the_conversation(event: Event) -> None:
    """A settled matter has no open call."""
    call = Call.objects.going_on().filter(conversation=event.subject).select_related("agent", "conversation").first()
    if call is not None:
        is_customer = event.actor_id == event.subject.customer_id
        call.end(Call.End.BY_CUSTOMER if is_customer else Call.End.BY_TEAM, by=event.actor)
