"""The desk's pages."""

import re

import pytest

HTMX = {"HTTP_HX_REQUEST": "true"}
FETCHED = re.compile(r'hx-get="([^"]+)" hx-trigger="load')


def test_dora_sees_what_waits_and_why(dora, item):
    page = dora.get("/desk/").content.decode()
    assert item.title in page
    page = dora.get(f"/desk/items/{item.pk}/").content.decode()
    assert "waited 0 of 60 min" in page
    assert "Answer ana (public)" in page
    assert "Note to team" in page


@pytest.mark.parametrize("name", ["dora", "hana", "gil", "fay", "kim"])
def test_whatever_the_desk_fetches_by_itself_answers_the_one_whose_desk_it_is(client, cast, item, name):
    """Hana, who offers no private help, once had three pages “Not for this account” between her queue's rows."""
    client.force_login(getattr(cast, name))
    answers = [client.get("/desk/"), client.get(f"/desk/items/{item.pk}/")]
    assert [answer.status_code for answer in answers] == [200, 404 if name == "gil" else 200]  # not of Gil's brand
    pages = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert {"/desk/chats/" in page for page in pages} == {name != "hana"}
    fetched = FETCHED.findall("".join(pages))
    assert fetched
    told = {url: client.get(url.replace("&amp;", "&"), **HTMX).status_code for url in fetched}
    assert set(told.values()) <= {200, 204}, told


@pytest.mark.parametrize(("name", "first"), [("jo", "/desk/actions/"), ("ivo", "/desk/gaps/")])
def test_the_desk_of_those_who_work_no_queue_begins_with_a_page_that_is_theirs(client, cast, name, first):
    client.force_login(getattr(cast, name))
    answer = client.get("/desk/", follow=True)
    assert answer.redirect_chain == [(first, 302)]
    assert answer.status_code == 200


def test_a_part_of_a_page_that_may_not_be_seen_gets_words_and_no_second_page(client, cast):
    client.force_login(cast.hana)
    whole, part = client.get("/desk/chats/"), client.get("/desk/chats/", **HTMX)
    assert (whole.status_code, part.status_code) == (403, 403)
    assert "<body" in whole.content.decode()
    assert "Not for this account" in part.content.decode()
    assert "<body" not in part.content.decode()
    assert "<header" not in client.get("/desk/items/999999/", **HTMX).content.decode()
