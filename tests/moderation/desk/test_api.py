"""The desk through the API: the same rows and numbers, the reasons of the order, and nobody answers over somebody."""

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from forums.threads.models import Post
from moderation.queue.lists import counts_for
from moderation.queue.models import Claim, Item, Note
from tests.community.api.program import Program
from tests.moderation.escalation.scenes import item_of, on_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast) -> Item:
    return item_of(on_the_desk(cast))


def test_ac_agent_2_whoever_is_late_gets_the_other_answer_and_keeps_their_own(cast, item):
    dora, emil = Program(cast.dora), Program(cast.emil)
    path = f"/desk/items/{item.pk}/"
    read = dora.get(path)
    assert dora.post(f"{path}answers/", {"text": "Mine."}).status_code == 428
    first = emil.post(f"{path}answers/", {"text": "Pair it again, please."}, **{"If-Match": emil.get(path)["ETag"]})
    assert first.status_code == 200
    mine = {"text": "Reset it, please."}
    late = dora.post(f"{path}answers/", mine, **{"If-Match": read["ETag"]})
    assert (late.status_code, late.json()["sent"]) == (412, mine)
    assert late.json()["current"]["posts"][-1]["text"] == "Pair it again, please."
    assert Post.objects.filter(kind="answer").count() == 1
    again = {"If-Match": dora.get(path)["ETag"], "Idempotency-Key": "one"}
    anyway = mine | {"anyway": "It says something else."}
    sent = [dora.post(f"{path}answers/", anyway, **again) for _ in range(2)]  # a retry after a timeout
    assert [one.status_code for one in sent] == [200, 200]
    assert Post.objects.filter(kind="answer").count() == 2
    assert Event.objects.get(verb=Verb.ANSWER_SENT_ANYWAY).details["reason"] == "It says something else."


def test_ac_agent_4_the_five_terms_and_their_sum_is_the_score(cast, item):
    item.notice("safety")
    dora = Program(cast.dora)
    [row] = dora.get("/desk/items/?view=waiting").json()["rows"]
    read = dora.get(f"/desk/items/{item.pk}/").json()["item"]
    for told in (row, read):
        assert [term["name"] for term in told["factors"]] == [
            "waited", "severity", "same_problem", "loyalty", "influence",
        ]  # fmt: skip
        assert sum(term["points"] for term in told["factors"]) == told["score"]
        assert told["factors"][1]["points"] == 40
    assert all(term["reason"] for term in row["factors"])


def test_ac_agent_1_list_count_search_agree_for_dora_gil_and_fay_and_contact_is_masked(cast, item):
    on_the_desk(cast, title="The kettle one hums at night, loudly", product=cast.kettle_one, product_version=None)
    for person, most in ((cast.dora, 2), (cast.fay, 2), (cast.gil, 1)):
        told = Program(person).get("/desk/items/?view=waiting").json()
        assert len(told["rows"]) == told["counts"]["waiting"] == counts_for(person)["waiting"] == most
        found = Program(person).get("/desk/items/?q=beam").json()["rows"]
        assert len(found) == (0 if person is cast.gil else 1)
        narrowed = Program(person).get("/desk/items/?q=product:beam-2 kind:question").json()["rows"]
        assert [row["id"] for row in narrowed] == [row["id"] for row in found]
        for row in told["rows"]:
            assert row["customer"]["contact"]["is_masked"]
            assert "example.org" not in str(row)
    gil = Program(cast.gil)
    assert gil.get(f"/desk/items/{item.pk}/").status_code == 404
    assert gil.post(f"/desk/customers/{cast.ana.pk}/contact/", {"reason": "To call"}).status_code == 403
    shown = Program(cast.dora).post(f"/desk/customers/{cast.ana.pk}/contact/", {"reason": "To call"}).json()
    assert (shown["email"], shown["is_masked"]) == ("ana@example.org", False)
    assert Event.objects.get(verb=Verb.CONTACT_SEEN).details["purpose"] == "To call"
    assert Program(cast.dora).post(f"/desk/customers/{cast.ana.pk}/contact/", {}).status_code == 422


def test_members_find_no_desk_and_a_key_without_its_scope_opens_none(cast, item):
    assert Program(cast.ana).get("/desk/items/").status_code == 404  # whatever the scopes of the key
    assert Program(cast.dora, ["community:read"]).get("/desk/items/").status_code == 403
    assert Program(cast.dora, ["desk:read"]).post(f"/desk/items/{item.pk}/notes/", {"text": "x"}).status_code == 403
    assert Program().get("/desk/items/").status_code == 401
    assert Program(cast.jo).get("/desk/items/").status_code == 403


def test_claim_take_over_release_note_snooze_and_close(cast, item):
    dora, emil, path = Program(cast.dora), Program(cast.emil), f"/desk/items/{item.pk}/"
    assert dora.put(f"{path}claim/").json()["item"]["holder"] == "Dora, Bluetooth"
    held = emil.put(f"{path}claim/")
    assert (held.status_code, held.json()["code"]) == (409, "held_by_other")
    taken = emil.put(f"{path}claim/", {"take_over": True, "reason": "She is at lunch."})
    assert taken.json()["item"]["holder"] == "Emil"
    assert emil.delete(f"{path}claim/").json()["item"]["holder"] == ""
    assert not Claim.objects.exists()
    note = dora.post(f"{path}notes/", {"text": "The heliotrope batch."})
    assert note.status_code == 201
    assert Note.objects.get().source == "The heliotrope batch."
    assert b"heliotrope" not in Program(cast.ana).get(f"/questions/{item.thread_id}/").content
    tag = dora.get(path)["ETag"]
    assert dora.post(f"{path}close/", {"reason": "Done"}, **{"If-Match": '"1-0"'}).status_code == 412
    asleep = dora.post(f"{path}snooze/", {"nap": "3h"}, **{"If-Match": tag})
    assert asleep.json()["item"]["state"] == "snoozed"
    done = dora.post(f"{path}close/", {"reason": "Done"}, **{"If-Match": asleep["ETag"]})
    assert done.json()["item"]["state"] == "closed"
