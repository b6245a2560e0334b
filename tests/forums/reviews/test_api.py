"""Reviews through the API: the numbers of the page, the checks of the page, the history of the page."""

from datetime import date

import pytest

from community.catalogue.models import ProductLine
from forums.reviews.models import Campaign, Review, ReviewPolicy
from forums.threads.replying import answer
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews, shop_tells

pytestmark = pytest.mark.django_db
SAYS = {
    "stars": 4,
    "title": "On the train",
    "text": "Good on the train, all day long.",
    "pros": "light",
    "cons": "cable",
}
MINE = "/products/beam-2/reviews/"


def test_ac_rev_1_ana_is_a_verified_owner_and_the_numbers_are_those_of_the_page(cast, client):
    cast.confirm(cast.ana)
    shop_tells(cast)
    written = Program(cast.ana).post(MINE, SAYS | {"use_case": "two hours a day", "product_version": cast.fw32.pk})
    assert written.status_code == 201
    told = written.json()
    assert (told["stars"], told["pros"], told["cons"], told["proof"]) == (4, "light", "cable", "order")
    assert (told["use_case"], told["product_version"]) == ("two hours a day", "fw 3.2")
    Review.objects.all().delete()
    cast.beam2.score.delete()
    five_rate(cast, cast.beam2)
    rating = Program().get("/products/beam-2/").json()["product"]["rating"]
    assert rating == {"n": 5, "mean": 3.4, "careful_mean": 3.7, "stars": [1, 1, 0, 1, 2]}
    assert 'data-testid="mean">3.4<' in client.get("/products/beam-2/reviews/").content.decode()


def test_ac_rev_1_zero_or_six_stars_and_a_second_review_are_refused(cast):
    cast.beam2  # noqa: B018
    ana = Program(cast.ana)
    for stars in (0, 6):
        no = ana.post(MINE, SAYS | {"stars": stars})
        assert (no.status_code, list(no.json()["fields"])) == (422, ["stars"])
        assert no.json()["sent"]["text"] == SAYS["text"]
    assert ana.post(MINE, SAYS).status_code == 201
    again = ana.post(MINE, SAYS)
    assert (again.status_code, again.json()["code"]) == (409, "reviewed_already")
    assert Review.objects.count() == 1


def test_ac_rev_2_leo_is_refused_with_the_rule_or_labelled_and_never_counted(cast):
    five_rate(cast, cast.beam2)
    leo = Program(cast.leo)
    no = leo.post(MINE, SAYS | {"stars": 5})
    assert no.status_code == 403
    assert "an address of the company" in no.json()["message"]
    assert no.json()["sent"]["text"] == SAYS["text"]
    ReviewPolicy.objects.change(by=cast.hana, reason="We would rather show them.", insiders="label")
    yes = leo.post(MINE, SAYS | {"stars": 5})
    assert (yes.status_code, yes.json()["is_counted"], yes.json()["author"]["label"]) == (201, False, "employee")
    rating = Program().get("/products/beam-2/").json()["product"]["rating"]
    assert (rating["n"], rating["mean"]) == (5, 3.4)


