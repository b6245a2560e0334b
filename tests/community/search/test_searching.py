"""The search page, through the door a visitor takes."""

import re

import pytest

from community.search.counting import count_again
from community.search.spelling import vocabulary
from forums.threads.models import Post
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def drops(cast):
    """Ana's question about Bluetooth, solved by Ben, beside one about the case."""
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    ana_asks(cast, title="The case does not charge any more", source="It blinks red and the buds stay empty all day.")
    work()
    count_again()
    vocabulary.read_at = 0.0
    vocabulary.counts = {}
    return question


def found(client, asked: str, **more) -> str:
    response = client.get("/search/", {"q": asked, **more})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def titles(page: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", title).strip() for title in re.findall(r"<li><h3>(.*?)</h3>", page)]


def test_ac_seo_1_a_typing_mistake_finds_the_bluetooth_question_and_says_what_was_searched(client, drops):
    page = found(client, "blutooth drops")
    assert titles(page) == [drops.thread.title]
    assert "Searched for <b>bluetooth drops</b> instead." in page
    assert "<mark>Bluetooth</mark>" in page
    assert "Question</span>" in page


def test_ac_seo_1_filters_combine_in_the_address(client, drops):
    page = found(client, "bluetooth is:solved product:beam-2 after:2020")
    assert titles(page) == [drops.thread.title]
    assert titles(found(client, "bluetooth is:unanswered")) == []
    assert titles(found(client, "bluetooth before:2020")) == []
    assert titles(found(client, "bluetooth product:nothing-like-it")) == []
    assert titles(found(client, "by:ben")) == [drops.thread.title]
    assert titles(found(client, "tag:bluetooth is:solved")) == [drops.thread.title]
    assert "is%3Asolved" in page  # each filter can be taken off, the others stay


def test_ac_seo_1_nothing_found_offers_to_ask_with_the_title_filled_in(client, drops):
    page = found(client, "teleporter broken beyond repair")
    assert "Nothing found" in page
    assert "/questions/new/?title=teleporter%20broken%20beyond%20repair" in page


def test_words_of_answers_are_found_and_lead_to_the_answer(client, drops):
    answer = drops.thread.posts.get(kind=Post.Kind.ANSWER)
    page = found(client, "LE Audio")
    assert f"?post={answer.pk}#post-{answer.pk}" in page
    assert "<b>ben:</b>" in page


def test_a_phrase_stands_word_for_word(client, drops):
    assert titles(found(client, '"drops every minute"')) == [drops.thread.title]
    assert titles(found(client, '"minute every drops"')) == []


@pytest.mark.parametrize(
    "odd",
    ["(((((", "%", "' OR 1=1 --", "a:* & !b", "\\", "[a-z]+", "<script>alert(1)</script>", "is:", 'tag:"', "🎧" * 20],
)
def test_ac_seo_1_signs_are_plain_text(client, drops, odd):
    page = found(client, odd)
    assert "<script>alert" not in page


def test_ac_seo_1_a_query_of_10_000_characters_is_refused_clearly(client, drops):
    response = client.get("/search/", {"q": "a" * 10_000})
    assert response.status_code == 422
    assert "fewer words" in response.content.decode()


@pytest.mark.parametrize("page", ["-1", "999999999", "1e9", "x", "0"])
def test_odd_pages_are_answered(client, drops, page):
    assert "Bluetooth" in found(client, "bluetooth", page=page)


@pytest.mark.parametrize("who", [None, "ana", "chris", "dora", "gil", "mallory"])
def test_ac_seo_1_hidden_things_are_in_no_result_count_facet_or_title(client, cast, drops, who):
    opening = drops.thread.posts.get(kind=Post.Kind.OPENING)
    opening.hide(by=cast.hana, reason="Advertising")
    if who:
        client.force_login(getattr(cast, who))
    page = found(client, "bluetooth drops every minute")
    assert titles(page) == []
    assert 'data-testid="results"' not in page
    titled = client.get("/search/titles/", {"q": "bluetooth drops"}).content.decode()
    assert 'role="option"' not in titled


def test_titles_are_offered_while_typing(client, drops):
    page = client.get("/search/titles/", {"q": "blutooth dr"}).content.decode()
    assert drops.thread.get_absolute_url() in page
    assert "option" not in client.get("/search/titles/", {"q": "bl"}).content.decode()


def test_products_tags_and_people_are_called_by_name(client, cast, drops):
    assert f'href="{cast.beam2.get_absolute_url()}"' in found(client, "beam 2")
    assert 'href="/tags/bluetooth/"' in found(client, "bluetooth")
    assert 'href="/people/ben/"' in found(client, "ben")


def test_the_page_of_a_visitor_sets_no_cookie_and_searching_takes_few_queries(
    client, drops, django_assert_max_num_queries
):
    found(client, "bluetooth drops")
    with django_assert_max_num_queries(12):
        response = client.get("/search/", {"q": "bluetooth drops"})
    assert not response.cookies


def test_another_method_is_refused(client):
    assert client.post("/search/").status_code in (403, 405)
