"""AC-PRIV-9: one list for the customer, whether a matter began in the community, by mail, in a chat or with a call."""

import re

import pytest
import time_machine

from moderation.callbacks.models import Callback
from moderation.chat.models import Chat
from tests.moderation.callbacks.scenes import MONDAY, PHONE, office_hours
from tests.moderation.chat.scenes import sits_down
from tests.moderation.escalation.scenes import ana_accepts, ana_writes_in_private
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a class="request-row".*?</a>')


@pytest.fixture
def matters(cast):
    """Four matters of Ana's, each on its way."""
    with time_machine.travel(MONDAY, tick=True):
        office_hours()
        sits_down(cast.dora)
        ana_accepts(cast, channels=["page"])
        ana_writes_in_private(cast, title="By mail", channels=["page", "mail"])
        chat, call = (
            ana_writes_in_private(cast, title=title, channels=["page"]) for title in ("In a chat", "By phone")
        )
        Chat.objects.request(chat, by=cast.ana)
        Callback.objects.book(call, Callback.objects.free(cast.northlight)[0], phone=PHONE, by=cast.ana)
        yield


NEXT = {
    "About my Beam 2": ("With our team", "We read it and answer you."),
    "By mail": ("With our team", "We read it and answer you."),
    "In a chat": ("In a live chat", "The chat is open: somebody of the team answers there."),
    "By phone": ("With our team", "We call you: Monday, 23 November, 11:"),
}


@pytest.mark.parametrize("title", NEXT)
def test_ac_priv_9_each_has_a_plain_status_the_next_step_and_when_we_answer(cast, matters, title):
    rows = ROW.findall(one_line(as_(cast.ana).get("/requests/")))
    assert len(rows) == len(NEXT)
    (row,) = [row for row in rows if f">{title}</b>" in row]
    status, step = NEXT[title]
    assert f">{status}</span>" in row
    assert step in row
    assert re.search(r"Answer by \d+ \w+, \d\d:\d\d", row)


def test_ac_priv_9_nobody_else_finds_them(cast, matters):
    assert ROW.findall(one_line(as_(cast.mallory).get("/requests/"))) == []