def test_ac_rev_3_the_label_of_a_campaign_and_the_numbers_without(cast, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z")
    campaign = Campaign.objects.plan(
        by=cast.hana, name="Twenty testers", kind="product", product=cast.beam2, terms="Whatever they write.",
        begins_on=date(2026, 11, 1), ends_on=date(2026, 11, 30),
    )  # fmt: skip
    five_rate(cast, cast.beam2)
    told = Program(cast.chris).post(MINE, SAYS | {"stars": 5, "campaign": campaign.code}).json()
    assert told["incentive"] == "product"
    assert "for free" in told["incentive_in_words"]
    read = Program().get("/products/beam-2/").json()
    assert (read["product"]["rating"]["mean"], read["unrewarded"]["mean"]) == (3.7, 3.4)
    rows = Program().get("/reviews/?product=beam-2&unrewarded=1").json()["rows"]
    assert len(rows) == 5
    assert not any(row["incentive"] for row in rows)


def test_ac_rev_4_a_refused_review_is_put_right_and_keeps_its_date(cast):
    review = ana_reviews(cast, 2)
    review.opening.hide(by=cast.hana, reason="contains phone number")
    ana = Program(cast.ana)
    before = review.written_at
    assert Program().get(f"/reviews/{review.pk}/").status_code == 404
    put = {"stars": 2, "title": "On the train", "text": "It fell apart on the second day, on the train."}
    sent = ana.put(f"/reviews/{review.pk}/", put, **{"If-Match": "*"})
    assert sent.status_code == 200
    assert sent.json()["review"]["waiting"]
    review.refresh_from_db()
    assert review.written_at == before
    review.opening.restore(by=cast.hana)
    again = Program().get(f"/reviews/{review.pk}/").json()["review"]
    assert (again["text"], again["written_at"]) == (put["text"], sent.json()["review"]["written_at"])


def test_ac_rev_5_from_two_to_four_stars_after_the_team_helped_with_history(cast):
    review = ana_reviews(cast, 2)
    ana = Program(cast.ana)
    reply = Program(cast.dora).post(
        f"/reviews/{review.pk}/replies/", {"text": "We are sorry. We help.", "as_staff": True}
    )
    assert (reply.status_code, reply.json()["author"]["name"]) == (201, "Dora, Bluetooth")
    read = ana.get(f"/reviews/{review.pk}/")
    put = {"stars": 4, "title": "After help", "text": "They helped, and now it works on every train."}
    assert ana.put(f"/reviews/{review.pk}/", put).status_code == 428
    done = ana.put(f"/reviews/{review.pk}/", put, **{"If-Match": read["ETag"]})
    assert done.json()["review"]["is_updated_after_support"] is True
    assert [row["stars"] for row in done.json()["review"]["stars_before"]] == [2, 4]
    history = Program().get(f"/reviews/{review.pk}/history/").json()["rows"]
    assert [row["stars"] for row in history if row["stars"]] == [4, 2]
    late = ana.put(f"/reviews/{review.pk}/", put | {"stars": 5}, **{"If-Match": read["ETag"]})
    assert (late.status_code, late.json()["current"]["stars"]) == (412, 4)
    assert Program(cast.hana).put(f"/reviews/{review.pk}/", put, **{"If-Match": "*"}).status_code == 404


def test_ac_rev_7_a_burst_by_programs_is_held_and_its_writers_are_told(cast):
    cast.beam2  # noqa: B018
    writers = []
    for number in range(12):
        writers.append(Program(cast.person(f"buyer{number}")))
        device = {"REMOTE_ADDR": f"203.0.{number % 3}.7", "HTTP_USER_AGENT": f"Program {number % 3}"}
        writers[-1].client.defaults |= device
        last = writers[-1].post(MINE, {"stars": 5, "text": f"Number {number} is fine."})
    assert last.status_code == 202
    assert "Extra check, up to 2 days: unusually many reviews" in last.json()["waiting"]
    assert "203.0" not in last.content.decode()
    assert Review.objects.filter(thread__is_hidden=True, counted_as=0).count() == 12
    read = Program().get("/products/beam-2/").json()["product"]["rating"]
    assert (read["n"] if read else 0, Program().get("/reviews/?product=beam-2").json()["rows"]) == (0, [])
    own = writers[-1].get(f"/reviews/{last.json()['id']}/")
    assert own.json()["review"]["waiting"] == last.json()["waiting"]


def test_lists_have_the_orders_and_filters_of_the_page_and_go_on_where_they_ended(cast, settings):
    five_rate(cast, cast.beam2)
    program = Program()
    stars = [row["stars"] for row in program.get("/reviews/?product=beam-2&sort=lowest").json()["rows"]]
    assert stars == [1, 2, 4, 5, 5]
    assert len(program.get("/reviews/?product=beam-2&stars=5").json()["rows"]) == 2
    for number in range(8):
        reviews(cast.person(f"more{number}"), 3, cast.beam2)
    first = program.get("/reviews/").json()
    reviews(cast.chris, 1, cast.beam2)
    second = program.get(f"/reviews/?after={first['next']}").json()
    ids = [row["id"] for row in first["rows"] + second["rows"]]
    assert (len(ids), len(set(ids)), second["next"]) == (13, 13, "")


def test_one_verdict_for_each_reader(cast):
    path = f"/reviews/{ana_reviews(cast).pk}/verdict/"
    ben = Program(cast.ben)
    assert ben.put(path, {"verdict": "yes"}).json()["helped"] == 1
    told = ben.put(path, {"verdict": "no"}).json()
    assert (told["helped"], told["helped_not"]) == (0, 1)
    assert ben.put(path, {"verdict": "perhaps"}).status_code == 422
    assert Program(cast.ana).put(path, {"verdict": "yes"}).status_code == 403


def test_aspects_are_rated_by_their_number_and_the_company_is_reviewed_once(cast):
    line = ProductLine.objects.create(name="Headphones", slug="headphones")
    sound = line.aspects.create(name="Sound", position=1)
    cast.beam2.line = line
    cast.beam2.save()
    ana = Program(cast.ana)
    assert ana.get("/products/beam-2/").json()["to_rate"] == [{"id": sound.pk, "name": "Sound"}]
    assert ana.post(MINE, SAYS | {f"aspect-{sound.pk}": 5}).json()["aspects"] == [{"name": "Sound", "stars": 5}]
    company = {"stars": 3, "text": "They answer, if slowly, and are always friendly."}
    assert ana.post("/reviews/", company).status_code == 201
    assert ana.post("/reviews/", company).json()["code"] == "reviewed_already"


def test_order_numbers_are_nobodys_business(cast):
    review = ana_reviews(cast, owner_number="NL-1001")
    answer(review.thread, by=cast.dora, source="Thank you.", as_staff=True)
    for program in (Program(), Program(cast.ana), Program(cast.dora)):
        assert b"NL-1001" not in program.get(f"/reviews/{review.pk}/").content
