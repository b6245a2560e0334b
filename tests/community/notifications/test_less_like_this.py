"""“Less like this”: looking changes nothing, a choice works without signing in, and can be taken back."""

import re

import pytest
from django.test import Client

from community.notifications.models import Notification
from community.notifications.preferences import wish_for
from community.notifications.watched import level_of, set_level
from tests.cast import Cast
from tests.community.notifications.days import asks, mails_to, turn
from tests.scenes import ana_asks, ben_answers, one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(cast: Cast) -> str:
    """The link of a mail about a new question in a product that Ana watches."""
    set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
    asks(cast, 1)
    turn()
    [mail] = mails_to(cast.ana)
    [found] = set(re.findall(r"http://localhost:8000(/notifications/mail/\S+/less/)", mail.text + mail.html))
    return found


@pytest.fixture
def stranger() -> Client:
    """A mail program's browser: no cookies, and the site's real protection."""
    return Client(enforce_csrf_checks=True)


def undo_of(page) -> str:
    return re.search(r'action="(/notifications/mail/[^"]+/as-before/)"', page.content.decode())[1]


def test_looking_changes_nothing(cast: Cast, link, stranger):
    page = stranger.get(link)
    assert page.status_code == stranger.head(link).status_code == 200
    assert "Nothing more about “Beam 2”" in one_line(page)
    assert level_of(cast.ana, f"product:{cast.beam2.pk}") == "watch"
    assert not page.cookies


@pytest.mark.parametrize(
    ("way", "level", "by_mail"),
    [("track", "track", "now"), ("mute", "mute", "now"), ("digest", "watch", "digest"), ("never", "watch", "never")],
)
def test_each_way_works_without_signing_in_and_can_be_taken_back(cast: Cast, link, stranger, way, level, by_mail):
    page = stranger.post(link, {"way": way})
    assert page.status_code == 200
    assert level_of(cast.ana, f"product:{cast.beam2.pk}") == level
    assert wish_for(cast.ana, "question").by_mail == by_mail
    assert stranger.get(undo_of(page)).status_code == 405
    assert stranger.post(undo_of(page)).status_code == 200
    assert level_of(cast.ana, f"product:{cast.beam2.pk}") == "watch"
    assert wish_for(cast.ana, "question").by_mail == "now"


def test_a_way_that_is_none_and_an_altered_link_do_nothing(cast: Cast, link, stranger):
    assert stranger.post(link, {"way": "watch"}).status_code == 200
    assert level_of(cast.ana, f"product:{cast.beam2.pk}") == "watch"
    token = link.split("/")[3]
    assert stranger.get(link.replace(token, "x" + token)).status_code == 404
    assert stranger.post(link.replace("/less/", "/as-before/")).status_code == 404


def test_a_thread_is_muted_from_the_mail_of_an_answer(cast: Cast, stranger):
    question = ana_asks(cast)
    ben_answers(cast, question)
    turn()
    [mail] = mails_to(cast.ana)
    link = re.search(r"http://localhost:8000(/notifications/mail/\S+/less/)", mail.text)[1]
    stranger.post(link, {"way": "mute"})
    ben_answers(cast, question, "One more thing: charge it fully before you try that.")
    turn()
    assert len(mails_to(cast.ana)) == 1
    assert Notification.objects.filter(person=cast.ana).count() == 1
