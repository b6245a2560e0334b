"""Fair reviews by programs: insiders, campaigns, the ledger and the notice, with the numbers of AC-REV-2 to -4, -8."""

from datetime import date, timedelta

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from forums.reviews.checking import publish
from forums.reviews.models import Campaign, Insider
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews
from tests.jobs import work

pytestmark = pytest.mark.django_db
MINE = "/products/beam-2/reviews/"


def planned(**fields):
    today = date.today()
    return {
        "name": "Testers", "kind": "product", "terms": "Whatever they write.",
        "begins_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat(), **fields,
    }  # fmt: skip


def mean() -> tuple[int, float]:
    rating = Program().get("/products/beam-2/").json()["product"]["rating"]
    return rating["n"], rating["mean"]


def test_ac_rev_2_the_directory_finds_a_reviewer_afterwards_and_a_mistake_is_taken_back(cast):
    five_rate(cast, cast.beam2)
    ana_reviews(cast, 5)
    assert mean() == (6, 3.7)
    cast.confirm(cast.ana)
    hana = Program(cast.hana)
    found = hana.post("/desk/insiders/directory/", {"addresses": ["ana@example.org", "nobody@example.org"]})
    assert found.json() == {"found": 1}
    assert mean() == (5, 3.4)
    work()
    read = next(row for row in Program().get("/reviews/").json()["rows"] if row["author"]["name"] == cast.ana.name)
    assert read["is_counted"] is False
    assert Event.objects.filter(verb=Verb.INSIDER_FOUND, actor=cast.hana).exists()
    [row] = hana.get("/desk/insiders/").json()["rows"]
    assert row["tie"] == "directory"
    assert hana.post(f"/desk/insiders/{row['id']}/end/", {}).status_code == 422
    assert hana.post(f"/desk/insiders/{row['id']}/end/", {"reason": "She left last year"}).json()["until"]
    assert mean() == (6, 3.7)


def test_ac_rev_2_by_hand_with_the_reason_and_the_policy_is_changed_with_one(cast):
    hana = Program(cast.hana)
    assert hana.post("/desk/insiders/", {"username": "ben"}).status_code == 422
    nobody = hana.post("/desk/insiders/", {"username": "nobody-here", "note": "I know"})
    assert (nobody.status_code, list(nobody.json()["fields"])) == (422, ["username"])
    cast.ben  # noqa: B018
    assert hana.post("/desk/insiders/", {"username": "ben", "note": "Told me"}).status_code == 201
    assert Insider.objects.get().person == cast.ben
    now = hana.get("/desk/reviews/policy/").json()
    changed = {"insiders": "label", "held_for_hours": 24, "reason": "We would rather show them."}
    assert now["insiders"] == "block"
    assert hana.put("/desk/reviews/policy/", {**changed, "reason": ""}).status_code == 422
    assert hana.put("/desk/reviews/policy/", changed).json()["insiders"] == "label"
    assert Program(cast.dora).put("/desk/reviews/policy/", changed).status_code == 403


@pytest.mark.parametrize("words", ["Give us 5 stars.", "For positive reviews only.", "Please change your review."])
def test_ac_rev_3_a_campaign_that_asks_for_praise_cannot_be_planned(cast, words):
    hana = Program(cast.hana)
    for field in ("terms", "invitation", "eligibility"):
        no = hana.post("/desk/campaigns/", planned(**{field: words}))
        assert (no.status_code, list(no.json()["fields"])) == (422, [field])
    assert not Campaign.objects.exists()


def test_ac_rev_3_who_was_asked_is_labelled_and_only_an_administrator_takes_it_off(cast):
    five_rate(cast, cast.beam2)
    cast.chris  # noqa: B018
    hana = Program(cast.hana)
    made = hana.post("/desk/campaigns/", planned(product="beam-2")).json()
    path = f"/desk/campaigns/{made['id']}/"
    asked = hana.post(f"{path}guests/", {"addresses": ["chris@example.org", "gone@example.org"]})
    assert asked.json() == {"new": 1, "unknown": 1}
    assert [row["name"] for row in Program().get("/campaigns/").json()["rows"]] == ["Testers"]
    told = Program(cast.chris).post(MINE, {"stars": 5}).json()
    assert told["incentive"] == "product"
    rating = Program().get("/products/beam-2/").json()
    assert (rating["product"]["rating"]["mean"], rating["unrewarded"]["mean"]) == (3.7, 3.4)
    read = hana.get(path).json()
    assert (read["asked"], read["written"], read["mean"]) == (1, 1, 5.0)
    off = f"/desk/reviews/{told['id']}/incentive/removal/"
    assert hana.post(off, {"reason": "He paid for it"}).status_code == 403
    kim = Program(cast.kim)
    assert kim.post(off, {}).status_code == 422
    assert kim.post(off, {"reason": "He paid for it"}).json()["incentive"] == ""
    assert hana.post(f"{path}end/").json()["is_running"] is False
    assert Program().get("/campaigns/").json()["rows"] == []
    assert len(hana.get("/desk/campaigns/").json()["rows"]) == 1
    for other in (cast.dora, cast.ana):
        assert Program(other).post("/desk/campaigns/", planned()).status_code in (403, 404)


def test_ac_rev_4_the_ledger_has_twenty_received_eighteen_published_two_refused(cast):
    for number in range(20):
        written = reviews(cast.person(f"owner{number}"), 1 if number % 2 else 5, cast.beam2, title="", source="")
        if number < 2:
            written.opening.hide(by=cast.hana, reason="contains phone number")
    work()
    told = Program().get("/reviews/ledger/?product=beam-2").json()
    by = {row["stars"]: row for row in told["by_stars"]}
    for name, together in (("received", 20), ("published", 18), ("refused", 2)):
        assert sum(row[name] for row in told["by_stars"]) == together
    assert (by[1]["refused"], by[5]["refused"]) == (1, 1)
    assert by[1]["refusals"] == by[5]["refusals"]
    assert (by[1]["refusals"]["percent"], told["refusals"]["is_alarming"]) == (10.0, False)
    assert told["refusals"]["difference_low"] < 0 < told["refusals"]["difference_high"]
    assert len(told["rows"]) == 2
    assert len({row["code"] for row in told["rows"]}) == 1, "the same reason, at one star and at five"
    assert "owner0" not in str(told)


def test_ac_rev_8_the_notice_is_what_is_set_and_a_change_makes_a_dated_version(cast, settings, client):
    publish()
    first = Program().get("/reviews/checks/").json()
    assert (first["number"], first["facts"]["prior_mean"], first["facts"]["insiders"]) == (1, 3.8, "block")
    Program(cast.hana).put(
        "/desk/reviews/policy/", {"insiders": "label", "held_for_hours": 24, "reason": "We would rather show them."}
    )
    work()
    now = Program().get("/reviews/checks/").json()
    assert (now["number"], now["facts"]["insiders"], now["facts"]["held_for_days"]) == (2, "label", 1)
    assert now["since"] > first["since"]
    assert [row["number"] for row in Program().get("/reviews/checks/versions/").json()["rows"]] == [2, 1]
    assert Program().get("/reviews/checks/versions/1/").json() == first
