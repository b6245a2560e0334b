"""AC-SEO-3: each address leads where it should: renamed, merged, deleted, hidden, imported, and the site's map."""

import json
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.questions.importing import Origin, import_threads
from forums.threads import places
from forums.threads.models import Thread
from tests.scenes import ana_asks, ben_answers

PAGES = ["/", "/questions/", "QUESTION", "/products/", "/products/beam-2/", "/tags/", "/tags/bluetooth/", "/people/",
         "/people/ben/", "/accessibility/"]  # fmt: skip


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    return question


def locations(client, path):
    return re.findall(r"<loc>http://localhost:8000([^<]+)</loc>", client.get(path).content.decode())


def everything_listed(client):
    return [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]


def imported(tmp_path, cast, url):
    told = {"id": 77, "url": url, "title": "An old question about the bass", "content_html": "<p>It hums.</p>"}
    told |= {"created": "2024-03-01T10:00:00Z", "creator": "olaf", "answers": [], "tags": ["Blue Tooth"]}
    file = tmp_path / "old.jsonl"
    file.write_text(json.dumps(told))
    list(import_threads(file, Origin("Old Forum", "CC BY-SA 3.0", "Northlight")))
    return Thread.objects.get(attribution__native_id="77")


def test_ac_seo_3_a_renamed_title_leads_from_the_old_address(client, cast, question):
    old = question.get_absolute_url()
    opening = question.thread.posts.get(kind="opening")
    opening.edit(opening.source, by=cast.ana, version=1, title="Bluetooth is lost each minute, fw 3.2")
    answer = client.get(old)
    new = Thread.objects.get(pk=question.pk).get_absolute_url()
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_ac_seo_3_a_merged_question_leads_to_the_moved_post(client, cast, question, monkeypatch):
    other = ana_asks(cast, title="It drops again and again, also at night")
    opening = other.thread.posts.get(kind="opening")
    target = f"{question.get_absolute_url()}#post-{opening.pk}"
    monkeypatch.setattr(places, "_forwards", [lambda pk: target if pk == other.pk else ""])
    Thread.objects.filter(pk=other.pk).update(is_hidden=True)
    answer = client.get(other.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, target)


def test_ac_seo_3_deleted_by_staff_is_gone_and_hidden_is_missing(client, cast, question):
    path, staff = question.get_absolute_url(), Client()
    staff.force_login(cast.hana)
    down, back = f"/threads/{question.pk}/take-down/", f"/threads/{question.pk}/bring-back/"
    assert staff.get(down).status_code == 200
    assert staff.post(down, {"reason": ""}).status_code == 422
    assert staff.post(down, {"reason": "Advertising"}).status_code == 302
    assert client.get(path).status_code == 404
    assert "Bring it back" in staff.get(path).content.decode()
    assert staff.post(back).status_code == 302
    assert client.get(path).status_code == 200
    staff.post(down, {"reason": "Advertising", "for_good": "on"})
    gone = client.get(path)
    assert gone.status_code == 410
    assert question.thread.title not in gone.content.decode()
    client.force_login(cast.mallory)
    assert client.get(path).status_code == 410
    assert client.post(down, {"reason": "Mine now"}).status_code == 404
    assert client.post(back).status_code == 404
    staff.post(back)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("asked", ["/t/old-question/77", "/t/old-question/77/", "/t/old-question/77?page=2",
                                   "/questions/legacy/old-forum/77/"])  # fmt: skip
def test_ac_seo_3_an_imported_address_leads_here_in_one_hop(client, cast, tmp_path, asked):
    thread = imported(tmp_path, cast, "https://old.example/t/old-question/77")
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, thread.get_absolute_url())
    assert client.get(answer["Location"]).status_code == 200
    assert client.head(asked).status_code == 301


def test_ac_seo_3_an_imported_number_of_the_same_shape_leads_here_too(client, cast, tmp_path):
    thread = imported(tmp_path, cast, "https://old.example/questions/1265879")
    for asked in ("/questions/1265879", "/questions/1265879/"):
        assert client.get(asked)["Location"] == thread.get_absolute_url()


def test_an_old_address_of_a_hidden_thread_says_nothing(client, cast, tmp_path):
    thread = imported(tmp_path, cast, "https://old.example/t/old-question/77")
    opening = thread.posts.get(kind="opening")
    opening.hide(by=cast.hana, reason="Private words")
    assert client.get("/t/old-question/77").status_code == 404
    opening.restore(by=cast.hana)
    opening.hide(by=cast.hana, reason="Advertising", for_good=True)
    assert client.get("/t/old-question/77").status_code == 410


def test_ac_seo_3_each_public_page_names_its_own_address_once(client, cast, question):
    for path in PAGES:
        path = question.get_absolute_url() if path == "QUESTION" else path
        body = client.get(path).content.decode()
        assert re.findall(r'rel="canonical"\s+href="([^"]+)"', body) == [f"http://localhost:8000{path}"], path


def test_ac_seo_3_the_map_lists_what_may_be_listed_and_nothing_else(client, cast, question):
    hidden = ana_asks(cast, title="This one nobody may see at all")
    hidden.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    stale = ana_asks(cast, title="Nobody has answered this for a year", tags=["dusty"])
    Thread.objects.filter(pk=stale.pk).update(created_at="2025-01-01T00:00Z")
    listed = everything_listed(client)
    assert question.get_absolute_url() in listed
    assert {"/", "/products/beam-2/", "/people/", "/tags/"} <= set(listed)
    for other in (hidden, stale):
        assert other.get_absolute_url() not in listed
    assert len(listed) == len(set(listed))
    for path in listed:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert 'name="robots"' not in answer.content.decode(), path


def test_ac_seo_3_the_map_says_when_a_question_last_changed(client, cast, question):
    part = next(path for path in locations(client, "/sitemap.xml") if "questions-" in path)

    def changed():
        return re.findall(r"<lastmod>([^<]+)</lastmod>", client.get(part).content.decode())

    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        question.thread.posts.get(kind="answer").vote(by=cast.chris)
        now = timezone.now()
    assert [datetime.fromisoformat(told).replace(microsecond=0) for told in changed()] == [now.replace(microsecond=0)]
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    assert client.get(part).status_code == 404


def test_the_map_is_cheap(client, cast, question):
    for path in ("/sitemap.xml", *locations(client, "/sitemap.xml")):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= 4, (path, len(asked))
    assert client.get("/sitemaps/nothing.xml").status_code == 404
    assert client.get("/sitemaps/questions-999999.xml").status_code == 404


def test_robots_are_told_of_the_map_and_kept_out_of_what_is_personal(client, db):
    words = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in words
    for path in ("/settings/", "/desk/", "/requests/", "/feeds/mine/"):
        assert f"Disallow: {path}" in words
