"""Photos and owners through the API: AC-REV-1 by programs of the writer, of a shop, and of a moderator."""

import base64
import io

import pytest
from PIL import Image

from community.events.models import Event
from community.events.verbs import Verb
from community.files.models import Attachment
from forums.reviews.models import Photo, Review
from moderation.orders.reading import read
from moderation.orders.taking import take
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews, photo_bytes, reviews

pytestmark = pytest.mark.django_db
ENCODED = base64.b64encode(photo_bytes()).decode()
FIELDS = {"order": "order", "email": "email", "product": "product", "serial": "serial"}


def sent(shows: str = "The hinge", data: str = ENCODED) -> dict[str, str]:
    return {"name": "hinge.jpg", "shows": shows, "data": data}


def test_ac_rev_1_two_photos_without_where_they_were_taken_wait_apart_from_the_text(cast, client):
    review = ana_reviews(cast)
    ana, path = Program(cast.ana), f"/reviews/{review.pk}/photos/"
    other = io.BytesIO()
    Image.new("RGB", (200, 100), (9, 90, 60)).save(other, "PNG")
    added = [ana.post(path, sent()), ana.post(path, sent("The box", base64.b64encode(other.getvalue()).decode()))]
    assert [answer.status_code for answer in added] == [202, 202], "ana is new: a person looks first"
    assert all("looks at it" in answer.json()["waiting"] for answer in added)
    for attachment in Attachment.objects.all():
        assert not Image.open(attachment.blob.file).getexif()
    assert Program().get(path).json()["rows"] == []
    assert Program().get(f"/reviews/{review.pk}/").status_code == 200, "the text does not wait for them"
    hana = Program(cast.hana)
    [first, second] = hana.get("/desk/photos/").json()["rows"]
    assert (first["review"], first["photo"]["shows"]) == (review.pk, "The hinge")
    hana.post(f"/desk/photos/{first['photo']['id']}/show/")
    assert hana.post(f"/desk/photos/{second['photo']['id']}/hide/", {"reason": " "}).status_code == 422
    assert hana.post(f"/desk/photos/{second['photo']['id']}/hide/", {"reason": "A child is on it"}).status_code == 200
    [shown] = Program().get(path).json()["rows"]
    assert (shown["shows"], shown["waiting"]) == ("The hinge", "")
    assert [row["waiting"] for row in ana.get(path).json()["rows"]] == ["", "A child is on it"]
    assert Program().get(f"/reviews/{review.pk}/").json()["review"]["photos"] == [shown]


def test_a_photo_is_described_and_taken_out_by_its_writer_alone(cast):
    review = reviews(cast.ben, 4, cast.beam2)
    ben = Program(cast.ben)
    photo = ben.post(f"/reviews/{review.pk}/photos/", sent()).json()
    path = f"/photos/{photo['id']}/"
    assert ben.put(path, {"shows": "The hinge, broken"}).json()["shows"] == "The hinge, broken"
    for other in (cast.ana, cast.hana, cast.kim):
        assert Program(other).put(path, {"shows": "Nothing"}).status_code == 404
        assert Program(other).delete(path).status_code == 404
        assert Program(other).post(f"/reviews/{review.pk}/photos/", sent()).status_code == 404
    assert ben.delete(path).json() == {"done": True}
    assert not Photo.objects.exists()
    assert Review.objects.get().photo_count == 0


def test_what_is_no_picture_is_refused_and_the_bytes_do_not_come_back(cast, settings):
    settings.REVIEW_PHOTOS = 1
    ben, path = Program(cast.ben), f"/reviews/{reviews(cast.ben, 4, cast.beam2).pk}/photos/"
    odd = ben.post(path, sent(data="*** no Base64 ***"))
    assert (odd.status_code, list(odd.json()["fields"]), odd.json()["sent"]) == (
        422, ["data"], {"name": "hinge.jpg", "shows": "The hinge"},
    )  # fmt: skip
    text = ben.post(path, sent(data=base64.b64encode(b"just words, no picture").decode()))
    assert (text.status_code, text.json()["code"]) == (422, "no_picture")
    assert ben.post(path, sent()).status_code == 201
    other = io.BytesIO()
    Image.new("RGB", (20, 10)).save(other, "PNG")
    more = ben.post(path, sent(data=base64.b64encode(other.getvalue()).decode()))
    assert (more.status_code, more.json()["code"]) == (422, "too_many_photos")


def test_a_photo_of_ten_megabytes_goes_through_and_a_larger_body_does_not(cast, settings):
    settings.FILE_MAX_BYTES = 1000
    ben, path = Program(cast.ben), f"/reviews/{reviews(cast.ben, 4, cast.beam2).pk}/photos/"
    large = ben.post(path, sent(data="A" * 1_000_000))
    assert (large.status_code, large.json()["code"]) == (413, "too_big")
    assert ben.post(path, sent(data="A" * 15_000_000)).json()["code"] == "too_large"


def test_ac_rev_1_an_order_and_a_serial_number_prove_owners_whenever_the_shop_tells_of_them(cast):
    cast.confirm(cast.ana)
    ana_reviews(cast, owner_number="")
    Program(cast.chris).post("/products/beam-2/reviews/", {"stars": 3, "owner_number": "SN-77-4711"})
    lines = [
        {"order": "NL-1001", "email": "ana@example.org", "product": "beam-2"},
        {"order": "NL-1002", "email": "gift@example.org", "product": "beam-2", "serial": "SN-77-4711"},
    ]
    take(read(lines, FIELDS), "shop", by=None)
    proofs = {row["author"]["name"]: row["proof"] for row in Program().get("/reviews/").json()["rows"]}
    assert proofs == {cast.ana.name: "order", cast.chris.name: "serial"}


def test_ac_rev_1_nobody_is_confirmed_by_hand_without_an_order_and_a_reason(cast):
    review = ana_reviews(cast)
    path = f"/desk/reviews/{review.pk}/owner/"
    kim = Program(cast.kim)
    for body in ({}, {"order_number": "NL-1001"}, {"reason": "I saw the bill"}, {"order_number": " ", "reason": " "}):
        assert kim.post(path, body).status_code == 422
    assert Program(cast.dora).post(path, {"order_number": "NL-1001", "reason": "Bill"}).status_code == 403
    assert Program(cast.ana).post(path, {"order_number": "NL-1001", "reason": "Bill"}).status_code == 404
    done = kim.post(path, {"order_number": "NL-1001", "reason": "I saw the bill"})
    assert (done.status_code, done.json()["proof"]) == (201, "by_hand")
    assert "NL-1001" not in done.content.decode()
    assert Event.objects.get(verb=Verb.REVIEW_PROVEN).actor == cast.kim
    assert kim.post(path, {"order_number": "NL-1001", "reason": "Again"}).status_code == 409
    assert kim.post(f"{path}withdrawal/", {"reason": ""}).status_code == 422
    assert kim.post(f"{path}withdrawal/", {"reason": "It was another's bill"}).json()["proof"] == ""
    [proof] = kim.get(path).json()["rows"]
    assert (proof["kind"], proof["reason"], proof["withdrawn_because"]) == (
        "by_hand", "I saw the bill", "It was another's bill",
    )  # fmt: skip


def test_a_key_that_only_reads_and_one_for_another_area_do_nothing(cast):
    review = ana_reviews(cast)
    assert Program(cast.ana, ["reviews:read"]).post(f"/reviews/{review.pk}/photos/", sent()).status_code == 403
    no = Program(cast.hana, ["reviews:write"]).post(f"/desk/reviews/{review.pk}/owner/", {})
    assert (no.status_code, no.json()["code"]) == (403, "scope_missing")
