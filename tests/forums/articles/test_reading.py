"""Everybody reads help pages: what one says of itself, how it is found, and what is shown while asking."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from community.live.fragments import forget_fragments
from forums.articles.listing import FIRST
from forums.articles.models import Article
from tests.forums.articles.scenes import SUMMARY, TITLE, hana_drafts, hana_publishes
from tests.jobs import work
from tests.scenes import ana_asks, as_, one_line

pytestmark = pytest.mark.django_db
URL = "/help/pair-your-beam-2-with-a-phone/"
LONG = "\n\n".join(f"## Part {n}\n\nDo this, then that, {n} times." for n in range(1, 5))


def test_a_page_says_for_whom_it_is_and_who_checked_it_when(cast):
    article = hana_publishes(cast, versions=(cast.fw32,), text=LONG)
    page = one_line(Client().get(URL))
    assert "for fw 3.2" in page
    assert "#bluetooth" in page
    assert "Checked by Hana" in page
    assert 'href="#part-2-part-2"' in page
    assert '<h2 id="part-2-part-2">Part 2</h2>' in page
    assert 'href="/questions/new/?product=beam-2"' in page
    assert f'<link rel="canonical" href="http://testserver{URL}">' in page or f'{URL}">' in page
    assert article.summary == SUMMARY


def test_a_short_page_has_no_contents(cast):
    hana_publishes(cast)
    assert "On this page" not in one_line(Client().get(URL))


def test_search_engines_are_told_what_readers_see(cast):
    hana_publishes(cast, language="de")
    page = Client().get(URL).content.decode()
    told = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    ]
    flat = [one for many in told for one in (many if isinstance(many, list) else [many])]
    article = next(one for one in flat if one["@type"] == "TechArticle")
    assert (article["headline"], article["description"], article["inLanguage"]) == (TITLE, SUMMARY, "de")
    assert article["author"]["@type"] == "Organization"
    assert any(one["@type"] == "BreadcrumbList" for one in flat)
    assert "noindex" not in page


def test_the_list_is_by_product_with_the_most_useful_first(cast):
    pages = [hana_publishes(cast, title=f"Care of your Beam, part {n}") for n in range(FIRST + 2)]
    hana_publishes(cast, title="What the guarantee covers", product=None)
    Article.objects.filter(pk=pages[0].pk).update(helped_count=7)
    page = one_line(Client().get("/help/"))
    assert page.index("helped 7 readers") < page.index("Care of your Beam, part 6")
    assert "All about Beam 2" in page
    assert "About everything" in page
    every = one_line(Client().get("/help/?product=beam-2"))
    assert all(f"part {n}<" in every for n in range(FIRST + 2))
    assert "guarantee" not in every
    assert Client().get("/help/?product=nothing").status_code == 404


def test_all_pages_of_a_product_come_by_key(cast):
    for n in range(22):
        hana_publishes(cast, title=f"Care of your Beam, part {n:02}")
    first = one_line(Client().get("/help/?product=beam-2"))
    older = re.search(r'href="(\?product=beam-2&amp;after=[^"]+)"', first)[1].replace("&amp;", "&")
    second = one_line(Client().get("/help/" + older))
    assert "part 01<" in second
    assert "part 05<" not in second
    assert Client().get("/help/?product=beam-2&after=x-y").status_code == 200


def test_an_empty_place_says_what_to_do(cast):
    assert "No help pages yet" in one_line(Client().get("/help/"))
    assert "Write the first page" in one_line(as_(cast.hana).get("/help/"))


def test_ac_seo_1_a_search_with_a_typing_mistake_finds_the_page_and_says_that_it_is_help(cast):
    ana_asks(cast, title="Bluetooth drops every minute since firmware 3.2")
    hana_publishes(cast, title="When Bluetooth drops", text="Turn LE Audio off, then pair again.")
    hana_drafts(cast, title="Bluetooth drops, a draft")
    work()
    page = one_line(Client().get("/search/?q=blutooth+drops"))
    assert "/help/when-bluetooth-drops/" in page
    assert ">Help</span>" in page
    assert ">Question</span>" in page
    assert "drops-a-draft" not in page
    assert "drops-a-draft" not in one_line(as_(cast.hana).get("/search/?q=bluetooth+drops"))
    only = one_line(Client().get("/search/?q=bluetooth+drops+type:article"))
    assert "/help/when-bluetooth-drops/" in only
    assert "/questions/" + "1" not in only.split('data-testid="results"')[1][:400]


def test_ac_ask_1_help_pages_are_shown_while_somebody_asks(cast):
    hana_publishes(cast, title="When Bluetooth drops every minute")
    work()
    hints = one_line(Client().get("/questions/similar/", {"title": "Bluetooth drops every minute"}))
    assert "/help/when-bluetooth-drops-every-minute/" in hints
    assert "<span>Help</span>" in hints
    titles = one_line(Client().get("/search/titles/?q=when+blue"))
    assert "/help/when-bluetooth-drops-every-minute/" in titles


def test_a_page_names_what_it_shows_and_is_made_anew_when_it_changes(cast):
    article = hana_publishes(cast)
    reply = Client().get(URL)
    assert {f"thread-{article.pk}", "articles", f"product-{cast.beam2.pk}"} <= set(reply["Surrogate-Key"].split())
    assert not reply.cookies
    article.find_right(by=cast.hana)
    assert Client().get(URL).status_code == 200


@pytest.mark.parametrize("path", ["/help/", "/help/?product=beam-2", URL])
def test_a_page_costs_twelve_statements_at_most(cast, client, path, django_assert_max_num_queries):
    hana_publishes(cast, versions=(cast.fw32,))
    work()
    client.get(path)
    forget_fragments()
    cache.clear()
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200
