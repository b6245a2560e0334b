"""Deciding on reviews by programs: AC-REV-4 and AC-REV-7 with their numbers."""

import pytest

from forums.reviews.models import Review
from moderation.decisions.models import Decision
from moderation.flags.models import Case, HouseRule
from tests.community.api.program import Program
from tests.forums.reviews.scenes import reviews
from tests.jobs import work

pytestmark = pytest.mark.django_db
MINE = "/products/beam-2/reviews/"


def test_ac_rev_4_ten_and_ten_are_refused_alike_and_never_without_a_reason(cast, settings):
    settings.API_WRITES_A_MINUTE = 1000
    hana, rule = Program(cast.hana), HouseRule.objects.get(slug="spam").pk
    for number in range(20):
        review = reviews(cast.person(f"owner{number}"), 1 if number < 10 else 5, cast.beam2, title="", source="")
        case = hana.post(f"/desk/posts/{review.opening.pk}/case/").json()["case"]
        path = f"/desk/cases/{case['id']}/decision/"
        for body in ({"deeds": ["hide"]}, {"deeds": ["hide"], "rule": rule}, {"deeds": ["hide"], "facts": "A phone"}):
            assert hana.post(path, body, **{"If-Match": "*"}).status_code == 422
        whole = {"deeds": ["hide"], "rule": rule, "facts": "contains phone number"}
        assert hana.post(path, whole).status_code == 428
        done = hana.post(path, whole, **{"If-Match": "*"})
        assert (done.status_code, done.json()["decisions"][0]["deeds"]) == (201, ["hide"])
    assert Decision.objects.count() == 20
    assert Review.objects.filter(thread__is_hidden=True).count() == 20
    work()
    told = Program().get("/reviews/ledger/").json()
    by = {row["stars"]: row for row in told["by_stars"]}
    assert (by[1]["refused"], by[5]["refused"], told["refusals"]["is_alarming"]) == (10, 10, False)
    assert len({row["code"] for row in told["rows"]}) == 1


def test_ac_rev_4_the_writer_reads_why_puts_it_right_and_it_keeps_its_date(cast):
    ana = Program(cast.ana)
    cast.beam2  # noqa: B018
    text = "It fell apart on the second day, on the train."
    written = ana.post(MINE, {"stars": 1, "text": text}).json()
    hana, rule = Program(cast.hana), HouseRule.objects.get(slug="spam").pk
    post = Review.objects.get().opening
    case = hana.post(f"/desk/posts/{post.pk}/case/").json()["case"]
    read = hana.get(f"/desk/cases/{case['id']}/")
    whole = {"deeds": ["hide"], "rule": rule, "facts": "contains phone number"}
    post.edit(text + " Really.", by=cast.ana, version=1)
    late = hana.post(f"/desk/cases/{case['id']}/decision/", whole, **{"If-Match": read["ETag"]})
    assert (late.status_code, late.json()["current"]["case"]["text"]) == (412, text + " Really.")
    again = hana.get(f"/desk/cases/{case['id']}/")
    hana.post(f"/desk/cases/{case['id']}/decision/", whole, **{"If-Match": again["ETag"]})
    [statement] = ana.get("/statements/").json()["rows"]
    assert statement["facts"] == "contains phone number"
    sent = ana.put(f"/reviews/{written['id']}/", {"stars": 1, "text": text}, **{"If-Match": "*"})
    assert sent.json()["review"]["waiting"]
    work()
    waiting = Case.objects.open().get()
    done = hana.post(f"/desk/cases/{waiting.pk}/decision/", {"left": True}, **{"If-Match": "*"})
    assert done.status_code == 201
    work()
    now = Program().get(f"/reviews/{written['id']}/").json()["review"]
    assert (now["text"], now["written_at"]) == (text, written["written_at"])


