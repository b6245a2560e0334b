"""AC-ASK-1: similar questions while the title is typed, what came of them, and what helps to know of a product."""

from importlib.util import find_spec
from uuid import uuid4

import pytest
from django.test import Client

from forums.questions import hinting
from forums.questions.models import GuestQuestion, Hinting, Question
from tests.jobs import work
from tests.scenes import BODY, TITLE, ana_asks, ben_answers, one_line

TYPED = "Bluetooth drops every minute"
KEY = "6f1c1f0e-7c1a-4b57-9a55-0d7a8e1f2b3c"
needs_search = pytest.mark.skipif(find_spec("community.search") is None, reason="there is no search yet")


@pytest.fixture
def seven(cast):
    """Seven questions about the same, the fourth of them solved."""
    questions = [
        ana_asks(cast, title=f"Bluetooth drops every minute, case {n}", source=f"{BODY} {n}.") for n in range(4)
    ]
    more = [
        Question.objects.ask(by=cast.chris, title=f"Every minute Bluetooth drops {n}", source=f"{BODY} So {n}.")
        for n in range(3)
    ]
    questions[3].accept(ben_answers(cast, questions[3]), by=cast.ana)
    work()
    return [*questions, *more]


@needs_search
def test_ac_ask_1_up_to_five_similar_ones_appear_solved_first_and_are_counted_aloud(client, cast, seven):
    for person in (None, cast.ana):
        if person:
            client.force_login(person)
        reply = client.get("/questions/similar/", {"title": TYPED, "product": cast.beam2.pk})
        body = one_line(reply)
        assert reply.status_code == 200
        assert body.count("data-similar=") == 5
        assert 'data-said="5 similar questions"' in body
        assert body.index("solved") < body.index("data-similar=", body.index("data-similar=") + 5)
        assert f'data-similar="{seven[3].pk}"' in body
        assert "<html" not in body
        assert not reply.cookies


@needs_search
def test_ac_ask_1_without_scripts_a_button_shows_them_and_the_text_is_still_there(client, cast, seven):
    for person, path in ((None, "/questions/new/guest/"), (cast.ana, "/questions/new/")):
        if person:
            client.force_login(person)
        reply = client.post(path, {"title": TYPED, "text": "It", "product": cast.beam2.pk, "look": "1"})
        body = one_line(reply)
        assert reply.status_code == 200
        assert body.count("data-similar=") == 5
        assert 'value="5"' in body
        assert f'value="{TYPED}"' in body
        assert "This answered me" in body
    assert Question.objects.count() == 7
    assert not Hinting.objects.exists()


@needs_search
def test_hidden_questions_are_no_hints(client, cast, seven):
    for question in seven[1:]:
        question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Spam")
    work()
    body = client.get("/questions/similar/", {"title": TYPED}).content.decode()
    assert body.count("data-similar=") == 1


def test_ac_ask_1_when_the_search_is_down_the_form_works_without_hints(client, cast, monkeypatch):
    monkeypatch.setattr(hinting, "SEARCH", "community.search.nothing_there")
    reply = client.get("/questions/similar/", {"title": TYPED})
    assert reply.status_code == 200
    assert "data-similar=" not in reply.content.decode()
    client.force_login(cast.ana)
    assert client.post("/questions/new/", {"title": TITLE, "text": BODY}).status_code == 302


def test_ac_ask_1_the_evidence_says_shown_5_opened_1_posted_yes(client, cast):
    told = {"asking_key": KEY, "asking_shown": "5", "asking_opened": "1"}
    assert client.post("/questions/similar/told/", told).status_code == 204
    client.force_login(cast.ana)
    form = {"title": TITLE, "text": BODY, "product": cast.beam2.pk, **told}
    assert client.post("/questions/new/", form).status_code == 302
    row = Hinting.objects.get()
    assert (row.shown, row.opened, row.is_posted, row.answered_by, row.product) == (5, 1, True, None, cast.beam2)


def test_left_satisfied_is_evidence_too_and_leads_to_the_answer(client, cast):
    question = ana_asks(cast)
    told = {"asking_key": KEY, "asking_shown": "3", "asking_opened": "1", "answered": question.pk, "title": TITLE}
    reply = client.post("/questions/similar/told/", told)
    assert reply["Location"] == question.get_absolute_url()
    row = Hinting.objects.get()
    assert (row.shown, row.opened, row.is_posted, row.answered_by) == (3, 1, False, question.thread)
    client.post("/questions/similar/told/", told)
    assert Hinting.objects.count() == 1


def test_what_a_guest_was_shown_goes_along_through_both_steps(client, typed):
    told = {"asking_key": KEY, "asking_shown": "5", "asking_opened": "2"}
    step = client.post("/questions/new/guest/", typed | told).content.decode()
    assert f'name="asking_key" value="{KEY}"' in step
    client.post("/questions/guest/", {**typed, **told, "email": "vera@example.org", "name": "vera"})
    assert GuestQuestion.objects.count() == 1
    row = Hinting.objects.get()
    assert (row.shown, row.opened, row.is_posted, row.is_member) == (5, 2, True, False)


@pytest.mark.parametrize(
    "told",
    [{"asking_key": "x", "asking_shown": "5"}, {"asking_shown": "many"}, {"answered": "999999"}, {"answered": "x"}],
)
def test_odd_evidence_is_not_kept_and_breaks_nothing(client, db, told):
    assert client.post("/questions/similar/told/", told).status_code == 204
    assert not Hinting.objects.exists()


def test_numbers_are_never_more_than_was_shown(client, db):
    client.post("/questions/similar/told/", {"asking_key": KEY, "asking_shown": "900", "asking_opened": "77"})
    row = Hinting.objects.get()
    assert (row.shown, row.opened) == (5, 5)


def test_a_program_that_tells_a_thousand_times_is_not_believed(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "hints"}}
    here = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(205):
        here.post("/questions/similar/told/", {"asking_key": uuid4(), "asking_shown": "1"})
    assert Hinting.objects.count() == 200


def test_hints_and_evidence_refuse_the_wrong_method(client, db):
    assert client.post("/questions/similar/", {"title": TYPED}).status_code == 405
    assert client.get("/questions/similar/told/").status_code == 405
    assert client.post("/questions/outline/").status_code == 405


@pytest.fixture
def outlined(cast):
    cast.beam2.ask_outline = "Phone and its version\nWhat you tried\n\nWhat you hear"
    cast.beam2.save()
    return cast.beam2


def test_a_product_says_what_helps_to_know(client, cast, outlined):
    for path in (f"/questions/new/?product={outlined.slug}", f"/questions/outline/?product={outlined.pk}"):
        body = one_line(client.get(path))
        assert "With Beam 2 it helps to know:" in body
        assert body.count("data-point") == 3
    assert "data-point" not in client.get("/questions/new/").content.decode()
    assert "data-point" not in client.get("/questions/outline/?product=x").content.decode()


def test_the_points_alone_are_no_question_and_nobody_has_to_use_them(client, cast, outlined):
    client.force_login(cast.ana)
    form = {"title": TITLE, "product": outlined.pk}
    points = "**Phone and its version:**\n\n**What you tried:**\n\n**What you hear:**\n"
    empty = client.post("/questions/new/", {**form, "text": points})
    assert empty.status_code == 422
    assert "beside these points" in empty.content.decode()
    assert client.post("/questions/new/", {**form, "text": points + "A hum."}).status_code == 302
    assert client.post("/questions/new/", {**form, "title": TITLE + "!", "text": BODY}).status_code == 302
