"""Editors write help pages: a draft that nobody sees, published through the gate, taken back, renamed."""

import pytest
from django.test import Client

from community.people.models import Grant
from community.people.roles import Role
from community.policy.models import HeldChange, WordRule
from forums.articles.models import Address, Article
from forums.threads.models import Draft
from tests.forums.articles.scenes import SUMMARY, TEXT, TITLE, form, hana_drafts, hana_publishes, says
from tests.jobs import work
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db
URL = "/help/pair-your-beam-2-with-a-phone/"


def test_an_editor_writes_a_draft_looks_at_it_and_publishes_it(cast):
    editor = cast.staff("erik", Role.EDITOR, "Erik, help pages")
    browser = as_(editor)
    assert browser.get("/help/new/").status_code == 200
    reply = browser.post("/help/new/", form(cast))
    assert (reply.status_code, reply["Location"]) == (302, URL)
    page = one_line(browser.get(URL))
    assert "A draft." in page
    assert SUMMARY in page
    for nobody in (Client(), as_(cast.ana), as_(cast.mallory)):
        assert nobody.get(URL).status_code == 404
    assert browser.post(f"{URL}publish/").status_code == 302
    page = one_line(Client().get(URL))
    assert TITLE in page
    assert "Checked by Erik, help pages" in page
    assert "A draft" not in page
    assert "erik@" not in page


def test_publishing_can_be_done_with_the_first_save(cast):
    reply = as_(cast.hana).post("/help/new/", form(cast, publish="1"))
    assert Client().get(reply["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/help/new/", f"{URL}edit/", "/help/drafts/"])
def test_members_find_no_way_to_write_and_the_signed_out_sign_in(cast, path):
    hana_publishes(cast)
    assert as_(cast.mallory).get(path).status_code == 404
    assert as_(cast.dora).get(path).status_code == 403
    assert "/account/login/" in Client().get(path)["Location"]


@pytest.mark.parametrize("deed", ["publish", "unpublish", "checked"])
def test_deeds_are_for_editors_and_by_post(cast, deed):
    hana_publishes(cast)
    assert as_(cast.mallory).post(f"{URL}{deed}/").status_code == 404
    assert as_(cast.hana).get(f"{URL}{deed}/").status_code == 405
    assert as_(cast.hana).post(f"{URL}{deed}/").status_code == 302


def test_an_editor_of_one_brand_writes_about_its_products_only(cast):
    kettles = cast.staff("karl", Role.EDITOR, "Karl", brand="kettle")
    reply = as_(kettles).post("/help/new/", form(cast))
    assert reply.status_code == 422
    assert "yours to write about" in one_line(reply)
    hana_drafts(cast)
    assert as_(kettles).get(URL).status_code == 404
    assert (
        as_(kettles).post("/help/new/", form(cast, product=cast.kettle_one.pk, title="Descale it")).status_code == 302
    )


def test_an_unpublished_page_is_gone_from_lists_feed_map_and_search(cast):
    hana_publishes(cast)
    work()
    places = ["/help/", "/feeds/help/", "/sitemaps/articles-0.xml", "/search/?q=pair", "/products/beam-2/", "/"]
    assert [path for path in places if "pair-your-beam-2" not in Client().get(path).content.decode()] == []
    as_(cast.hana).post(f"{URL}unpublish/")
    assert Client().get(URL).status_code == 404
    seen = [path for path in places if "pair-your-beam-2" in Client().get(path).content.decode()]
    assert seen == []
    as_(cast.hana).post(f"{URL}publish/")
    assert Client().get(URL).status_code == 200


def test_a_renamed_page_has_a_new_address_and_the_old_one_leads_there(cast):
    article = hana_publishes(cast)
    said = form(cast, title="Connect your Beam 2 to a phone", version=1)
    assert as_(cast.hana).post(f"{URL}edit/", said)["Location"] == "/help/connect-your-beam-2-to-a-phone/"
    reply = Client().get(URL)
    assert (reply.status_code, reply["Location"]) == (301, "/help/connect-your-beam-2-to-a-phone/")
    other = hana_publishes(cast)
    assert other.get_absolute_url() == "/help/pair-your-beam-2-with-a-phone-2/"
    article.revise(says(cast), by=cast.hana, version=2)
    assert article.get_absolute_url() == URL
    assert Address.objects.filter(article=article).count() == 2


def test_two_pages_of_one_name_have_two_addresses_and_none_is_that_of_another_page(cast):
    assert [hana_drafts(cast, title=title).thread.slug for title in ("Drafts", "Drafts", "New", "日本")] == [
        "drafts-2", "drafts-3", "new-2", "page",
    ]  # fmt: skip


def test_the_gate_reads_what_editors_write_and_gives_the_text_back(cast):
    facts = {"pattern": "cheap", "parts": ["texts"], "state": "on", "reason": "Say it kindly."}
    WordRule.objects.write(by=cast.hana, why="The scenario", action="refuse", name="Words", **facts)
    reply = as_(cast.hana).post("/help/new/", form(cast, text="Buy a cheap cable."))
    page = one_line(reply)
    assert reply.status_code == 422
    assert "Buy a cheap cable." in page
    assert "Say it kindly." in page
    assert not Article.objects.exists()


def test_what_is_typed_is_kept_and_stands_among_the_drafts(cast):
    browser = as_(cast.hana)
    kept = {"place": "article", "title": "How to", "text": "Half a page", "chosen": "1", "chosen-summary": "In short"}
    assert browser.post("/drafts/", kept).status_code == 200
    page = one_line(browser.get("/help/new/"))
    assert "Half a page" in page
    assert "In short" in page
    assert "This is what you had begun" in page
    assert "A new help page" in one_line(browser.get("/drafts/mine/"))
    browser.post("/help/new/", form(cast))
    assert not Draft.objects.filter(person=cast.hana).exists()


def test_a_missing_title_is_said_in_place(cast):
    reply = as_(cast.hana).post("/help/new/", form(cast, title="", summary=""))
    assert reply.status_code == 422
    assert TEXT.splitlines()[0] in one_line(reply)


def test_a_page_takes_no_answers(cast):
    article = hana_publishes(cast)
    reply = as_(cast.ana).post(f"/threads/{article.pk}/reply/", {"text": "It does not work for me, what now?"})
    assert reply.status_code == 409
    assert article.thread.posts.count() == 1


def test_whoever_is_no_editor_any_more_sees_no_drafts(cast):
    hana_drafts(cast)
    Grant.objects.filter(person=cast.hana).update(revoked_at="2020-01-01T00:00Z")
    assert as_(cast.hana).get(URL).status_code == 404
    assert not HeldChange.objects.exists()
