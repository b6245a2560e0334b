"""The demo's chats: Dora and Emil take them whenever their desk is open, and one of yesterday is in the history."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.chat.models import Chat, Duty, Seat
from moderation.escalation.models import Conversation

TITLE = "Which cable for the new case?"
OPENING = "The new charging case of my Beam 2 came without a cable. Is the one of my phone strong enough?"
SAID = [
    ("emil", "Hello Priya! Any USB-C cable does. What does it say on the charger of your phone?"),
    ("priya", "5 V, 3 A. And the old case, can I still use it for my daughter's pair?"),
    ("emil", "That is plenty. And yes: put her pair in and hold the button for ten seconds, then it is hers."),
    ("priya", "Wonderful, that was all. Thank you!"),
]


def build(stage: Stage) -> None:
    """Who takes chats, and a chat that ended well."""
    stage.at(stage.now - span("30d"), lambda: take_chats(stage.people))
    stage.at(stage.now - span("1d3h"), lambda: chat_about_the_case(stage))


def take_chats(people: dict[str, Any]) -> None:
    """Also outside open hours, so that whoever tries the demo at night finds somebody there."""
    for name in ("dora", "emil"):
        Duty.objects.begin(by=people[name], is_beyond_hours=True)


def chat_about_the_case(stage: Stage) -> None:
    """Priya asked, Emil was there."""
    priya, emil = stage.people["priya"], stage.people["emil"]
    Seat.objects.take(emil, "here", socket="demo")
    about = {"title": TITLE, "text": OPENING, "channels": ["page"], "product": stage.props["beam-2"]}
    conversation = Conversation.objects.ask(by=priya, **about)
    chat = Chat.objects.request(conversation, by=priya)
    chat.join(by=emil)
    for name, words in SAID:
        speak = conversation.reply if name == "emil" else conversation.say
        speak(words, by=stage.people[name])
    closing = conversation.close(by=emil, result="solved", note="asked about cable and pairing")
    closing.survey.answer(4, words="Quick, and friendly.")
    Seat.objects.filter(person=emil, seen_at__lt=stage.now + timedelta(days=1)).delete()


def remove() -> None:
    """Who takes chats, and the chats of the demo's people; what was said goes with the conversations."""
    own = Q(conversation__customer__username_key__in=names()) | Q(agent__username_key__in=names())
    Chat.objects.filter(own).delete()
    Seat.objects.filter(person__username_key__in=names()).delete()
    Duty.objects.filter(person__username_key__in=names()).delete()
