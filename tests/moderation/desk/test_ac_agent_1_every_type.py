"""AC-AGENT-1: everything that waits for the team is in one queue, whichever way it came."""

import re

import pytest
import time_machine

from moderation.callbacks.models import Callback
from moderation.calls.models import Call
from moderation.chat.models import Chat
from moderation.escalation.models import Conversation
from moderation.queue.models import Item
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.moderation.callbacks.scenes import MONDAY, PHONE, office_hours
from tests.moderation.chat.scenes import sits_down
from tests.scenes import ana_asks, as_, one_line

pytestmark = pytest.mark.django_db
ROW = re.compile(r'data-item="(\d+)"')


@pytest.fixture
def of_each_type(cast):
    """One matter of each type: the word of its row, and its item."""
    with time_machine.travel(MONDAY, tick=True):
        office_hours()
        sits_down(cast.dora)
        question, review = ana_asks(cast), ana_reviews(cast, 1)
        page, mail, chat, call, booked = (writes(cast, title) for title in ("Page", "Mail", "Chat", "Call", "Booked"))
        Chat.objects.request(chat, by=cast.ana)
        Call.objects.invite(call, by=cast.dora)
        Callback.objects.book(booked, Callback.objects.free(cast.northlight)[0], phone=PHONE, by=cast.ana)
        work()
        cards = {"question": Item.objects.get(thread=question.thread), "review": Item.objects.get(thread=review.thread)}
        talks = {"private": page, "mail": mail, "live chat": chat, "call in the browser": call, "booked call": booked}
        yield cards | {word: talk.item for word, talk in talks.items()}


def writes(cast, title):
    channels = ["page", "mail"] if title == "Mail" else ["page"]
    return Conversation.objects.ask(
        by=cast.ana, title=title, text="Please help.", channels=channels, product=cast.beam2
    )


def listed(person, query: str) -> set[int]:
    page = one_line(as_(person).get("/desk/", {"view": "waiting", "q": query}))
    return {int(pk) for pk in ROW.findall(page)}


def test_ac_agent_1_every_type_is_visible_and_found_by_its_own_filter(cast, of_each_type):
    everything = {item.pk for item in of_each_type.values()}
    assert listed(cast.dora, "") == listed(cast.fay, "") == everything
    assert listed(cast.gil, "") == set()
    private = everything - {of_each_type["question"].pk, of_each_type["review"].pk}
    assert listed(cast.dora, "kind:question") == {of_each_type["question"].pk}
    assert listed(cast.dora, "kind:review") == {of_each_type["review"].pk}
    assert listed(cast.dora, "kind:conversation") == private
    assert of_each_type["mail"].pk in listed(cast.dora, "kind:mail")
    assert listed(cast.dora, "kind:chat") == {of_each_type["live chat"].pk}
    assert of_each_type["booked call"].pk in listed(cast.dora, "kind:call")
    page = one_line(as_(cast.dora).get("/desk/?view=waiting"))
    for word in ("question", "review", "private", "live chat"):
        assert f"{word} ·" in page, word
