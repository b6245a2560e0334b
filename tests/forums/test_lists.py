"""Lists of questions: which, in which order, and reading on by key with addresses that can be shared."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.questions.models import Question
from forums.threads.models import Thread
from tests.scenes import ana_asks, ben_answers, one_line


def titles(client, query=""):
    page = client.get(f"/questions/{query}")
    assert page.status_code == 200
    rows = page.content.decode().partition('<ol class="list"')[2].partition("</ol>")[0]
    return [unescape(title) for title in re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]+)</a>", rows)]


def leads(page, relation):
    """The address behind "Newer" or "Older"; empty when there is none."""
    found = re.search(rf'href="([^"]+)" rel="{relation}"', page.content.decode())
    return unescape(found[1]) if found else ""


def ask(cast, title, **fields):
    return Question.objects.ask(
        by=cast.chris, title=title, source="It happens each morning since the update.", **fields
    )


@pytest.fixture
def three(cast):
    first = ask(cast, "The first question about Beam", product=cast.beam2, tags=["bluetooth"])
    second = ask(cast, "The second question about Kettle", product=cast.kettle_one)
    third = ask(cast, "The third question about nothing")
    ben_answers(cast, first)
    return first, second, third


def test_each_view_has_its_order(client, cast, three):
    first, second, third = (q.thread.title for q in three)
    assert titles(client) == [first, third, second]  # active
    assert titles(client, "?view=newest") == [third, second, first]
    assert titles(client, "?view=unanswered") == [third, second]
    assert titles(client, "?view=solved") == []
    assert titles(client, "?product=kettle-one") == [second]
    assert titles(client, "?tag=bluetooth") == [first]
    assert titles(client, "?q=QUESTION+kettle") == [second]
    assert titles(client, "?view=nonsense") == titles(client)


def test_a_solved_question_says_so(client, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    question.accept(post, by=cast.ana)
    question.verify(post, by=cast.dora, product_version=cast.fw32)
    row = one_line(client.get("/questions/?view=solved"))
    assert "tally solved" in row
    assert "verified for fw 3.2" in row
    assert "Beam 2 · fw 3.2" in row


def test_hidden_questions_are_in_no_list(client, cast, three):
    three[0].thread.posts.get(kind="opening").hide(by=cast.hana, reason="Spam")
    for query in ("", "?view=newest", "?product=beam-2", "?tag=bluetooth", "?q=first"):
        assert three[0].thread.title not in titles(client, query)
    client.force_login(cast.hana)
    assert three[0].thread.title not in titles(client)


def test_reading_on_by_key_shows_each_question_once_even_when_a_new_one_comes(client, cast):
    threads = Thread.objects.bulk_create(
        Thread(kind="question", title=f"Question number {n:02}", slug="q", author=cast.chris) for n in range(45)
    )
    Question.objects.bulk_create(Question(thread=thread) for thread in threads)
    page = client.get("/questions/?view=newest")
    seen, addresses = titles(client, "?view=newest"), []
    ask(cast, "A new question in between")
    while address := leads(page, "next"):
        addresses.append(address)
        page = client.get(address)
        seen += titles(client, address.removeprefix("/questions/"))
    assert len(seen) == len(set(seen)) == 45
    assert len(addresses) == 2
    back = leads(page, "prev").removeprefix("/questions/")
    assert titles(client, back) == titles(client, addresses[0].removeprefix("/questions/"))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?product=no-such", 404),
        ("?tag=no-such", 404),
        ("?after=nonsense", 200),
        ("?after=99999999999999999999-1", 200),
        ("?after=-1--1", 200),
        ("?ordering=email", 200),
        ("?q=" + "x" * 10_000, 422),
        ("?q=%27%20OR%201=1%20--%20%25_", 200),
        ("?q=%00", 400),
        ("?after=%00&before=%00&product=", 400),
    ],
)
def test_odd_addresses(client, db, query, status):
    assert client.get(f"/questions/{query}").status_code == status


def test_nothing_found_offers_to_ask_with_the_title_filled_in(client, db):
    body = client.get("/questions/?q=pairing+code").content.decode()
    assert "/questions/new/?title=pairing+code" in body


def test_a_list_takes_few_queries(client, cast, three):
    client.get("/questions/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/questions/")
    assert len(queries) <= 4


def test_a_visitor_gets_no_cookie_and_the_list_names_its_keys(client, three):
    page = client.get("/questions/")
    assert not page.cookies
    assert "questions" in page["Surrogate-Key"].split()


def test_a_page_for_a_person_is_not_kept(client, cast, three):
    client.force_login(cast.ana)
    for path in ("/questions/", three[0].get_absolute_url()):
        page = client.get(path)
        assert "Surrogate-Key" not in page
        assert "private" in page["Cache-Control"]


def test_lists_are_only_read(client, db):
    assert client.post("/questions/").status_code == 405
