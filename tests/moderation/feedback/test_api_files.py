"""Programs bring reviews in as managers do: a look first, by line; then once each."""

import base64
import gzip

import pytest

from forums.reviews.models import Review, ReviewFile
from forums.threads.models import Thread
from tests.community.api.program import Program
from tests.jobs import work

pytestmark = pytest.mark.django_db
FILES = "/desk/reviews/files/"
ROWS = b"""nr,item,rating,headline,words
1,Beam 2,5,Light,A whole day on the train.
2,Toaster,4,,Brown bread.
3,Beam 2,0,,Bad.
4,Beam 2,3,,"So, so."
"""


def sent(data=ROWS, **more):
    return {"source": "Old shop", "name": "old.csv", "data": base64.b64encode(data).decode(), **more}


def test_a_file_is_looked_at_named_anew_taken_in_once_and_sent_again_changes_nothing(cast):
    cast.beam2  # noqa: B018
    hana = Program(cast.hana)
    made = hana.post(FILES, sent(gzip.compress(ROWS)))
    assert (made.status_code, made.json()["state"], made.json()["total"]) == (202, "looking", 4)
    place = f"{FILES}{made.json()['id']}/"
    early = hana.post(f"{place}start/")
    assert (early.status_code, early.json()["code"]) == (409, "looking")
    work()
    columns = {f"column_{ours}": theirs for ours, theirs in [("product", "item"), ("stars", "rating"), ("id", "nr")]}
    columns |= {"column_title": "headline", "column_text": "words"}
    assert hana.put(place, columns | {"column_text": "no such column"}).status_code == 422
    assert hana.put(place, columns).json()["state"] == "looking"
    work()
    seen = hana.get(place).json()
    assert (seen["state"], seen["added"], seen["fault_count"], seen["done_count"]) == ("seen", 2, 2, 4)
    assert seen["faults"] == [
        {"line": 3, "reason": "There is no product “Toaster”."},
        {"line": 4, "reason": "0 is not one to five stars."},
    ]
    assert [(row["stars"], row["text"]) for row in seen["first"]] == [(5, "A whole day on the train."), (3, "So, so.")]
    assert not Thread.objects.exists(), "a look writes nothing"
    assert hana.post(f"{place}start/").json()["state"] == "running"
    assert hana.delete(place).status_code == 404, "what is being taken in is not dropped"
    assert hana.post(f"{place}start/").json()["code"] == "started"
    work()
    done = hana.get(place).json()
    assert (done["state"], done["added"], done["known"]) == ("done", 2, 0)
    assert list(Review.objects.order_by("pk").values_list("stars", flat=True)) == [5, 3]
    again = hana.post(FILES, sent()).json()
    hana.put(f"{FILES}{again['id']}/", columns)
    work()
    hana.post(f"{FILES}{again['id']}/start/")
    work()
    twice = hana.get(f"{FILES}{again['id']}/").json()
    assert (twice["added"], twice["known"], Review.objects.count()) == (0, 2, 2)
    assert [row["id"] for row in hana.get(FILES).json()["rows"]] == [again["id"], made.json()["id"]]


def test_json_about_one_product_with_its_day_and_what_is_no_file_is_refused(cast):
    hana = Program(cast.hana)
    rows = b'[{"id": "a", "rating": 4, "text": "Light.", "date": "2024-05-02", "author": "Mia"}]'
    place = f"{FILES}{hana.post(FILES, sent(rows, product=cast.beam2.pk)).json()['id']}/"
    work()
    told = hana.get(place).json()
    assert (told["product"], told["added"], told["first"][0]["day"]) == ("beam-2", 1, "2024-05-02")
    for odd in (b"\xff\xfe\x00", b"[1, 2", b'{"reviews": 3}', b"\x1f\x8bbroken"):
        refused = hana.post(FILES, sent(odd))
        assert refused.status_code == 422
        assert refused.json()["fields"]["data"]
        assert "data" not in refused.json()["sent"], "bytes are not sent back"
    assert hana.post(FILES, {"name": "old.csv", "data": ""}).status_code == 422
    assert hana.delete(place).json() == {"done": True}
    assert hana.get(place).status_code == 404
    assert not ReviewFile.objects.exists()


def test_only_moderators_programs_come_here(cast):
    file = ReviewFile.objects.keep("old.csv", ROWS, by=cast.hana, source="Old shop")
    for person, status in ((cast.mallory, 404), (cast.dora, 403)):
        program = Program(person)
        assert program.get(FILES).status_code == status
        assert program.get(f"{FILES}{file.pk}/").status_code == status
        assert program.post(f"{FILES}{file.pk}/start/").status_code == status
        assert program.post(FILES, sent()).status_code == status
    assert ReviewFile.objects.get().state == "looking"


@pytest.mark.parametrize(
    "rows",
    [
        b'[{"id": "a", "ra\\u0000ting": 4, "text": "Li\\u0000ght \\ud83d x.", "\\ud800": 1, "author": "M\\u0000ia"}]',
        b'{"id": "a", "rating": 4, "text": "Li\\u0000ght \\ud83d x."}',
        b"id,rat\0ing,text\na,4,Li\0ght ? x.\n",
    ],
)
def test_signs_that_no_database_keeps_are_left_out_and_stop_nothing(cast, rows):
    hana = Program(cast.hana)
    made = hana.post(FILES, sent(rows, product=cast.beam2.pk))
    assert made.status_code == 202
    work()
    hana.post(f"{FILES}{made.json()['id']}/start/")
    work()
    assert hana.get(f"{FILES}{made.json()['id']}/").json()["state"] == "done"
    assert Review.objects.get().opening.source == "Light ? x."
