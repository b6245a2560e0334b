"""The demo's calls: one that Dora made last week, and one that Chris has booked."""

from datetime import timedelta

import time_machine
from django.db.models import Q

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.callbacks.models import Attempt, Callback
from moderation.escalation.models import Conversation

MADE = (
    "Pairing with my hearing aid",
    "I would like to pair Beam 2 with a hearing aid, and by writing we would need a week. Can somebody call me?",
    "+49 30 5550142",
)
BOOKED = (
    "Two laptops, and the wrong one wins",
    "Multipoint lets the laptop win that I am not using, and each time I ask I am told something else to try.",
    "+44 20 7946 0958",
)


def build(stage: Stage) -> None:
    """A call that was made, and one that is ahead."""
    stage.at(stage.now - span("5d"), lambda: call_jonas(stage))
    stage.at(stage.now - span("50m"), lambda: book(stage, "chris", *BOOKED, slot=-1))


def book(stage: Stage, name: str, title: str, text: str, phone: str, slot: int = 0) -> Callback | None:
    """Somebody asks to be called, at the first time that is free or, in two days or so, the last that is shown."""
    person = stage.people[name]
    about = {"title": title, "text": text, "channels": ["page"], "product": stage.props["beam-2"]}
    conversation = Conversation.objects.ask(by=person, **about)
    free = Callback.objects.free(stage.props["beam-2"].brand)
    return Callback.objects.book(conversation, free[slot], phone=phone, by=person) if free else None


def call_jonas(stage: Stage) -> None:
    """He booked, and at his time Dora read the card, called and reached him."""
    dora = stage.people["dora"]
    if callback := book(stage, "jonas", *MADE):
        with time_machine.travel(callback.slot_at, tick=True):
            callback.remind()
            callback.show_card(to=dora)
            callback.accept(by=dora)
            callback.finish(
                Attempt.Outcome.REACHED, by=dora, note="Paired while we talked; he knows where the reset is."
            )
            closing = callback.conversation.close(by=dora, result="solved", note="talked, paired")
        with time_machine.travel(callback.slot_at + timedelta(hours=2), tick=True):
            closing.survey.answer(5, words="She stayed on the phone until it was paired.")


def remove() -> None:
    """Calls to people of the demo, and those that its team made."""
    own = Q(conversation__customer__username_key__in=names()) | Q(attempts__agent__username_key__in=names())
    Callback.objects.filter(pk__in=Callback.objects.filter(own).values("pk")).delete()
