"""The demo's call in the browser: Marta spoke with Emil two days ago, and the conversation says so."""

from datetime import timedelta

import time_machine
from django.db.models import Q

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.calls.models import Call
from moderation.escalation.models import Conversation

TITLE = "Ear hook broke on the road"
WORDS = "The hook of my Beam 2 broke off this morning and I ride again tomorrow. Is there something I can do today?"


def build(stage: Stage) -> None:
    """One call that came through."""
    stage.at(stage.now - span("2d4h"), lambda: speak_with_marta(stage))


def speak_with_marta(stage: Stage) -> None:
    """Emil rang her from the conversation, and they spoke for some minutes."""
    marta, emil = stage.people["marta"], stage.people["emil"]
    about = {"title": TITLE, "text": WORDS, "channels": ["page"], "product": stage.props["beam-2"]}
    conversation = Conversation.objects.ask(by=marta, **about)
    call = Call.objects.invite(conversation, by=emil)
    call.answer(by=marta)
    call.come_through()
    with time_machine.travel(stage.now - span("2d4h") + timedelta(minutes=6), tick=True):
        call.hang_up(by=marta)
        closing = conversation.close(by=emil, result="solved", note="a new hook is on its way, tape until then")
    with time_machine.travel(stage.now - span("2d3h"), tick=True):
        closing.survey.answer(5, words="Six minutes, and I knew what to do. The tape held.")


def remove() -> None:
    """Calls of the demo's people, on either side."""
    own = Q(conversation__customer__username_key__in=names()) | Q(agent__username_key__in=names())
    Call.objects.filter(own | Q(asked_by__username_key__in=names())).delete()
