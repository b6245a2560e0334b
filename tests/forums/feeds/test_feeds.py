"""Feeds: valid Atom, found by feed readers, unchanged ones answered briefly, and a person's own behind a key."""

from xml.etree import ElementTree

import pytest

from forums.feeds.models import FeedKey
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = ["/feeds/questions/newest/", "/feeds/questions/active/", "/feeds/questions/solved/",
          "/feeds/questions/unanswered/", "/feeds/products/beam-2/", "/feeds/tags/bluetooth/",
          "/feeds/people/ben/"]  # fmt: skip


@pytest.fixture
def question(cast):
    question = ana_asks(cast, title="Bluetooth & <b>Wi-Fi</b> drop every minute")
    question.accept(ben_answers(cast, question), by=cast.ana)
    return question


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_feed_is_valid_and_its_ids_stay(client, cast, question, path):
    feed = read(client, path)
    for part in [feed, *feed.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert part.findtext(f"{ATOM}{name}"), (path, name)
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(path)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    opening = question.thread.posts.get(kind="opening")
    opening.edit(opening.source, by=cast.ana, version=1, title="It has another title today")
    again = read(client, path)
    assert [entry.findtext(f"{ATOM}id") for entry in again.findall(f"{ATOM}entry")] == ids


def test_each_list_has_its_own(client, cast, question):
    waiting = ana_asks(cast, title="Nobody has answered this one yet", tags=["usb"])
    assert titles(read(client, "/feeds/questions/solved/")) == [question.thread.title]
    assert titles(read(client, "/feeds/questions/unanswered/")) == [waiting.thread.title]
    assert titles(read(client, "/feeds/questions/newest/")) == [waiting.thread.title, question.thread.title]
    assert titles(read(client, "/feeds/tags/usb/")) == [waiting.thread.title]
    assert client.get("/feeds/questions/oldest/").status_code == 404


def test_authors_are_named_as_on_the_page_with_the_teams_mark(client, cast, question):
    ben_answers(cast, question)
    from_team = client.get("/feeds/questions/newest/").content.decode()
    assert "<name>ana</name>" in from_team
    work()
    question.thread.posts.filter(kind="opening").update(alias="Dora, Bluetooth")
    assert "<name>Dora, Bluetooth (Northlight team)</name>" in client.get("/feeds/questions/newest/").content.decode()


def test_an_unchanged_feed_is_answered_briefly(client, cast, question):
    first = client.get("/feeds/questions/newest/")
    again = client.get("/feeds/questions/newest/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/feeds/questions/newest/", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


def test_pages_tell_of_their_feed(client, cast, question):
    for page, feed in (
        ("/questions/", "/feeds/questions/active/"),
        ("/tags/bluetooth/", "/feeds/tags/bluetooth/"),
        ("/products/beam-2/", "/feeds/products/beam-2/"),
        ("/people/ben/", "/feeds/people/ben/"),
    ):
        assert f'type="application/atom+xml" href="{feed}"' in client.get(page).content.decode(), page


def test_what_is_hidden_is_in_no_feed(client, cast, question):
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    for path in PUBLIC:
        assert titles(read(client, path)) == [], path


def test_ones_own_feeds_need_the_key_and_the_key_can_be_taken_back(client, cast, question):
    ben_answers(cast, question, source="A second thing that you could try.")
    work()
    client.force_login(cast.ana)
    assert client.get("/settings/feeds/").status_code == 200
    assert client.post("/settings/feeds/").status_code == 302
    token = FeedKey.objects.get(person=cast.ana).token
    client.logout()
    for name in ("notifications", "following"):
        own = f"/feeds/mine/{token}/{name}/"
        answer = client.get(own)
        assert titles(read(client, own)), name
        assert "no-store" in answer["Cache-Control"]
        assert "Surrogate-Key" not in answer
    client.force_login(cast.ana)
    client.post("/settings/feeds/")
    assert client.get(own).status_code == 404
    new = f"/feeds/mine/{FeedKey.objects.get(person=cast.ana).token}/following/"
    assert client.get(new).status_code == 200
    client.post("/settings/feeds/close/")
    assert client.get(new).status_code == 404
    assert client.get(f"/feeds/mine/{token[:-1]}x/following/").status_code == 404


def test_a_suspended_persons_feeds_are_closed(client, cast, question):
    key = FeedKey.objects.open(by=cast.chris)
    assert client.get(f"/feeds/mine/{key.token}/following/").status_code == 200
    cast.chris.suspend(by=cast.hana, reason="Rude")
    assert client.get(f"/feeds/mine/{key.token}/following/").status_code == 404


def test_the_settings_are_for_people_with_an_account(client, db):
    assert client.get("/settings/feeds/").status_code == 302
    assert client.post("/settings/feeds/close/").status_code == 302
    assert client.delete("/settings/feeds/").status_code in (302, 405)
