"""The list from which people are called: public names, for members, not as fast as a program asks."""

from django.core.cache import cache

from tests.scenes import ana_asks


def test_names_that_begin_so_without_the_suspended_and_without_anything_private(client, cast):
    cache.clear()
    for person in (cast.dora, cast.ben, cast.mallory):
        assert person.is_active
    cast.mallory.suspend(by=cast.hana, reason="spam")
    client.force_login(cast.chris)
    assert client.get("/text/people/", {"q": "DO"}).json() == {
        "items": [{"label": "Dora, Bluetooth", "text": "@dora-bluetooth"}]
    }
    assert client.get("/text/people/", {"q": "mall"}).json() == {"items": []}
    assert client.get("/text/people/", {"q": ""}).json() == {"items": []}
    assert "@example" not in client.get("/text/people/", {"q": "b"}).content.decode()


def test_strangers_are_sent_to_sign_in_and_programs_to_wait(client, cast):
    cache.clear()
    assert client.get("/text/people/", {"q": "b"}).status_code == 302
    assert client.get("/text/tags/", {"q": "b"}).status_code == 302
    client.force_login(cast.chris)
    assert client.post("/text/people/", {"q": "b"}).status_code == 405
    as_script = {"Accept": "application/json"}
    said = {client.get("/text/people/", {"q": "b"}, headers=as_script).status_code for _n in range(95)}
    assert said == {200, 429}
    cache.clear()


def test_tags_of_hidden_threads_are_not_told(client, cast):
    cache.clear()
    question = ana_asks(cast)
    client.force_login(cast.chris)
    told = {"items": [{"label": "bluetooth", "text": "[#bluetooth](/tags/bluetooth/)"}]}
    assert client.get("/text/tags/", {"q": "blu"}).json() == told
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Shows an address")
    assert client.get("/text/tags/", {"q": "blu"}).json() == {"items": []}
