"""What an agent does with an item, by the forms of the page."""

import pytest

from moderation.queue.models import Item

HTMX = {"HTTP_HX_REQUEST": "true"}


def post(browser, item, deed, data=None, **headers):
    return browser.post(f"/desk/items/{item.pk}/{deed}/?view=waiting", data or {}, **headers)


def now(item) -> Item:
    return Item.objects.get(pk=item.pk)


def test_claiming_shows_the_holder_and_releasing_puts_it_back(dora, item, cast):
    assert post(dora, item, "claim").status_code == 302
    assert "dora has it at hand" in dora.get(f"/desk/items/{item.pk}/").content.decode()
    assert post(dora, item, "release").status_code == 302
    assert now(item).holder is None


def test_taking_over_needs_to_be_meant_and_a_reason(dora, item, cast):
    item.claim(by=cast.emil)
    assert post(dora, item, "claim").status_code == 409
    assert post(dora, item, "claim", {"take_over": "on"}).status_code == 422
    assert now(item).holder == cast.emil
    assert post(dora, item, "claim", {"take_over": "on", "reason": "Emil is ill"}).status_code == 302
    assert now(item).holder == cast.dora


def test_nobody_releases_what_a_colleague_has(dora, item, cast):
    item.claim(by=cast.emil)
    assert post(dora, item, "release").status_code == 409
    assert now(item).holder == cast.emil


def test_dora_gives_it_to_emil_but_not_to_gil_who_works_for_kettle(dora, item, cast):
    assert post(dora, item, "assign", {"assignee": cast.emil.pk}).status_code == 302
    assert now(item).assignee == cast.emil
    assert post(dora, item, "assign", {"assignee": cast.gil.pk}).status_code == 422
    assert post(dora, item, "assign", {"assignee": cast.mallory.pk}).status_code == 422


def test_the_list_of_the_team_names_who_works_on_the_brand(dora, item, kettle_item, cast):
    people = [cast.emil, cast.gil, cast.fay, cast.ana, cast.jo]
    names = {person.username for person in dora.get(f"/desk/items/{item.pk}/").context["team"]}
    assert names & {person.username for person in people} == {"emil", "fay"}
    names = {person.username for person in dora.get(f"/desk/items/{kettle_item.pk}/").context["team"]}
    assert "gil" in names


@pytest.mark.parametrize("nap", ["3h", "tomorrow", "week"])
def test_snoozing(dora, item, nap):
    assert post(dora, item, "snooze", {"nap": nap}).status_code == 302
    assert now(item).state == "snoozed"


@pytest.mark.parametrize("data", [{}, {"nap": "never"}, {"until": "2020-01-01 10:00"}])
def test_a_snooze_without_a_future_is_refused(dora, item, data):
    assert post(dora, item, "snooze", data).status_code == 422
    assert now(item).state == "open"


def test_closing_and_reopening(dora, item):
    assert post(dora, item, "close").status_code == 302
    assert now(item).state == "closed"
    assert post(dora, item, "reopen").status_code == 302
    assert now(item).state == "open"


@pytest.mark.parametrize("deed", ["assign", "close", "snooze"])
def test_a_page_that_is_behind_gets_the_newer_state(dora, item, cast, deed):
    version = now(item).version
    item.claim(by=cast.emil)
    response = post(dora, item, deed, {"version": version, "nap": "3h", "assignee": cast.dora.pk})
    page = response.content.decode()
    assert response.status_code == 409
    assert "emil has it at hand" in page
    assert "changed while you had it open" in page
    assert now(item).state == "open"


def test_htmx_gets_the_panes_and_others_are_redirected_to_their_view(dora, item):
    fragment = post(dora, item, "claim", **HTMX)
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "dora has it at hand" in fragment.content.decode()
    assert post(dora, item, "release")["Location"] == f"/desk/items/{item.pk}/?view=waiting"


def test_clicked_twice_done_once(dora, item):
    first = post(dora, item, "close", {"once": "k1"})
    assert post(dora, item, "close", {"once": "k1"})["Location"] == first["Location"]


@pytest.mark.parametrize(
    "deed", ["claim", "release", "assign", "snooze", "close", "reopen", "note", "answer", "presence"]
)
def test_deeds_are_posts(dora, item, deed):
    assert dora.get(f"/desk/items/{item.pk}/{deed}/").status_code == 405
