"""Fifty queries as people type them, over real support threads: the right one is among the first five."""

from pathlib import Path

import pytest

from community.search.reindexing import reindex
from community.search.spelling import vocabulary
from forums.questions.importing import Origin, import_threads
from forums.threads.models import Attribution

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HERE = Path(__file__).parent / "sumo"
FIRST, AT_LEAST = 5, 45


@pytest.fixture
def threads() -> dict[str, str]:
    """The threads, and the address of each by its number at home."""
    for _report in import_threads(HERE / "threads.jsonl.gz", Origin("Mozilla Support", "CC BY-SA 3.0", "Mozilla")):
        pass
    reindex()
    vocabulary.read_at, vocabulary.counts = 0.0, {}
    rows = Attribution.objects.select_related("thread")
    return {row.native_id: row.thread.get_absolute_url() for row in rows}


def test_45_of_50_queries_find_their_thread_among_the_first_five(client, threads):
    missed = []
    for line in (HERE / "queries.tsv").read_text().splitlines():
        number, words = line.split("\t")
        found = client.get("/search/", {"q": words}).context["results"].rows[:FIRST]
        if threads[number] not in [row.url.partition("?")[0] for row in found]:
            missed.append(words)
    assert len(threads) == 800
    assert len(missed) <= 50 - AT_LEAST, missed


def test_a_word_that_everybody_uses_is_looked_for_in_titles_and_the_page_says_more_than_200(
    client, threads, monkeypatch
):
    monkeypatch.setattr("community.search.searching.COMMON", 400)  # as 4,000 among the tens of thousands that it is for
    page = client.get("/search/", {"q": "firefox"})
    assert "More than 200 found" in page.content.decode()
    titles = ["".join(piece.text for piece in row.title) for row in page.context["results"].rows]
    assert len(titles) == 10
    assert all("firefox" in title.casefold() for title in titles)
