"""What pages cost: few statements for a visitor whatever there is, and plans that stay good with many posts."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.catalogue.models import Product
from community.live.fragments import forget_fragments
from forums.hubs.helping import helping_most
from forums.hubs.standing import known_problems, top_answers
from forums.questions.models import Question
from forums.threads.replying import answer
from moderation.queue.lists import items_in, view_named
from tests.forums.articles.scenes import hana_publishes
from tests.forums.reviews.scenes import ana_reviews, reviews
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db
CEILING = 12
PATHS = [
    "/",
    "/questions/",
    "/questions/?view=unanswered",
    "/questions/?product=beam-2",
    "QUESTION",
    "/products/",
    "/products/beam-2/",
    "/products/beam-2/reviews/",
    "/products/beam-2/reviews/?stars=5",
    "/reviews/",
    "REVIEW",
    "/help/",
    "/help/?product=beam-2",
    "ARTICLE",
    "/tags/",
    "/tags/bluetooth/",
    "/people/",
    "/people/ben/",
    "/search/titles/?q=bluetooth",
    "/questions/similar/?title=Bluetooth+drops",
]


@pytest.fixture
def site(cast):
    """A solved question, a review, and their addresses."""
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    review = reviews(cast.ben, 4, cast.beam2, title="Wonderful trains")
    return {"QUESTION": question.get_absolute_url(), "REVIEW": review.get_absolute_url(), "question": question,
            "ARTICLE": hana_publishes(cast).get_absolute_url()}  # fmt: skip


def cost(client, path: str) -> int:
    """Statements of a page that nobody has seen yet."""
    forget_fragments()
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_for_visitors_costs_twelve_statements_whatever_there_is(cast, client, site, path, settings):
    settings.POSTS_A_MINUTE = settings.NEW_MEMBER_POSTS_A_DAY = 100
    path = site.get(path, path)
    client.get(path)  # what a process learns once: kinds of content, compiled queries
    first = cost(client, path)
    assert first <= CEILING
    for number in range(3):
        other = Question.objects.ask(by=cast.chris, title=f"It hums, {number}", source="All day.", product=cast.beam2,
                                     tags=["bluetooth"])  # fmt: skip
        other.accept(answer(other.thread, by=cast.ben, source=f"Turn it round, {number} times."), by=cast.chris)
        answer(site["question"].thread, by=cast.chris, source=f"Or this helps, {number}.")
    ana_reviews(cast, 5)
    hana_publishes(cast, title="When it hums", tags=("hum", "bluetooth"))
    assert cost(client, path) <= max(first, CEILING)


def plan(ask) -> str:
    """How PostgreSQL would answer these statements when there is much: in the order of an index, without sorting."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        plans = []
        for statement in asked.captured_queries:
            if not statement["sql"].startswith("SELECT"):
                continue
            cursor.execute(f"EXPLAIN {statement['sql']}")
            plans += [row[0] for row in cursor.fetchall()]
    return "\n".join(plans)


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("answer_by_score", top_answers),
        ("solution_by_age", lambda product: helping_most(product, days=90, limit=5)),
        ("question_of_many", known_problems),
    ],
)
def test_a_products_page_finds_by_an_index_what_it_shows(site, index, ask):
    found = plan(lambda: ask(Product.objects.get(slug="beam-2")))
    assert re.search(rf"Index (Only )?Scan.* using {index}", found), found


def test_the_queue_is_read_in_its_own_order(cast, site):
    assert cast.dora.is_team  # their roles are read by now, which is a prepared query and cannot be explained
    found = plan(lambda: list(items_in(view_named("next", cast.dora), cast.dora).order_by("ranks_at", "pk")[:31]))
    assert "using item_by_rank" in found, found
    assert "Sort" not in found, found
