"""AC-ASK-5: a reply that does not try to solve it leaves the question waiting."""

import json
import re

import pytest

from tests.scenes import ana_asks, ben_answers, one_line

FOLLOWING = {"text": "following", "no_attempt": "1"}


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def is_waiting(client, question) -> bool:
    """Whether the list of unanswered questions has it."""
    return question.thread.title in client.get("/questions/?view=unanswered").content.decode()


def facts(client, question):
    """What search engines are told of the question; None when nothing answers it."""
    page = client.get(question.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = [part for block in blocks for part in flat(json.loads(block))]
    return next((part["mainEntity"] for part in told if "mainEntity" in part), None)


def flat(told):
    """One thing or several."""
    return told if isinstance(told, list) else [told]


@pytest.mark.parametrize("name", ["hana", "chris"])
def test_ac_ask_5_following_leaves_the_question_unanswered_and_the_next_real_answer_clears_it(
    client, cast, question, name
):
    client.force_login(getattr(cast, name))
    assert client.post(f"/threads/{question.pk}/reply/", FOLLOWING).status_code == 302
    client.logout()
    question.thread.refresh_from_db()
    assert (question.thread.answer_count, question.thread.attempt_count) == (1, 0)
    assert is_waiting(client, question)
    page = one_line(client.get(question.get_absolute_url()))
    assert "Waiting for an answer" in page
    assert "No answer yet" in page
    assert "1 reply here does not try to solve it. The question still waits for an answer." in page
    assert "Not an attempt to solve it" in page
    assert facts(client, question) is None

    ben_answers(cast, question)

    question.thread.refresh_from_db()
    assert (question.thread.answer_count, question.thread.attempt_count) == (2, 1)
    assert not is_waiting(client, question)
    page = one_line(client.get(question.get_absolute_url()))
    assert "Waiting for an answer" not in page
    assert "still waits" not in page
    assert "1 answer<" in page.replace(" <", "<")
    told = facts(client, question)
    assert (told["answerCount"], len(told["suggestedAnswer"])) == (1, 1)


def test_a_question_with_no_more_than_remarks_counts_none_in_lists(client, cast, question):
    client.force_login(cast.chris)
    client.post(f"/threads/{question.pk}/reply/", FOLLOWING)
    client.logout()
    row = one_line(client.get("/questions/"))
    assert "<b>0</b>" in row


def test_taking_the_only_answer_back_lets_it_wait_again(client, cast, question):
    post = ben_answers(cast, question)
    assert not is_waiting(client, question)
    post.remove(by=cast.ben)
    assert is_waiting(client, question)
