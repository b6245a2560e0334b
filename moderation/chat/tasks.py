"""The clock of live chats: a quiet one is asked about and then goes on by mail, one that nobody can take does too."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from community.people.models import Person
from moderation.chat.models import Chat, Duty, Seat
from moderation.chat.models.seat import GONE_AFTER, ON_THE_WAY

SWEPT_AFTER = GONE_AFTER * 20
ALONE_FOR = timedelta(minutes=2)
"""How long somebody waits who cannot be helped now: a desk may only be on its way from one page to the next."""


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="chat.tend", pass_context=False)
def tend_chats(timestamp: int) -> None:
    """Look after each chat that goes on."""
    Seat.objects.filter(seen_at__lt=timezone.now() - SWEPT_AFTER).delete()
    chats = Chat.objects.going_on().select_related("agent", "conversation__item__product__brand")
    for chat in chats.order_by("pk"):
        tend(chat)
        if chat.agent is not None and not chat.is_agent_here:
            chat.show()  # its process may have died without a word


@app.task(queue="queue", pass_context=False)
def look_again(person_id: int) -> None:
    """Somebody's page has closed a moment ago: where they have not come back, the other side sees it."""
    if not Seat.objects.fresh().filter(person=person_id).exists():
        show_chats_of(person_id)


def look_again_soon(person: Person) -> None:
    """Once a reload would be over."""
    look_again.configure(schedule_in={"seconds": int(ON_THE_WAY.total_seconds()) + 1}).defer(person_id=person.pk)


def show_chats_of(person_id: int) -> None:
    """The chats that somebody has, on either side, show whether they are there."""
    chats = Chat.objects.going_on().filter(Q(agent=person_id) | Q(conversation__customer=person_id))
    for chat in chats.select_related("agent", "conversation__item__product__brand"):
        chat.show()


def tend(chat: Chat) -> None:
    """What the clock does to one chat."""
    now = timezone.now()
    if chat.agent is None:
        if now - chat.created_at >= ALONE_FOR and not Duty.objects.serving(chat.brand):
            chat.end(Chat.End.NOBODY)
        elif now - chat.created_at >= silence() and not chat.is_customer_here:
            chat.end(Chat.End.QUIET)
        return
    since = chat.quiet_since
    if now - since >= ALONE_FOR and not chat.is_agent_here and not Duty.objects.serving(chat.brand):
        chat.end(Chat.End.NOBODY)
        return
    asked = chat.asked_at if chat.asked_at is not None and chat.asked_at >= since else None
    if asked is None and now - since >= silence():
        chat.ask_whether_there()
    elif asked is not None and now - asked >= timedelta(minutes=settings.CHAT_ANSWER_MINUTES):
        chat.end(Chat.End.QUIET)


def silence() -> timedelta:
    """How long it may be quiet until we ask."""
    return timedelta(minutes=settings.CHAT_SILENCE_MINUTES)
