"""Several items at once (AC-AGENT-1): done with all or with none, and taken back in one step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.queue.models import Batch, Claim, Item
from tests.scenes import one_line


@pytest.fixture
def three(cast, item, kettle_item):
    third = Item.objects.open(kind="question", title="Case stays dark", customer=cast.ana, product=cast.beam2, by=None)
    return [item, kettle_item, third]


def numbers(items):
    return [item.pk for item in items]


def standing(items):
    names = ("state", "assignee", "claim_row__holder", "snoozed_until", "closed_at", "waiting_since", "ranks_at")
    return list(Item.objects.filter(pk__in=numbers(items)).order_by("pk").values(*names))


@pytest.mark.parametrize(
    ("sent", "state", "words"),
    [
        ({"deed": "close"}, "closed", "3 items closed."),
        ({"deed": "snooze", "nap": "3h"}, "snoozed", "3 items sleep."),
        ({"deed": "claim"}, "open", "3 items are yours."),
    ],
)
def test_three_at_once_and_back(dora, cast, three, sent, state, words):
    three[0].claim(by=cast.dora)
    three[1].assign(cast.dora, by=cast.dora)
    before = standing(three)
    preview = one_line(dora.get("/desk/together/?view=waiting", {"item": numbers(three)[:2]}))
    assert preview.count('" checked>') == 2
    page = dora.post("/desk/together/?view=waiting", {"item": numbers(three), **sent}, follow=True)
    assert words in one_line(page)
    assert {row["state"] for row in standing(three)} == {state}
    batch = Batch.objects.get()
    assert f"/desk/together/{batch.pk}/take-back/" in one_line(page)
    back = dora.post(f"/desk/together/{batch.pk}/take-back/", follow=True)
    assert "3 items are as they were." in one_line(back)
    assert standing(three) == before
    assert dora.post(f"/desk/together/{batch.pk}/take-back/").status_code == 409


def test_given_to_a_colleague_at_once(dora, cast, three):
    dora.post("/desk/together/", {"item": numbers(three), "deed": "assign", "assignee": cast.emil.pk})
    assert {row["assignee"] for row in standing(three)} == {cast.emil.pk}
    dora.post(f"/desk/together/{Batch.objects.get().pk}/take-back/")
    assert {row["assignee"] for row in standing(three)} == {None}


def test_a_rule_that_refuses_one_stops_all_and_names_it(dora, cast, three):
    three[2].claim(by=cast.emil)
    before = standing(three)
    refused = dora.post("/desk/together/", {"item": numbers(three), "deed": "claim"})
    assert refused.status_code == 409
    assert "Case stays dark" in one_line(refused)
    assert "has this at hand" in one_line(refused)
    assert standing(three) == before
    assert not Batch.objects.exists()


def test_what_moved_on_since_stays_as_it_is_now(dora, cast, three):
    dora.post("/desk/together/", {"item": numbers(three), "deed": "close"})
    three[1].refresh_from_db()
    three[1].reopen(by=cast.emil, reason="she called again")
    back = one_line(dora.post(f"/desk/together/{Batch.objects.get().pk}/take-back/", follow=True))
    assert "2 items are as they were. 1 has moved on since." in back
    assert {row["state"] for row in standing(three)} == {"open"}


def test_only_who_did_it_takes_it_back_and_not_after_a_day(client, dora, cast, three):
    dora.post("/desk/together/", {"item": numbers(three), "deed": "close"})
    batch = Batch.objects.get()
    client.force_login(cast.emil)
    assert client.post(f"/desk/together/{batch.pk}/take-back/").status_code == 404
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=25))
    client.force_login(cast.dora)
    assert client.post(f"/desk/together/{batch.pk}/take-back/").status_code == 409


def test_gil_does_nothing_with_what_he_does_not_see(client, cast, three):
    client.force_login(cast.gil)
    client.post("/desk/together/", {"item": numbers(three), "deed": "claim"})
    assert [claim.item for claim in Claim.objects.all()] == [three[1]]


@pytest.mark.parametrize("sent", [{"deed": "claim"}, {"item": "x", "deed": "close"}, {"deed": "eat"}, {}])
def test_nonsense_does_nothing(dora, three, sent):
    assert dora.post("/desk/together/", sent).status_code == 422
    assert not Batch.objects.exists()
