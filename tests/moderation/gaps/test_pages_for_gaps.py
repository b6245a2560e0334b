"""AC-SEO-5 with help pages: a gap becomes a draft in one click, and the published page is its answer."""

import pytest
from django.test import Client

from community.search.models import Need, NeedAnswer
from forums.articles.models import Article
from moderation.gaps.models import GapOwner
from tests.forums.articles.scenes import form
from tests.jobs import work
from tests.moderation.gaps.test_gaps import look
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(db) -> Need:
    look(Client(), "pairing code", 14)
    return Need.objects.get()


def test_ac_seo_5_a_gap_becomes_a_draft_in_one_click_and_the_published_page_answers_it(cast, need):
    hana = as_(cast.hana)
    assert "Write a help page for it" in one_line(hana.get(f"/desk/gaps/{need.pk}/"))
    reply = hana.post(f"/desk/gaps/{need.pk}/write/")
    assert reply["Location"] == "/help/pairing-code/edit/"
    assert hana.post(f"/desk/gaps/{need.pk}/write/")["Location"] == reply["Location"]
    assert Article.objects.count() == 1
    assert GapOwner.objects.current().get().owner == cast.hana
    assert "A help page is being written for it" in one_line(hana.get(f"/desk/gaps/{need.pk}/"))
    said = form(cast, title="Where the pairing code stands", version=1, publish="1")
    hana.post("/help/pairing-code/edit/", said)
    work()
    assert NeedAnswer.objects.get().url == "/help/where-the-pairing-code-stands/"
    assert "/help/where-the-pairing-code-stands/" in one_line(Client().get("/search/?q=pairing+code"))
    assert 'data-testid="before-after"' in one_line(hana.get(f"/desk/gaps/{need.pk}/"))


def test_an_empty_draft_is_not_published_and_answers_nothing(cast, need):
    hana = as_(cast.hana)
    hana.post(f"/desk/gaps/{need.pk}/write/")
    hana.post("/help/pairing-code/publish/")
    work()
    assert Client().get("/help/pairing-code/").status_code == 404
    reply = hana.post(f"/desk/gaps/{need.pk}/answer/", {"address": "/help/pairing-code/"})
    assert reply.status_code == 422
    assert not NeedAnswer.objects.exists()


def test_whoever_may_not_write_pages_begins_none(cast, need):
    assert "Write a help page" not in one_line(as_(cast.ivo).get(f"/desk/gaps/{need.pk}/"))
    assert as_(cast.ivo).post(f"/desk/gaps/{need.pk}/write/").status_code == 403
    assert as_(cast.mallory).post(f"/desk/gaps/{need.pk}/write/").status_code == 404
    assert as_(cast.hana).get(f"/desk/gaps/{need.pk}/write/").status_code == 405
