"""AC-PRIVACY-2: Chris closes his account: what becomes of what, fourteen days to change his mind, then it is done."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.catalogue.models import Ownership
from community.people.closing import Closing
from community.people.models import Person
from community.people.tasks import close_accounts
from forums.questions.models import Question
from forums.threads.models import Post, Revision
from forums.threads.replying import answer, comment
from tests.cast import Cast
from tests.jobs import work
from tests.scenes import BODY, ana_asks, as_

pytestmark = pytest.mark.django_db
PLACE = reverse("community:settings-closing")
SAID = "Clean the contacts with a dry cloth."


@pytest.fixture
def question(cast: Cast) -> Question:
    """Chris asked; Ana answered and called him by his name; he answered elsewhere, and changed it once."""
    cast.confirm(cast.chris)
    asked = Question.objects.ask(by=cast.chris, title="The case does not charge", source=f"{BODY} Mine is red.")
    answer(asked.thread, by=cast.ana, source="Try another cable, @chris, and tell us.")
    other = ana_asks(cast)
    said = answer(other.thread, by=cast.chris, source="Use a cloth.")
    said.edit(SAID, by=cast.chris, version=said.version, reason="clearer")
    comment(said, by=cast.ben, source="@chris is right. @christine is somebody else.")
    said.vote(by=cast.ana)
    Ownership.objects.create(person=cast.chris, product=cast.beam2, order_number="NL-77")
    work()
    return asked


def ask(cast: Cast, texts: str = "keep") -> Client:
    """By the way that a person goes: the page, the password once more, the form."""
    client = as_(cast.chris)
    page = client.get(PLACE).content.decode()
    way = re.search(r'href="(/account/reauthenticate/[^"]*)"', page)[1]
    client.post(PLACE, {"texts": texts, "is_meant": "on"})
    assert not Closing.objects.exists()  # not before they have shown that it is them
    assert client.post(way, {"password": "porchlight-chris"})["Location"] == PLACE
    assert client.post(PLACE, {"texts": texts, "is_meant": "on"})["Location"] == PLACE
    work()
    return client


def fifteen_days_later(time_machine) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=15))
    close_accounts(0)
    work()


def test_ac_privacy_2_the_page_says_of_each_kind_what_becomes_of_it(cast, question):
    page = as_(cast.chris).get(PLACE).content.decode()
    assert "Questions, answers, comments and reviews (2)" in page
    assert "stay as they are, under “former member” and a number." in page
    assert "a question keeps its title" in page
    assert "Products you own" in page
    assert "Private requests" not in page  # he has none
    assert Client().get(PLACE).status_code == 302


def test_ac_privacy_2_for_fourteen_days_it_can_be_taken_back_and_everything_works(cast, question, time_machine):
    client = ask(cast)
    assert "will be closed in fourteen days" in mail.outbox[-1].body
    assert "Keep my account" in client.get(PLACE).content.decode()
    client.post(PLACE, {"texts": "remove", "is_meant": "on"})  # a second wish is the first one
    assert [row.texts for row in Closing.objects.all()] == ["keep"]
    time_machine.move_to(timezone.now() + timedelta(days=13, hours=23))
    close_accounts(0)
    assert Person.objects.get(pk=cast.chris.pk).is_active
    as_(cast.chris).post(reverse("community:settings-closing-withdraw"))
    fifteen_days_later(time_machine)
    assert Person.objects.get(pk=cast.chris.pk).username == "chris"


def test_ac_privacy_2_without_his_name_the_threads_go_on(cast, question, time_machine):
    ask(cast)
    fifteen_days_later(time_machine)
    gone = Person.objects.get(pk=cast.chris.pk)
    assert re.fullmatch(r"former-member-[0-9a-f]{6}", gone.username)
    assert (gone.email, gone.about, gone.is_active, gone.has_usable_password()) == ("", "", False, False)
    assert not gone.emailaddress_set.exists()
    assert not gone.ownerships.exists()
    page = Client().get(question.get_absolute_url()).content.decode()
    assert gone.username in page
    assert f"@{gone.username}" in page
    assert "Mine is red." in page
    other = Post.objects.get(source=SAID)
    shown = Client().get(other.thread.get_absolute_url()).content.decode()
    for text in (page, shown):
        assert not re.search(r"\bchris\b", text)
    assert "@christine is somebody else" in shown
    assert (SAID in shown, other.score) == (True, 1)
    assert Client().get("/people/chris/").status_code == 404
    assert f'href="{gone.get_absolute_url()}"' not in page


def test_ac_privacy_2_with_his_words_placeholders_keep_the_threads_readable(cast, question, time_machine):
    other = Post.objects.get(source=SAID).thread
    ask(cast, "remove")
    fifteen_days_later(time_machine)
    page = Client().get(question.get_absolute_url()).content.decode()
    assert "The case does not charge" in page
    assert "took their words along" in page
    assert "Try another cable" in page
    assert "Mine is red" not in page
    shown = Client().get(other.get_absolute_url()).content.decode()
    assert SAID not in shown
    kept = [*Post.objects.values_list("source", flat=True), *Revision.objects.values_list("source", flat=True)]
    assert not any("cloth" in text or "Mine is red" in text for text in kept)
    assert SAID not in Client().get("/search/", {"q": "dry cloth"}).content.decode()


def test_ac_privacy_2_nobody_signs_in_with_it_any_more(cast, question, time_machine):
    client = ask(cast)
    fifteen_days_later(time_machine)
    assert client.get(PLACE).status_code == 302
    for name in ("chris", "chris@example.org"):
        Client().post("/account/login/", {"login": name, "password": "porchlight-chris"})
    again = Client()
    again.post("/account/login/", {"login": "chris", "password": "porchlight-chris"})
    assert "_auth_user_id" not in again.session


def test_who_has_a_role_gives_it_back_first_and_nobody_closes_anothers(cast, question):
    page = as_(cast.ben).get(PLACE).content.decode()
    assert "Ask an administrator to take it back first." in page
    assert as_(cast.mallory).get(reverse("community:settings-closing-withdraw")).status_code == 405
    ask(cast)
    as_(cast.mallory).post(reverse("community:settings-closing-withdraw"))
    assert Closing.objects.standing().filter(person=cast.chris).exists()
