"""What managers see of those who were about to ask: shown, opened, left satisfied (AC-ASK-1)."""

import uuid

import pytest
import time_machine
from django.test import Client

from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db
PAGE = "/desk/gaps/asking/"


@pytest.fixture
def hana(client, cast):
    client.force_login(cast.hana)
    return client


def begins(shown, opened=0, answered="", product=""):
    """Somebody is about to ask, is shown some questions and opens some."""
    told = {"asking_key": str(uuid.uuid4()), "asking_shown": shown, "asking_opened": opened, "product": product}
    Client().post("/questions/similar/told/", told | ({"answered": answered} if answered else {}))
    return told


def as_read(page):
    return " ".join(page.split())


def figures(page):
    return as_read(page.partition('data-testid="asking-figures"')[2].partition("</div>\n  <p")[0])


def test_ac_ask_1_shown_opened_and_left_satisfied_are_there_for_managers(hana, cast):
    question = ana_asks(cast)
    begins(5, 1, answered=question.pk, product=cast.beam2.pk)
    begins(3, 2, product=cast.beam2.pk)
    begins(4, 1)
    told = begins(5, 0, product=cast.beam2.pk)
    asker = Client()
    asker.force_login(cast.chris)
    form = {"title": "The left earbud is silent", "text": "It has been silent since this morning, what can I do?"}
    assert asker.post("/questions/new/", form | told).status_code == 302
    page = hana.get(PAGE).content.decode()
    shown = figures(page)
    assert "<b>4</b><span>saw similar questions" in shown
    assert "<b>3</b><span>opened one (75 %)" in shown
    assert "<b>1</b><span>said it answered them (25 %)" in shown
    assert "<b>1</b><span>asked all the same (25 %)" in shown
    assert "2 more opened one and left without asking" in as_read(page)
    assert question.get_absolute_url() in page
    products = as_read(page.partition('id="by-product"')[2].partition("</table>")[0])
    assert products.index("Beam 2") < products.index("No product chosen")


def test_weeks_come_as_a_table_for_spreadsheets_and_older_ones_are_left_out(hana, cast):
    with time_machine.travel("2026-08-05T12:00Z"):
        begins(5, 1)
    with time_machine.travel("2026-10-07T12:00Z"):
        begins(5, 1)
        begins(2, 0)
    with time_machine.travel("2026-10-20T12:00Z"):
        answer = hana.get("/desk/gaps/asking.csv?days=30")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines == ["week of,saw similar,opened one,it answered,left,asked", "2026-10-05,2,1,0,1,0"]
        assert "<b>3</b><span>saw similar" in figures(hana.get(PAGE + "?days=90").content.decode())


def test_before_anybody_asked_the_page_says_what_goes_there(hana):
    assert "Nobody was about to ask in this time" in hana.get(PAGE).content.decode()
    assert hana.get(PAGE + "?days=x").status_code == 200
    assert PAGE in hana.get("/desk/gaps/").content.decode()


@pytest.mark.parametrize("name", ["ana", "dora"])
def test_who_does_not_tend_the_gaps_finds_nothing(client, cast, name):
    client.force_login(getattr(cast, name))
    assert client.get(PAGE).status_code in (403, 404)
    assert client.get("/desk/gaps/asking.csv").status_code in (403, 404)


def test_a_hidden_question_is_not_named(hana, cast):
    question = ana_asks(cast, title="A title that is hidden later on")
    begins(5, 1, answered=question.pk)
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    page = hana.get(PAGE).content.decode()
    assert "A title that is hidden" not in page
    assert "said it answered them (100 %)" in page
