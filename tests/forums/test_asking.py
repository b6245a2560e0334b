"""AC-ASK-1: asking, with the numbers of the scenario."""

import pytest
from django.test import Client

from community.events.models import Event
from forums.questions.models import Question
from forums.threads.models import Draft, Follow
from tests.scenes import BODY, TITLE


@pytest.fixture
def ana(client, cast):
    client.force_login(cast.ana)
    return cast.ana


def ask(client, cast, **changes):
    data = {
        "title": TITLE,
        "text": BODY,
        "product": cast.beam2.pk,
        "product_version": cast.fw32.pk,
        "tags": "Bluetooth, LE audio",
    }
    return client.post("/questions/new/", data | changes)


def test_ac_ask_1_ana_asks(client, cast, ana):
    Draft.objects.keep(by=ana, place="ask", text=BODY)
    reply = ask(client, cast, environment="iPhone 15")
    question = Question.objects.get()
    assert reply["Location"] == question.get_absolute_url()
    assert question.thread.product_version == cast.fw32
    assert set(question.thread.tags.names()) == {"bluetooth", "le audio"}
    assert Follow.objects.filter(thread=question.pk, person=ana).exists()
    assert not Draft.objects.exists()
    assert "Waiting for an answer" in client.get(reply["Location"]).content.decode()
    assert Event.objects.filter(verb="question.asked").count() == 1
    cast.beam2.refresh_from_db()
    assert cast.beam2.question_count == 1


def test_ac_ask_1_product_and_version_are_known_from_what_she_owns(client, cast, ana):
    body = client.get("/questions/new/?title=No+sound+at+all+today").content.decode()
    assert f'<option value="{cast.beam2.pk}" selected>' in body
    assert f'<option value="{cast.fw32.pk}" selected>' in body
    assert 'value="No sound at all today"' in body


def test_the_address_can_name_another_product(client, cast, ana):
    body = client.get(f"/questions/new/?product={cast.kettle_one.slug}").content.decode()
    assert f'<option value="{cast.kettle_one.pk}" selected>' in body
    assert f'<option value="{cast.fw32.pk}" selected>' not in body


def test_ac_ask_1_a_title_that_says_nothing_is_refused_and_the_text_given_back(client, cast, ana):
    reply = ask(client, cast, title="help")
    assert reply.status_code == 422
    body = reply.content.decode()
    assert "15 characters" in body
    assert BODY in body


@pytest.mark.parametrize(
    ("title", "text", "status"), [("x" * 14, BODY, 422), (TITLE, "y" * 29, 422), ("x" * 15, "y" * 30, 302)]
)
def test_title_15_and_body_30_characters(client, cast, ana, title, text, status):
    assert ask(client, cast, title=title, text=text).status_code == status


def test_ac_ask_1_the_same_text_twice_within_five_minutes_leads_to_the_first(client, cast, ana):
    first = ask(client, cast)["Location"]
    again = ask(client, cast)
    assert again.status_code == 409
    assert first in again.content.decode()
    assert Question.objects.count() == 1


def test_personal_data_is_offered_to_be_blacked_out_or_sent_privately(client, cast, ana):
    text = BODY + " My card is 4111 1111 1111 1111, please refund me."
    refused = ask(client, cast, text=text)
    body = refused.content.decode()
    assert refused.status_code == 422
    assert 'name="black_out"' in body
    assert 'formaction="/requests/new/"' in body
    assert "4111 1111 1111 1111" in body  # given back
    assert not Question.objects.exists()
    assert ask(client, cast, text=text, black_out="1").status_code == 302
    source = Question.objects.get().thread.posts.get().source
    assert "4111" not in source
    assert "█" in source
    assert "please refund me" in source


def test_personal_data_in_the_title_is_blacked_out_too(client, cast, ana):
    ask(client, cast, title="Call me at ana.k@mail.test please", black_out="1")
    assert "ana.k@mail.test" not in Question.objects.get().thread.title


def test_of_a_session_that_expired_the_text_is_not_lost(client, cast):
    reply = ask(client, cast)
    assert reply.status_code == 200
    assert BODY in reply.content.decode()
    assert "I have an account: sign in" in reply.content.decode()
    assert not Question.objects.exists()


def test_sent_twice_asked_once(client, cast, ana):
    first, second = ask(client, cast, once="k1"), ask(client, cast, once="k1")
    assert first["Location"] == second["Location"]
    assert Question.objects.count() == 1


def test_a_form_without_a_token_is_refused(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ana)
    assert ask(strict, cast).status_code == 403
    assert not Question.objects.exists()


def test_too_many_tags_are_refused(client, cast, ana):
    assert ask(client, cast, tags="a,b,c,d,e,f").status_code == 422


def test_fields_that_are_not_asked_for_are_ignored(client, cast, ana):
    ask(
        client,
        cast,
        author=cast.ben.pk,
        solved_at="2026-01-01",
        is_hidden="1",
        answer_count="9",
        created_at="2020-01-01",
    )
    question = Question.objects.get()
    assert question.thread.author == ana
    assert (question.is_solved, question.thread.is_hidden, question.thread.answer_count) == (False, False, 0)
    assert question.thread.created_at.year > 2020
