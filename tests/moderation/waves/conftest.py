"""Spammers, and what they say."""

import pytest

from community.people.models import Person
from forums.questions.models import Question
from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import ana_asks

PITCH = "Tired of bad sound? {n} happy people use the miracle cable from https://cheap-cables.example/deal{n} today!"


@pytest.fixture
def question(cast) -> Question:
    question = ana_asks(cast)
    work()
    return question


@pytest.fixture
def spammers(db) -> list[Person]:
    return [Person.objects.create_user(f"seller{n}", f"s{n}@mass.example", None) for n in range(6)]


@pytest.fixture
def pitch(question, spammers):
    """One of them posts: `pitch(0)`; its number varies the words."""

    def post(who: int, number: int = 0, **fields):
        return answer(question.thread, by=spammers[who], source=PITCH.format(n=number or who), **fields)

    return post
