"""Managers bring reviews in and hand them out by pages: a look first, then a job; what goes out comes back the same."""

import gzip
import json
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.reviews.bringing.jobs import keep, look_at, take_in
from forums.reviews.bringing.taking import Report
from forums.reviews.models import Review, ReviewFile
from forums.threads.models import Thread
from tests.forums.reviews.scenes import ana_reviews, reviews, shop_tells
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
ROWS = b"""nr,item,rating,headline,words
1,Beam 2,5,Light,A whole day on the train.
2,Toaster,4,,Brown bread.
3,Beam 2,0,,Bad.
4,Beam 2,3,,"So, so."
"""


def upload(client, data=ROWS, name="reviews.csv", **more):
    file = SimpleUploadedFile(name, data, "text/csv")
    return client.post("/desk/reviews/files/", {"source": "Old shop", "file": file, **more})


def test_a_file_is_looked_at_then_taken_in_by_a_job_and_twice_changes_nothing(cast, client):
    cast.beam2  # noqa: B018
    client.force_login(cast.hana)
    place = upload(client, gzip.compress(ROWS), "reviews.csv.gz").url
    assert "0 of 4 rows" in one_line(client.get(place))
    assert client.post(place + "start/", HTTP_HX_REQUEST="true").status_code == 409
    work()
    look = one_line(client.get(place))
    assert "Take in 2 reviews" in look
    assert "Line 3: There is no product “Toaster”." in look
    assert "Line 4: 0 is not one to five stars." in look
    assert not Thread.objects.exists()
    columns = {f"column_{ours}": theirs for ours, theirs in [("product", "item"), ("stars", "rating")]}
    columns |= {"column_title": "headline", "column_text": "words", "column_id": "nr"}
    nothing = {f"column_{name}": "—" for name in ("pros", "cons", "author", "author_id", "written_at", "locale")}
    client.post(place, columns | nothing | {"once": "k1"})
    work()
    assert "A whole day on the train." in one_line(client.get(place))
    assert client.post(place + "start/").status_code == 302
    assert client.post(place + "start/", HTTP_HX_REQUEST="true").status_code == 409
    work()
    done = one_line(client.get(place))
    assert "2 new, 0 known already, 2 faulty." in done
    assert list(Review.objects.order_by("pk").values_list("stars", flat=True)) == [5, 3]
    assert not ReviewFile.objects.get().packed
    again = upload(client).url
    client.post(again, columns | nothing | {"once": "k2"})
    work()
    assert "<b>0</b><span>new</span>" in one_line(client.get(again))
    client.force_login(cast.kim)
    assert "brought in reviews of Old shop: 2 new" in client.get("/desk/actions/").content.decode()


def test_a_job_that_was_killed_goes_on_where_it_was(cast, client):
    client.force_login(cast.hana)
    upload(client, product=cast.beam2.pk)
    work()
    file = ReviewFile.objects.get()
    file.start(by=cast.hana)
    from_before = ReviewFile.objects.get()
    take_in(from_before)
    ReviewFile.objects.update(state="running", packed=gzip.compress(ROWS), added=3)  # killed before its end
    take_in(ReviewFile.objects.get())
    done = ReviewFile.objects.get()
    assert (done.state, done.added, done.known, Review.objects.count()) == ("done", 3, 0, 3)


