"""Writing and changing a review, through its pages (AC-REV-1, AC-REV-5)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forums.reviews.models import Aspect, Photo, Review
from forums.threads.models import Draft
from tests.forums.reviews.scenes import ana_reviews, photo_bytes, reviews, shop_tells
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
NEW = "/products/beam-2/reviews/new/"


def picture(name: str = "desk.jpg") -> SimpleUploadedFile:
    """A photo as a form sends it."""
    return SimpleUploadedFile(name, photo_bytes(), "image/jpeg")


@pytest.fixture
def typed(cast):
    cast.beam2  # noqa: B018 - there to be reviewed
    return {
        "stars": "4", "title": "Quiet trains at last", "text": "Four weeks on the train, and I hear nothing of it.",
        "pros": "Noise cancelling\nLight", "cons": "The case is large", "use_case": "On the train",
        "owned_for": "weeks", "product_version": cast.fw32.pk,
    }  # fmt: skip


def test_ac_rev_1_ana_reviews_with_two_photos_and_is_a_verified_owner(cast, client, typed):
    cast.confirm(cast.ana)
    shop_tells(cast)
    client.force_login(cast.ana)
    assert client.get(NEW).status_code == 200
    answer = client.post(NEW, {**typed, "photos": [picture("one.jpg"), picture("two.jpg")]}, follow=True)

    review = Review.objects.get()
    assert (review.stars, review.pros, review.use_case) == (4, "Noise cancelling\nLight", "On the train")
    assert review.thread.product_version == cast.fw32
    assert answer.redirect_chain[-1][0] == review.get_absolute_url()
    assert "Verified owner" in one_line(answer)
    for photo in Photo.objects.all():
        data = b"".join(client.get(photo.attachment.get_absolute_url()).streaming_content)
        assert not Image.open(io.BytesIO(data)).getexif()
    assert Photo.objects.count() == 2


def test_the_text_does_not_wait_for_the_photos_of_a_newcomer(cast, client, typed):
    client.force_login(cast.ana)
    client.post(NEW, {**typed, "photos": [picture()]})
    photo, review = Photo.objects.get(), Review.objects.get()
    assert (photo.is_hidden, review.thread.is_hidden) == (True, False)
    client.logout()
    assert client.get(photo.attachment.get_absolute_url()).status_code == 404
    assert photo.attachment.key not in client.get(review.get_absolute_url()).content.decode()

    client.force_login(cast.hana)
    assert photo.attachment.key in client.get("/reviews/photos/").content.decode()
    client.post(f"/reviews/photos/{photo.pk}/show/")
    client.logout()
    assert photo.attachment.key in client.get(review.get_absolute_url()).content.decode()

    client.force_login(cast.hana)
    assert client.post(f"/reviews/photos/{photo.pk}/hide/", {"reason": ""}).status_code == 422
    client.post(f"/reviews/photos/{photo.pk}/hide/", {"reason": "A child is in it"})
    client.logout()
    page = client.get(review.get_absolute_url())
    assert photo.attachment.key not in page.content.decode()
    assert "Quiet trains at last" in page.content.decode()


def test_the_photos_of_those_who_are_known_are_seen_at_once(cast, client, typed):
    client.force_login(cast.ben)
    client.post(NEW, {**typed, "photos": [picture()]})
    assert not Photo.objects.get().is_hidden
    assert Review.objects.get().photo_count == 1


@pytest.mark.parametrize("stars", ["0", "6", "", "four"])
def test_ac_rev_1_zero_or_six_stars_are_422_and_the_text_comes_back(cast, client, typed, stars):
    client.force_login(cast.ana)
    answer = client.post(NEW, {**typed, "stars": stars})
    assert answer.status_code == 422
    assert "Four weeks on the train" in answer.content.decode()
    assert not Review.objects.exists()


def test_ac_rev_1_stars_only(cast, client, settings):
    cast.beam2  # noqa: B018
    client.force_login(cast.ana)
    assert client.post(NEW, {"stars": "5"}).status_code == 302
    settings.REVIEW_TEXT_REQUIRED = True
    client.force_login(cast.ben)
    assert client.post(NEW, {"stars": "5"}).status_code == 422


def test_ac_rev_1_the_second_review_opens_the_edit_form(cast, client, typed):
    review = ana_reviews(cast)
    client.force_login(cast.ana)
    edit = f"/reviews/{review.pk}/deeds/edit/"
    assert client.get(NEW).headers["Location"] == edit

    answer = client.post(NEW, {**typed, "text": "Something new that I typed."})
    assert answer.status_code == 409
    assert "Something new that I typed." in answer.content.decode()
    assert Review.objects.count() == 1


def test_a_preview_shows_the_review_and_publishes_nothing(cast, client, typed):
    client.force_login(cast.ben)
    answer = client.post(NEW, {**typed, "preview": "1", "photos": [picture()]})
    assert answer.status_code == 200
    assert 'data-testid="preview"' in answer.content.decode()
    assert not Review.objects.exists()

    key = answer.context["photos"][0][0].key
    client.post(NEW, {**typed, "photo": key, f"alt-{key}": "On my desk"})
    assert Photo.objects.get().alt == "On my desk"


def test_what_photos_show_is_said_with_them_and_again_later(cast, client, typed):
    client.force_login(cast.ben)
    client.post(NEW, {**typed, "photos": [picture()], "shows-new": ["On my desk"]})
    photo = Photo.objects.get()
    assert photo.alt == "On my desk"
    edit = f"/reviews/{photo.review_id}/deeds/edit/"
    assert f'name="shows-photo-{photo.pk}" value="On my desk"' in client.get(edit).content.decode()
    client.post(edit, {**typed, "version": "1", f"shows-photo-{photo.pk}": "On my desk, with the case"})
    photo.refresh_from_db()
    assert photo.alt == "On my desk, with the case"
    client.post(edit, {**typed, "version": "1", f"shows-photo-{photo.pk}": "Call me at +49 30 901820"})
    photo.refresh_from_db()
    assert photo.alt == "On my desk, with the case", "the gate reads these words as well"


def test_what_is_private_is_refused_and_can_be_blacked_out_everywhere(cast, client, typed):
    client.force_login(cast.ana)
    told = {**typed, "text": "Call me at +49 30 901820 please.", "cons": "Order NL-1001 came late"}
    answer = client.post(NEW, told)
    assert answer.status_code == 422
    assert not Review.objects.exists()
    client.post(NEW, {**told, "black_out": "1"})
    review = Review.objects.get()
    assert "901820" not in review.opening.source
    assert "NL-1001" not in review.cons


def test_aspects_of_the_line_are_rated_and_no_others(cast, client, typed):
    line = cast.beam2.line = Aspect._meta.get_field("line").related_model.objects.create(name="Headphones", slug="head")
    cast.beam2.save()
    sound = Aspect.objects.create(line=line, name="Sound")
    client.force_login(cast.ana)
    client.post(NEW, {**typed, f"aspect-{sound.pk}": "5", "aspect-999": "1"})
    assert list(Review.objects.get().aspect_ratings.values_list("aspect__name", "stars")) == [("Sound", 5)]


def test_what_somebody_typed_before_signing_in_is_their_draft(cast, client, typed):
    assert client.post(NEW, typed).status_code == 302
    client.force_login(cast.ana)
    assert typed["text"] in client.get(NEW).content.decode()
    assert Draft.objects.get(person=cast.ana).place == f"review:{cast.beam2.pk}"


def test_ac_rev_5_from_two_to_four_stars_after_the_team_helped(cast, client, typed):
    review = ana_reviews(cast, 2)
    client.force_login(cast.dora)
    client.post(f"/threads/{review.pk}/reply/", {"text": "The update of Monday repairs this.", "as_staff": "1"})
    client.force_login(cast.ana)
    form = client.get(f"/reviews/{review.pk}/deeds/edit/").context["form"]
    told = {**typed, "version": form["version"].value(), "stars": "4"}
    client.post(f"/reviews/{review.pk}/deeds/edit/", told)

    client.logout()
    page = one_line(client.get(f"/reviews/{review.pk}/", follow=True))
    assert "Changed from 2 to 4 stars" in page
    assert "updated after support" in page
    assert "Dora, Bluetooth" in page
    history = one_line(client.get(f"/reviews/{review.pk}/history/stars/"))
    assert "2 → 4 stars" in history
    assert "2 stars at first" in history
    assert "updated after support" in history


def test_a_stale_edit_gives_both_texts(cast, client, typed):
    review = ana_reviews(cast)
    client.force_login(cast.ana)
    url = f"/reviews/{review.pk}/deeds/edit/"
    assert client.post(url, {**typed, "version": "1"}).status_code == 302
    answer = client.post(url, {**typed, "version": "1", "text": "Written in the other window."})
    assert answer.status_code == 409
    assert "Written in the other window." in answer.content.decode()


def test_nobody_else_finds_the_form_of_a_review(cast, client, typed):
    review = ana_reviews(cast)
    for person in (cast.mallory, cast.ben, cast.kim, cast.hana):
        client.force_login(person)
        assert client.get(f"/reviews/{review.pk}/deeds/edit/").status_code == 404
        assert client.post(f"/reviews/{review.pk}/deeds/edit/", {**typed, "version": "1"}).status_code == 404


def test_kim_confirms_an_owner_through_the_page(cast, client):
    review = reviews(cast.chris, 5, cast.beam2)
    url = f"/reviews/{review.pk}/deeds/owner/"
    client.force_login(cast.dora)
    assert client.get(url).status_code == 403
    client.force_login(cast.kim)
    assert client.post(url, {"order_number": "", "reason": "Trust me"}).status_code == 422
    client.post(url, {"order_number": "NL-9", "reason": "Saw the receipt"})
    client.logout()
    page = one_line(client.get(review.get_absolute_url()))
    assert "Confirmed by staff on proof" in page
    assert "NL-9" not in page


def test_the_company_is_reviewed_once(cast, client, typed):
    client.force_login(cast.ana)
    assert client.post("/reviews/company/new/", {"stars": "3", "text": "Fair people."}).status_code == 302
    assert client.get("/reviews/company/new/").status_code == 302
    client.logout()
    assert "Fair people." in client.get("/reviews/company/").content.decode()
    assert "Fair people." not in client.get("/reviews/").content.decode()


def test_a_change_that_was_begun_is_there_on_another_device_and_gone_once_it_is_said(cast, client):
    review = ana_reviews(cast)
    place, said = f"review-edit:{review.pk}", {"stars": "2", "cons": "The hinge"}
    Draft.objects.keep(by=cast.ana, place=place, text="It creaks by now.", title="After a year", chosen=said)
    client.force_login(cast.ana)
    page = client.get(f"/reviews/{review.pk}/deeds/edit/")
    assert "This is what you had begun" in one_line(page)
    form = page.context["form"]
    assert [form[name].value() for name in ("stars", "text", "title", "cons")] == [
        "2", "It creaks by now.", "After a year", "The hinge",
    ]  # fmt: skip
    version = review.opening.version
    client.post(f"/reviews/{review.pk}/deeds/edit/", {"stars": 2, "text": "It creaks by now.", "version": version})
    assert not Draft.objects.exists()


def test_a_review_without_a_title_is_called_by_its_words_also_when_they_change(cast, client):
    review = ana_reviews(cast, title="", source="The lid sticks.")
    client.force_login(cast.ana)
    form = client.get(f"/reviews/{review.pk}/deeds/edit/").context["form"]
    assert form["title"].value() == ""
    said = {"stars": 4, "title": "", "text": "The lid is fine since I oiled it.", "version": review.opening.version}
    client.post(f"/reviews/{review.pk}/deeds/edit/", said)
    assert Review.objects.get().thread.title == "The lid is fine since I oiled it."
