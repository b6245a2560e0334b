"""Scenes of private help, by the real verbs."""

from forums.threads.models import Thread
from forums.threads.replying import answer
from moderation.escalation.models import Conversation, Invitation
from moderation.queue.models import Item
from tests.cast import Cast
from tests.jobs import work
from tests.scenes import ana_asks

CANARY = "heliotrope-4711-canary"
PURPOSE = "I would like to look at your order with you, and that does not belong here."
BOTH = ["page", "mail"]


def on_the_desk(cast: Cast, **fields) -> Thread:
    """Ana has asked, and the question is on the desk."""
    thread = ana_asks(cast, **fields).thread
    assert cast.dora
    work()
    return thread


def dora_offers(cast: Cast, thread: Thread | None = None, channels=BOTH) -> Invitation:
    thread = thread or on_the_desk(cast)
    return Invitation.objects.offer(thread, by=cast.dora, channels=list(channels), purpose=PURPOSE)


def ana_accepts(cast: Cast, channels=BOTH, text: str = f"My order is NL-1001. {CANARY}") -> Conversation:
    """Ana is in private help with Dora, about her public question."""
    invitation = dora_offers(cast)
    return invitation.accept(by=cast.ana, channels=list(channels), title="About my Beam 2", text=text)


def ana_writes_in_private(cast: Cast, **fields) -> Conversation:
    """Ana turns to the team by herself."""
    fields = {"title": "A refund", "text": f"Please look. {CANARY}", "channels": BOTH, "product": cast.beam2, **fields}
    return Conversation.objects.ask(by=cast.ana, **fields)


def three_team_answers(cast: Cast, thread: Thread) -> None:
    for number in range(3):
        answer(thread, by=cast.dora, source=f"Have you tried step {number}?", as_staff=True)


def item_of(thread: Thread) -> Item:
    return Item.objects.get(thread=thread)
