"""Undo send, for reviews: gone from page, numbers and lists, and everything that was typed is in the form again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.catalogue.models import Purchase
from community.notifications.models import Notification
from community.notifications.watched import set_level
from forums.reviews.models import Photo, Review
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.community.notifications.days import paced, turn
from tests.forums.reviews.scenes import photo_bytes, shop_tells
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
NEW = "/products/beam-2/reviews/new/"
TEXT = "Four weeks on the train, and I hear nothing of it."


@pytest.fixture(autouse=True)
def half_a_minute(settings):
    settings.UNDO_SECONDS = 30


@pytest.fixture
def typed(cast):
    cast.beam2  # noqa: B018 - there to be reviewed
    return {
        "stars": "2", "title": "Quiet trains at last", "text": TEXT, "pros": "Noise cancelling",
        "cons": "The case is large", "use_case": "On the train", "owned_for": "weeks", "product_version": cast.fw32.pk,
    }  # fmt: skip


def ben_reviews(client, cast, typed) -> Review:
    client.force_login(cast.ben)
    client.post(NEW, {**typed, "photos": [SimpleUploadedFile("desk.jpg", photo_bytes(), "image/jpeg")]})
    return Review.objects.get()


def undo_of(review: Review) -> str:
    return f"/posts/{review.thread.posts.get(kind='opening').pk}/undo/"


def test_it_is_offered_and_gives_words_stars_and_photos_back(client, cast, typed):
    review = ben_reviews(client, cast, typed)
    work()
    address = review.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Thank you. Your review is here." in page
    assert f'action="{undo_of(review)}"' in page
    cast.beam2.score.refresh_from_db()
    assert cast.beam2.score.n == 1
    back = client.post(undo_of(review), {"once": "u1"}, follow=True)
    page = one_line(back)
    assert back.redirect_chain[-1][0] == NEW
    assert "Not sent. Your text is here again." in page
    for words in (TEXT, "Quiet trains at last", "Noise cancelling", "The case is large", "On the train"):
        assert words in page
    assert re.search(r'name="stars" value="2"[^>]* checked', page)
    assert re.search(rf'<option value="{cast.fw32.pk}" selected', page)
    assert page.count('name="photo" value=') == 1
    work()
    assert not Review.objects.exists()
    cast.beam2.score.refresh_from_db()
    assert cast.beam2.score.n == 0
    assert client.get(address).status_code == 410
    assert "Quiet trains" not in client.get("/products/beam-2/reviews/").content.decode()
    assert "Quiet trains" not in client.get("/search/", {"q": "quiet trains"}).content.decode()


def test_it_can_be_written_again_with_the_same_photo_and_the_same_order(client, cast, typed):
    cast.confirm(cast.ben)
    shop_tells(cast, email="ben@example.org")
    first = ben_reviews(client, cast, typed)
    assert first.is_verified
    photo = Photo.objects.get().attachment
    for key in ("u1", "u1", "u2"):  # clicked twice, and once more from another tab
        client.post(undo_of(first), {"once": key})
    work()
    again = client.post(NEW, {**typed, "stars": "4", "photo": [photo.key], f"alt-{photo.key}": "My desk"}, follow=True)
    second = Review.objects.get()
    work()
    assert again.redirect_chain[-1][0] == second.get_absolute_url()
    assert second.pk != first.pk
    assert (second.stars, second.is_verified, second.photos.get().attachment) == (4, True, photo)
    assert Purchase.objects.get().proofs.get().review == second
    assert one_line(client.get("/reviews/mine/")).count("Quiet trains at last") == 1


@pytest.mark.parametrize("is_undone", [True, False])
def test_what_was_undone_waits_on_the_desk_no_longer_and_nobody_was_told(client, cast, typed, is_undone):
    cast.confirm(cast.chris)
    paced(cast.chris)
    set_level(cast.chris, f"person:{cast.ben.pk}", "watch")
    review = ben_reviews(client, cast, typed)
    turn()
    assert not mail.outbox
    assert review.thread.item.state == "open"
    if is_undone:
        client.post(undo_of(review))
    with time_machine.travel(timezone.now() + timedelta(seconds=40), tick=True):
        turn()
    review.thread.item.refresh_from_db()
    assert review.thread.item.state == ("closed" if is_undone else "open")
    assert [letter.to for letter in mail.outbox] == ([] if is_undone else [[cast.chris.email]])
    assert Notification.objects.filter(person=cast.chris, gone_at=None).exists() is not is_undone


def test_when_the_worker_comes_only_after_it_was_undone_nothing_fails(client, cast, typed):
    review = ben_reviews(client, cast, typed)
    client.post(undo_of(review))
    work()
    assert not Review.objects.exists()
    assert not Post.objects.filter(thread=review.pk, is_hidden=False).exists()


def test_what_the_team_has_answered_stays_and_so_does_what_is_old_or_of_others(client, cast, typed):
    review = ben_reviews(client, cast, typed)
    with time_machine.travel(timezone.now() + timedelta(seconds=36), tick=True):
        late = client.post(undo_of(review))
        assert (late.status_code, "It is too late to undo this" in one_line(late)) == (409, True)
    client.force_login(cast.mallory)
    assert client.post(undo_of(review)).status_code == 404
    answer(review.thread, by=cast.dora, source="Thank you, Ben. What does the case not fit in?", as_staff=True)
    client.force_login(cast.ben)
    assert client.post(undo_of(review)).status_code == 409
    assert Review.objects.get() == review


def test_a_review_of_the_company_is_undone_too_and_its_form_is_that_of_the_company(client, cast):
    client.force_login(cast.ben)
    client.post("/reviews/company/new/", {"stars": "5", "title": "They answer", "text": "Within the hour, each time."})
    back = client.post(undo_of(Review.objects.get()), follow=True)
    assert back.redirect_chain[-1][0] == "/reviews/company/new/"
    assert "Within the hour, each time." in one_line(back)
    assert not Review.objects.exists()


def test_what_waits_for_a_look_is_not_taken_back(client, cast, typed):
    review = ben_reviews(client, cast, typed)
    review.opening.hold(["words"], by=cast.ben)
    reply = client.post(undo_of(review))
    assert reply.status_code == 409
    assert "A person looks at it first" in one_line(reply)
    assert Review.objects.exists()
