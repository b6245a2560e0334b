"""Where customers arrive: home, products, tags."""

import pytest
from django.urls import reverse

from community.catalogue.models import Product
from forums.questions.models import Question
from tests.jobs import work
from tests.scenes import TITLE, ana_asks, ben_answers

CEILING = 12


@pytest.fixture
def solved(cast):
    """Ana's question, solved by Ben, verified by Dora for fw 3.2."""
    question = ana_asks(cast)
    answer = ben_answers(cast, question)
    question.accept(answer, by=cast.ana)
    question.verify(answer, by=cast.dora, product_version=cast.fw32)
    work()
    return question


def ask_many(cast, number):
    for n in range(number):
        asker = cast.person(f"asker{n}")
        Question.objects.ask(by=asker, title=f"Question number {n:02}", source=f"It hums, {n}.", product=cast.beam2)


@pytest.mark.parametrize("name", ["home", "product-list", "people-list", "accessibility"])
def test_the_hubs_open_for_everybody_without_a_cookie(client, cast, solved, name):
    answer = client.get(reverse(f"forums:{name}"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert b"csrf" not in answer.content
    assert answer["Surrogate-Key"]


@pytest.mark.parametrize(
    "path", ["/", "/products/", "/products/beam-2/", "/tags/bluetooth/", "/people/", "/people/ana/"]
)
def test_the_hubs_only_show(client, cast, solved, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/products/beam-2/", "/tags/bluetooth/", "/people/", "/people/ana/", "/people/ana/?tab=questions"]
)
def test_a_hub_costs_few_queries_whatever_the_data(client, cast, solved, django_assert_max_num_queries, path):
    ask_many(cast, 25)
    with django_assert_max_num_queries(CEILING):
        assert client.get(path).status_code == 200


def test_home_asks_shows_products_and_what_goes_on(client, cast, solved):
    page = client.get("/").content.decode()
    assert 'action="/questions/new/"' in page
    assert 'name="title"' in page
    assert "Beam 2" in page
    assert TITLE in page
    assert "Helping most this week" in page
    assert "Verified by the team" in page


def test_a_view_of_the_home_page_narrows_the_questions(client, cast, solved):
    Question.objects.ask(by=cast.chris, title="Still waiting for somebody", source="It crackles in the cold.")
    assert "Still waiting" in client.get("/?view=unanswered").content.decode()
    assert TITLE not in rows(client, "/?view=unanswered")
    assert "Still waiting" not in rows(client, "/?view=solved")
    assert rows(client, "/?view=nonsense") == rows(client, "/")


def test_the_questions_page_by_key(client, cast, solved):
    ask_many(cast, 25)
    first = client.get("/products/beam-2/?view=newest")
    assert len(first.context["rows"].html) == 8
    seen, page = list(first.context["rows"].html), first
    while older := page.context["rows"].older_url:
        page = client.get(f"/products/beam-2/{older}")
        seen += page.context["rows"].html
    assert len(page.context["rows"].html) == 2
    assert page.context["rows"].newer_url == "?view=newest"
    assert len(seen) == len(set(seen)) == 26


@pytest.mark.parametrize("after", ["nonsense", "1767225600000000-", "-7", "1767225600000000-7;drop"])
def test_a_broken_mark_is_the_first_page(client, cast, solved, after):
    assert TITLE in client.get("/", {"after": after}).content.decode()


def test_a_product_says_its_versions_and_who_answers(client, cast, solved):
    page = client.get(cast.beam2.get_absolute_url()).content.decode()
    assert "fw 3.2" in page
    assert "5 Oct 2026" in page
    assert "ben" in page
    assert "Dora, Bluetooth" in page
    assert "/questions/new/?product=beam-2" in page


def test_a_product_shows_its_own_questions_only(client, cast, solved):
    Question.objects.ask(by=cast.chris, title="The kettle hums at night", source="Softly.", product=cast.kettle_one)
    assert "kettle hums" not in rows(client, cast.beam2.get_absolute_url())
    assert "kettle hums" in rows(client, cast.kettle_one.get_absolute_url())


def test_a_product_that_is_not_listed_is_not_there(client, cast, solved):
    Product.objects.filter(pk=cast.beam2.pk).update(is_listed=False)
    assert client.get("/products/beam-2/").status_code == 404
    assert "Beam 2" not in client.get("/products/").content.decode().partition("<main")[2]


def test_a_hidden_question_is_on_no_hub(client, cast, solved):
    solved.thread.posts.get(kind="opening").hide(by=cast.hana, reason="spam")
    for path in ["/", "/products/beam-2/", "/tags/bluetooth/", "/people/ana/?tab=questions", "/people/ben/"]:
        assert TITLE not in client.get(path).content.decode(), path


def test_a_tag_has_a_page_and_an_unknown_one_has_none(client, cast, solved):
    assert TITLE in client.get("/tags/bluetooth/").content.decode()
    assert client.get("/tags/nonsense/").status_code == 404


def test_an_empty_place_says_what_to_do(client, cast):
    page = client.get(cast.kettle_one.get_absolute_url()).content.decode()
    assert "No questions yet" in page
    assert "/questions/new/?product=kettle-one" in page


def test_signed_in_people_get_the_bell_and_their_menu(client, cast, solved):
    client.force_login(cast.ana)
    page = client.get("/").content.decode()
    assert 'id="tray-badge"' in page
    assert "/people/ana/" in page
    assert "/desk/" not in page


def rows(client, path):
    page = client.get(path).content.decode()
    return page.partition('<ol class="list">')[2].partition("</ol>")[0]


def test_a_product_says_what_many_have_and_what_helped_most(client, cast, solved):
    open_one = ana_asks(cast, title="The left side falls silent each night", source="It does so every night at ten.")
    Question.objects.filter(pk=open_one.pk).update(same_problem_count=4)
    body = " ".join(client.get("/products/beam-2/").content.decode().split())
    assert "Many have this now" in body
    assert "4 people" in body
    assert body.index("Answers that helped most") < body.rindex(solved.get_absolute_url())
    assert '<input type="hidden" name="product" value="beam-2">' in body
