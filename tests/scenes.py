"""Short scenes that call the real verbs."""

from typing import Any

from django.test import Client

from community.people.models import Person
from forums.questions.models import Question
from forums.threads.replying import answer
from tests.cast import Cast

TITLE = "Bluetooth drops every minute since firmware 3.2"
BODY = "Since the update last night the connection drops about once a minute. It happens with two phones."


def ana_asks(cast: Cast, title: str = TITLE, source: str = BODY, **fields) -> Question:
    """Ana asks about her Beam 2."""
    fields = {"product": cast.beam2, "product_version": cast.fw32, "tags": ["bluetooth"], **fields}
    return Question.objects.ask(by=cast.ana, title=title, source=source, **fields)


def ben_answers(cast: Cast, question: Question, source: str = "Turn LE Audio off in the app, then pair again."):
    """Ben, a champion, answers."""
    return answer(question.thread, by=cast.ben, source=source)


def as_(person: Person) -> Client:
    """A browser of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    return client


def one_line(response: Any) -> str:
    """The page of an answer as a browser understands it: line breaks of its template are blanks."""
    return " ".join(response.content.decode().split())