def test_ac_rev_7_a_burst_is_listed_with_its_signals_decided_with_a_reason_and_appealed(cast):
    cast.beam2  # noqa: B018
    writers = []
    for number in range(12):
        writers.append(Program(cast.person(f"buyer{number}")))
        writers[-1].client.defaults |= {"REMOTE_ADDR": f"203.0.{number % 3}.7", "HTTP_USER_AGENT": f"P {number % 3}"}
        writers[-1].post(MINE, {"stars": 5, "text": f"Number {number} is fine."})
    dates = dict(Review.objects.values_list("pk", "written_at"))
    work()
    hana, rule = Program(cast.hana), HouseRule.objects.get(slug="spam").pk
    listed = hana.get("/desk/cases/?view=held").json()
    assert (len(listed["rows"]), listed["counts"]["held"]) == (12, 12)
    found = {row["rule"]: row["reason"] for row in listed["rows"][-1]["findings"]}
    assert set(found) >= {"reviews:burst", "reviews:device"}
    assert "within 10 minutes" in found["reviews:burst"]
    path = f"/desk/cases/{listed['rows'][0]['id']}/decision/"
    assert hana.post(path, {"deeds": ["hide"], "rule": rule}, **{"If-Match": "*"}).status_code == 422
    told = {"deeds": ["hide"], "rule": rule, "facts": "Written in the same shop within minutes"}
    assert hana.post(path, told, **{"If-Match": "*"}).status_code == 201
    decision = Decision.objects.get()
    writer = Program(decision.statement.person)
    token = writer.get("/statements/").json()["rows"][0]["token"]
    assert (
        writer.post(f"/statements/{token}/appeal/", {"text": "We are a club and bought together."}).status_code == 201
    )
    [appeal] = hana.get("/desk/appeals/").json()["rows"]
    answer = {"outcome": "overturned", "reason": "The club is real."}
    own = hana.post(f"/desk/appeals/{appeal['id']}/answer/", answer)
    assert (own.status_code, own.json()["code"]) == (403, "first_reviewer")
    kim = Program(cast.kim)
    assert kim.post(f"/desk/appeals/{appeal['id']}/answer/", {"outcome": "overturned"}).status_code == 422
    assert kim.post(f"/desk/appeals/{appeal['id']}/answer/", answer).json()["outcome"] == "overturned"
    for row in listed["rows"][1:]:
        assert hana.post(f"/desk/cases/{row['id']}/decision/", {"left": True}, **{"If-Match": "*"}).status_code == 201
    shown = Review.objects.filter(thread__is_hidden=False)
    assert dict(shown.values_list("pk", "written_at")) == dates, "a false alarm leaves the dates as they were"
    assert Program().get("/products/beam-2/").json()["product"]["rating"]["n"] == 12


def test_a_decision_is_undone_with_a_reason_by_moderators_alone(cast):
    review = reviews(cast.ben, 2, cast.beam2)
    hana, rule = Program(cast.hana), HouseRule.objects.get(slug="spam").pk
    case = hana.post(f"/desk/posts/{review.opening.pk}/case/").json()["case"]
    told = {"deeds": ["hide"], "rule": rule, "facts": "A shop"}
    made = hana.post(f"/desk/cases/{case['id']}/decision/", told, **{"If-Match": "*"}).json()["decisions"][0]
    undo = f"/desk/decisions/{made['id']}/undo/"
    assert hana.post(undo, {}).status_code == 422
    assert Program(cast.dora).post(undo, {"reason": "No"}).status_code == 403
    assert Program(cast.ben).post(undo, {"reason": "No"}).status_code == 404
    back = hana.post(undo, {"reason": "It was no shop"}).json()
    assert (back["case"]["state"], back["decisions"][0]["undone"]) == ("open", "It was no shop")
    assert Program().get(f"/reviews/{review.pk}/").status_code == 200


def test_a_case_is_at_one_program_s_hand_taken_with_a_reason_and_put_back(cast):
    review = reviews(cast.ben, 2, cast.beam2)
    hana, kim = Program(cast.hana), Program(cast.kim)
    claim = f"/desk/cases/{hana.post(f'/desk/posts/{review.opening.pk}/case/').json()['case']['id']}/claim/"
    assert hana.post(claim).json()["case"]["held_by"] == "Hana"
    taken = kim.post(claim)
    assert (taken.status_code, taken.json()["code"]) == (409, "held_by_other")
    assert kim.post(claim, {"reason": "Hana is at lunch"}).json()["case"]["held_by"] == "Kim"
    assert hana.delete(claim).json()["case"]["held_by"] == "Kim", "nobody puts back what another has at hand"
    assert kim.delete(claim).json()["case"]["held_by"] == ""
    assert Program(cast.dora).post(claim).status_code == 403
    assert Program(cast.ben).post(claim).status_code == 404


def test_a_program_is_spared_hard_cases_above_the_limit_of_a_day(cast, settings):
    settings.SENSITIVE_CASES_A_DAY = 1
    hana, cases = Program(cast.hana), []
    for person in (cast.ben, cast.chris):
        post = reviews(person, 2, cast.beam2).opening
        cases.append(hana.post(f"/desk/posts/{post.pk}/case/").json()["case"]["id"])
    Case.objects.update(is_sensitive=True)
    assert hana.post(f"/desk/cases/{cases[0]}/claim/").status_code == 200
    enough = hana.post(f"/desk/cases/{cases[1]}/claim/")
    assert (enough.status_code, enough.json()["code"]) == (409, "enough")
