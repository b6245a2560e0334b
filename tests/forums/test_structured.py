"""AC-SEO-2: what search engines are told is complete, and the same as what readers see."""

import re

import pytest

from forums.threads.models import Post, Thread
from forums.threads.replying import answer
from tests.forums.structured import of_type, told, wrong
from tests.scenes import ana_asks, ben_answers


def page(client, path):
    return client.get(path).content.decode()


def test_ac_seo_2_one_question_its_visible_authors_and_exactly_one_accepted_answer(client, cast):
    question = ana_asks(cast)
    first, second = ben_answers(cast, question), answer(question.thread, by=cast.chris, source="The cable helps me.")
    by_team = answer(question.thread, by=cast.dora, source="We are working on a fix for it.", as_staff=True)
    second.vote(by=cast.mallory)
    question.accept(first, by=cast.ana, environment="iPhone 15")
    body = page(client, question.get_absolute_url())
    assert wrong(told(body)) == []
    (qa,) = of_type(body, "QAPage")
    asked = qa["mainEntity"]
    assert body.count('"@type": "Question"') == 1
    assert (asked["name"], asked["answerCount"]) == (question.thread.title, 3)
    assert asked["acceptedAnswer"]["url"].endswith(f"#post-{first.pk}")
    answers = [asked["acceptedAnswer"], *asked["suggestedAnswer"]]
    names = {asked["author"]["name"], *(one["author"]["name"] for one in answers)}
    visible = set(re.findall(r'<a class="name"[^>]*>([^<]+)</a>', body))
    assert names == visible == {"ana", "ben", "chris", "Dora, Bluetooth"}
    (staff,) = [one["author"] for one in answers if one["author"]["name"] == "Dora, Bluetooth"]
    assert staff["affiliation"]["name"] == "Northlight team"
    question.verify(by_team, by=cast.dora, product_version=cast.fw32)
    (qa,) = of_type(page(client, question.get_absolute_url()), "QAPage")
    assert qa["mainEntity"]["acceptedAnswer"]["url"].endswith(f"#post-{by_team.pk}")


def test_ac_seo_2_the_most_voted_accepted_answer_is_the_one(client, cast):
    question = ana_asks(cast)
    posts = [ben_answers(cast, question), answer(question.thread, by=cast.chris, source="Another way that works.")]
    posts[1].vote(by=cast.mallory)
    for number, post in enumerate(posts):
        question.accept(post, by=cast.ana, environment=f"Phone {number}")
    (qa,) = of_type(page(client, question.get_absolute_url()), "QAPage")
    assert qa["mainEntity"]["acceptedAnswer"]["url"].endswith(f"#post-{posts[1].pk}")


def test_ac_seo_2_without_an_answer_no_rich_result_is_claimed_and_after_30_days_no_listing(client, cast, settings):
    question = ana_asks(cast)
    path = question.get_absolute_url()
    body = page(client, path)
    assert (of_type(body, "QAPage"), len(of_type(body, "BreadcrumbList"))) == ([], 1)
    assert wrong(told(body)) == []
    assert "noindex" not in body
    Thread.objects.filter(pk=question.pk).update(created_at="2026-01-01T00:00Z", version=7)
    assert "noindex" in page(client, path)
    settings.NOINDEX_UNANSWERED_DAYS = 36_500
    Thread.objects.filter(pk=question.pk).update(version=8)
    assert "noindex" not in page(client, path)


def test_ac_seo_2_a_later_page_claims_nothing_that_it_does_not_show(client, cast):
    question = ana_asks(cast)
    common = {"thread": question.thread, "kind": "answer", "author": cast.chris, "source": "x", "html": "<p>x</p>"}
    Post.objects.bulk_create(Post(**common) for _n in range(25))
    Thread.objects.filter(pk=question.pk).update(answer_count=25, version=9)
    assert of_type(page(client, question.get_absolute_url() + "?page=2"), "QAPage") == []


@pytest.mark.parametrize(
    ("path", "kinds"),
    [("/products/beam-2/", ["BreadcrumbList", "Product"]), ("/people/ben/", ["ProfilePage"])],
)
def test_ac_seo_2_products_and_people_are_told_without_ratings(client, cast, path, kinds):
    ben_answers(cast, ana_asks(cast))
    body = page(client, path)
    assert sorted(part["@type"] for part in told(body)) == kinds
    assert wrong(told(body)) == []


def test_ac_seo_2_nothing_rates_the_company(client, cast):
    ben_answers(cast, ana_asks(cast))
    for path in ("/", "/questions/", "/products/", "/products/beam-2/", "/people/", "/tags/bluetooth/"):
        assert "aggregateRating" not in page(client, path)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "filled_in"), [("/questions/new/", "?title=Beam"), ("/search/", "?q=beam")])
def test_ac_seo_3_search_engines_may_show_where_to_ask_and_search_but_no_results_of_others(client, path, filled_in):
    plain = page(client, path)
    assert "noindex" not in plain
    assert f'<link rel="canonical" href="http://localhost:8000{path}">' in plain
    assert "noindex" in page(client, path + filled_in)


def test_the_reader_of_structured_data_finds_faults():
    asked = {"@type": "Question", "name": "x", "answerCount": 1, "datePublished": "2026-01-01T00:00:00"}
    faults = wrong({"@type": "QAPage", "mainEntity": asked})
    assert any("no author" in fault for fault in faults)
    assert any("no zone" in fault for fault in faults)
    assert "a Q&A page without an answer" in faults
    assert wrong({"@type": "Product", "name": "x", "url": "http://x", "aggregateRating": 5})
