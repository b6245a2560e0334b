"""After an acknowledged write the next signed-out visitor sees it, whichever of two real processes answers."""

import os
import random
import signal
import time

import httpx
import pytest
from django.conf import settings
from django.test import Client

from forums.questions.models import Question
from forums.threads.replying import answer
from tests.cast import Cast

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fronts")]
WRITES = int(os.environ.get("FRONT_TEST_WRITES", "1000"))


@pytest.fixture(scope="module")
def cast(fronts):
    return Cast()


class Writer:
    """Somebody who is signed in on one of the processes, and sends forms as a browser does."""

    def __init__(self, person, urls) -> None:
        session = Client()
        session.force_login(person)
        key = session.cookies[settings.SESSION_COOKIE_NAME].value
        token = "t" * 32
        cookies = {settings.SESSION_COOKIE_NAME: key, settings.CSRF_COOKIE_NAME: token}
        headers = {"X-CSRFToken": token}
        self.lines = [httpx.Client(base_url=url, cookies=cookies, headers=headers, timeout=20) for url in urls]

    def send(self, path, **fields) -> None:
        response = random.choice(self.lines).post(path, data=fields)
        assert response.status_code in (200, 302), (path, response.status_code, response.text[:2000])


@pytest.fixture(scope="module")
def visitors(fronts):
    return [httpx.Client(base_url=url, timeout=20) for url in fronts.urls]


def ask(cast, number) -> Question:
    body = f"Since the update number {number} the connection drops about once a minute, with two phones."
    return Question.objects.ask(by=cast.ana, title=f"It drops every minute, case {number}", source=body)


def a_write(cast, questions, writers, number):
    """One random write by a form or by a verb in a third process; answers the page and the words that must be on it."""
    mark = f"mark{number}x{random.randrange(10**9)}"
    kind = random.choice(["form answer", "verb answer", "edit", "comment", "ask"])
    question = random.choice(questions)
    path = question.get_absolute_url()
    text = f"Turn the other codec off in the app, then pair again. {mark}"
    if kind == "ask":
        question = ask(cast, mark)
        questions.append(question)
        return "/questions/", mark
    if kind == "form answer":
        writers["ben"].send(f"/threads/{question.pk}/reply/", text=text, once=mark)
    elif kind == "verb answer":
        answer(question.thread, by=cast.chris, source=text)
    else:
        post = question.thread.posts.get(kind="opening")
        if kind == "comment":
            writers["ben"].send(f"/posts/{post.pk}/comment/", text=text, once=mark)
        else:
            fields = {"title": question.thread.title, "text": text, "version": post.version, "once": mark}
            writers["ana"].send(f"/posts/{post.pk}/edit/", **fields)
    return path, mark


def test_a_thousand_random_writes_are_seen_at_once_on_both_processes(fronts, cast, visitors):
    questions = [ask(cast, number) for number in range(40)]
    writers = {"ana": Writer(cast.ana, fronts.urls), "ben": Writer(cast.ben, fronts.urls)}
    for visitor in visitors:
        for question in questions:
            visitor.get(question.get_absolute_url())
    hits = pages = 0
    for number in range(WRITES):
        path, mark = a_write(cast, questions, writers, number)
        for visitor in visitors:
            response = on_last_page(visitor, path, mark)
            assert mark in response.text, (number, path, response.headers)
            again = visitor.get(response.request.url)
            hits += again.headers.get("cache-status") == "front; hit"
            pages += 1
            assert "Ben, you" not in again.text
            assert settings.CSRF_COOKIE_NAME not in again.cookies
            for word in ("csrfmiddlewaretoken", "/account/logout/"):
                assert word not in again.text
    assert hits > pages * 0.6, f"only {hits} of {pages} came from memory"


def on_last_page(visitor, path, mark):
    """The page of a thread on which the words are; long threads have several."""
    response = visitor.get(path)
    assert response.status_code in (200, 301, 302), response.text[:500]
    page = 1
    while mark not in response.text and f"page={page + 1}" in response.text:
        page += 1
        response = visitor.get(path, params={"page": page})
    return response


def test_signed_in_people_get_their_own_page_and_leave_nothing_behind(fronts, cast, visitors):
    question = ask(cast, "own")
    path = question.get_absolute_url()
    for visitor in visitors:
        visitor.get(path)
    for line in Writer(cast.ana, fronts.urls).lines:
        mine = line.get(path)
        assert mine.headers["cache-control"] == "private, no-store"
        assert "cache-status" not in mine.headers
        assert "csrfmiddlewaretoken" in mine.text
    for visitor in visitors:
        again = visitor.get(path)
        assert again.headers["cache-status"] == "front; hit"
        assert "csrfmiddlewaretoken" not in again.text


def test_a_stalled_process_cannot_show_what_is_outdated(fronts, cast, visitors):
    """Stopped in the middle of everything, it misses the purge; awake again it must not trust its memory."""
    question = ask(cast, "stall")
    path = question.get_absolute_url()
    for visitor in visitors:
        visitor.get(path)
    fronts.processes[1].send_signal(signal.SIGSTOP)
    children = children_of(fronts.processes[1].pid)
    for child in children:
        os.kill(child, signal.SIGSTOP)
    begun = time.monotonic()
    answer(question.thread, by=cast.ben, source="Pair it again after a reset. mark-stall")
    assert time.monotonic() - begun > 1.5, "the write waited for the lease of the one that did not answer"
    assert "mark-stall" in visitors[0].get(path).text
    for pid in [fronts.processes[1].pid, *children]:
        os.kill(pid, signal.SIGCONT)
    assert "mark-stall" in visitors[1].get(path).text


def test_without_valkey_pages_are_right_and_writes_are_accepted_and_it_comes_back_by_itself(fronts, cast, visitors):
    """R5 and the promise of never a stale page: Valkey is killed while pages are in memory."""
    question = ask(cast, "dead")
    path = question.get_absolute_url()
    for visitor in visitors:
        visitor.get(path)
        assert visitor.get(path).headers.get("cache-status") == "front; hit"
    fronts.kill_valkey()
    for number in range(5):
        answer(question.thread, by=cast.ben, source=f"Another thing to try. mark-dead-{number}")
        for visitor in visitors:
            response = visitor.get(path)
            assert response.status_code == 200
            assert f"mark-dead-{number}" in response.text
            assert "cache-status" not in response.headers
    fronts.start_valkey()
    time.sleep(4)
    answer(question.thread, by=cast.ben, source="And back. mark-back")
    for visitor in visitors:
        assert "mark-back" in visitor.get(path).text
        assert visitor.get(path).headers.get("cache-status") == "front; hit"


def children_of(pid: int) -> list[int]:
    """The worker processes of a granian."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]