def test_a_large_file_is_looked_at_by_a_job_and_its_page_says_how_far(cast, client, django_assert_max_num_queries):
    rows = b"".join(b"%d,Beam 2,%d,,Good for the train.\n" % (n, 1 + n % 5) for n in range(1200))
    cast.beam2  # noqa: B018
    client.force_login(cast.hana)
    with django_assert_max_num_queries(40):  # nothing is done for each row while somebody waits
        place = upload(client, b"id,product,stars,title,text\n" + rows).url
    with django_assert_max_num_queries(15):
        page = one_line(client.get(place))
    assert "0 of 1200 rows" in page
    assert 'hx-trigger="every 1s"' in page
    file = ReviewFile.objects.get()
    keep(file, Report(added=400, known=0), 0)
    assert "400 of 1200 rows" in one_line(client.get(place, HTTP_HX_REQUEST="true"))
    work()
    answer = client.get(place, HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Refresh"] == "true"
    with django_assert_max_num_queries(15):
        page = one_line(client.get(place))
    assert "Take in 1200 reviews" in page
    assert "Good for the train." in page
    assert not Thread.objects.exists()


def test_what_is_shown_before_it_is_taken_in_is_what_would_be_taken_in(cast, client):
    cast.beam2  # noqa: B018
    client.force_login(cast.hana)
    rows = b"id,product,stars,title,text\n1,Nobodys,4,Of something else,Text\n2,Beam 2,5,Of ours,Text\n"
    place = upload(client, rows).url
    work()
    page = one_line(client.get(place))
    assert "Of ours" in page
    assert "Of something else" not in page
    assert "Line 2: There is no product" in page


def test_a_look_whose_worker_was_killed_is_taken_up_by_the_sweep(cast, client):
    client.force_login(cast.hana)
    upload(client, product=cast.beam2.pk)
    assert not ReviewFile.objects.left_waiting().exists()
    ReviewFile.objects.update(moved_at="2026-01-01T00:00Z")
    look_at(ReviewFile.objects.left_waiting().get())
    look_at(ReviewFile.objects.get())  # a second job changes nothing
    file = ReviewFile.objects.get()
    assert (file.state, file.added, file.fault_count, file.names[0]) == ("seen", 3, 1, "nr")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00", "This is no text in UTF-8."),
        (b"[1, 2", "This is no JSON"),
        (b'{"reviews": 3}', "This is no list of reviews."),
        (b"\x1f\x8bbroken", "This file is broken."),
    ],
)
def test_what_is_no_file_of_reviews_is_refused_with_a_sentence(cast, client, data, words):
    client.force_login(cast.hana)
    answer = upload(client, data)
    assert answer.status_code == 422
    assert words in one_line(answer)


def test_only_managers_come_here(cast, client):
    for path in ("asking/", "files/", "out/", "out/export/?format=csv"):
        for person, status in ((cast.mallory, 404), (cast.dora, 403)):
            client.force_login(person)
            assert client.get(f"/desk/reviews/{path}").status_code == status


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_goes_out_comes_back_the_same(cast, client, kind):
    shop_tells(cast)
    cast.confirm(cast.ana)
    ana_reviews(cast, 4, title="=1+1", pros="- light\n- loud", use_case="on the train")
    client.force_login(cast.hana)
    out = b"".join(client.get(f"/desk/reviews/out/export/?format={kind}&product={cast.beam2.pk}"))
    before = Review.objects.get()
    assert (b"'=1+1" in out) == (kind == "csv")
    assert b"NL-1001" not in out
    assert b"@example.org" not in out
    Review.objects.all().delete()
    Thread.objects.all().delete()
    place = upload(client, out, f"reviews.{kind}").url
    work()
    client.post(place + "start/")
    work()
    after = Review.objects.get()
    for name in ("stars", "pros", "cons", "use_case", "written_at"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.thread.title, after.brought.was_verified) == ("=1+1", True)


def test_people_take_their_own_reviews_with_them(cast, client):
    ana_reviews(cast, 4, title="After four weeks")
    reviews(cast.ben, 1, cast.beam2, title="Not mine")
    client.force_login(cast.ana)
    page = client.get("/reviews/mine/").content.decode()
    assert "After four weeks" in page
    assert "Not mine" not in page
    told = json.loads(b"".join(client.get("/reviews/mine/export/")))
    assert [row["title"] for row in told["reviews"]] == ["After four weeks"]


def test_the_shopping_feed_holds_what_counts_with_stars_marks_and_addresses(cast, client, monkeypatch):
    shop_tells(cast)
    cast.confirm(cast.ana)
    first = ana_reviews(cast, 4, title="Light & loud <3", pros="- light\n- loud")
    second = reviews(cast.ben, 1, cast.beam2)
    reviews(cast.chris, 5)  # of the company
    second.set_aside("other", "Works for us", by=cast.hana)
    third = reviews(cast.chris, 2, cast.beam2)
    answer = client.get("/feeds/product-reviews.xml")
    feed = ElementTree.fromstring(answer.content)
    told = feed.findall("reviews/review")
    assert [row.findtext("review_id") for row in told] == [str(first.pk), str(third.pk)]
    assert told[0].findtext("title") == "Light & loud <3"
    assert [line.text for line in told[0].findall("pros/pro")] == ["light", "loud"]
    assert [row.findtext("ratings/overall") for row in told] == ["4", "2"]
    assert [row.findtext("is_verified_purchase") for row in told] == ["true", "false"]
    assert told[0].findtext("products/product/product_url").endswith("/products/beam-2/")
    assert b"NL-1001" not in answer.content
    monkeypatch.setattr("forums.feeds.shopping.A_PART", 1)
    part = client.get("/feeds/product-reviews.xml")
    assert part.headers["Link"] == f'<http://localhost:8000/feeds/product-reviews.xml?after={first.pk}>; rel="next"'
