"""A refusal that no view has shown in place still gives a sentence, and the text back."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from community.refusals import Refusal, RefusalMiddleware, Stale

pytestmark = pytest.mark.django_db
TEXT = "Since the update it drops every minute."
middleware = RefusalMiddleware(lambda request: None)


def shown(refusal, path="/questions/new/", htmx=False, accept="text/html", **fields):
    request = RequestFactory().post(path, fields, headers={"Accept": accept})
    request.user, request.htmx, request.session = AnonymousUser(), htmx, {}
    return middleware.process_exception(request, refusal)


def test_a_page_gives_the_sentence_and_the_text_back():
    answer = shown(Refusal("Wait a minute."), body=TEXT, once="a" * 40, csrfmiddlewaretoken="b" * 40)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Wait a minute." in page
    assert TEXT in page
    assert "a" * 40 not in page


def test_a_password_is_never_shown_again():
    assert (
        "correct horse battery staple"
        not in shown(Refusal("No."), password="correct horse battery staple").content.decode()
    )


def test_htmx_gets_a_fragment():
    page = shown(Refusal("Wait."), htmx=True, body=TEXT).content.decode()
    assert "<html" not in page
    assert "Wait." in page


def test_a_program_gets_json_with_a_code():
    answer = shown(Refusal("Too fast.", code="pace", status=429, retry_after=30), path="/api/v1/questions/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert b'"pace"' in answer.content


def test_stale_carries_the_newer_row():
    newer = SimpleNamespace(version=2)
    assert Stale(newer).newer is newer
    assert Stale(newer).status == 409


def test_other_mistakes_are_not_hidden():
    assert shown(ValueError("bug")) is None
