"""Signals of fraud: they hold, explain and forget nothing; one alone is never enough."""

from datetime import timedelta

import pytest

from community.notifications.models import Notification
from forums.reviews.models import Came, Review, StaffDevice
from forums.reviews.signals import runs_of, sketch_of
from forums.reviews.writing import Said
from moderation.flags.models import Case
from tests.forums.reviews.scenes import five_rate
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
NEW = "/products/beam-2/reviews/new/"
WORDS = ["Sound", "Fit", "Hinge", "Case", "Noise", "Range", "Bass", "Calls", "Weight", "Colour", "Price", "App"]


def burst(cast, client) -> list[Review]:
    """Twelve people, three devices, within ten minutes, by the page."""
    for number, word in enumerate(WORDS):
        client.force_login(cast.person(f"buyer{number}"))
        says = {
            "stars": "5",
            "title": f"{word} is what I like",
            "text": f"The {word.lower()} is fine.",
            "once": f"k{number}",
        }
        agent = f"Browser {number % 3}"
        page = client.post(NEW, says, REMOTE_ADDR=f"203.0.{number % 3}.7", HTTP_USER_AGENT=agent)
        assert page.status_code == 302
    client.logout()
    return list(Review.objects.order_by("pk"))


def test_ac_rev_7_twelve_reviews_from_three_devices_are_held_and_explained(cast, client):
    cast.beam2  # noqa: B018
    held = burst(cast, client)
    assert len(held) == 12
    assert all(review.thread.is_hidden and review.counted_as == 0 for review in held)
    work()
    cases = Case.objects.open()
    assert cases.count() == 12
    found = {finding.rule: finding.reason for finding in cases.last().findings.all()}
    assert set(found) >= {"reviews:burst", "reviews:device"}
    assert "12 reviews within 10 minutes" in found["reviews:burst"]
    assert "3 others reviewed the same product from the same device" in found["reviews:device"]
    client.force_login(cast.hana)
    page = one_line(client.get(f"/desk/flags/{cases.last().pk}/"))
    assert "12 reviews within 10 minutes" in page
    assert "from the same device" in page


def test_ac_rev_7_its_writers_read_of_an_extra_check(cast, client):
    cast.beam2  # noqa: B018
    review = burst(cast, client)[-1]
    work()
    client.force_login(review.author)
    page = one_line(client.get(review.get_absolute_url()))
    assert "Extra check, up to 2 days: unusually many reviews" in page
    assert "can appeal" in page
    told = Notification.objects.filter(person=review.author, kind="review").first()
    assert "Extra check, up to 2 days" in str(told.text)
    assert "203.0" not in page


def test_one_signal_alone_holds_nothing(cast, client):
    five_rate(cast, cast.beam2)  # five new accounts at once, from nowhere in particular
    assert not Review.objects.filter(thread__is_hidden=True).exists()
    same = Came("d" * 32, "n" * 32)
    for name in ("uma", "tom"):  # two of a family, one device
        Review.objects.write(Said(stars=1), by=cast.person(name), product=cast.kettle_one, came=same)
    assert not Review.objects.filter(thread__is_hidden=True).exists()


def test_a_copied_text_from_the_same_device_is_held_and_ones_own_is_not(cast):
    words = "I took these headphones to the sea and back, and not once did they lose the connection to my phone."
    same = Came("d" * 32)
    Review.objects.write(Said(stars=5, source=words), by=cast.ana, product=cast.beam2, came=same)
    own = Review.objects.write(Said(stars=5, source=words), by=cast.ana, product=cast.kettle_one, came=same)
    copy = Review.objects.write(
        Said(stars=5, source=words.replace("not once did they", "they did not")),
        by=cast.chris, product=cast.beam2, came=same,
    )  # fmt: skip
    assert not own.thread.is_hidden
    assert copy.thread.is_hidden


def test_sketches_of_like_texts_meet(cast):
    one = "The left ear is louder than the right one since the update, and it hums at night when the fridge starts."
    other = one.replace("hums at night", "hums in the night")
    assert set(sketch_of(one)) & set(sketch_of(other))
    assert not sketch_of("Very good.")
    assert all(0 <= value < 2**31 for value in runs_of(one))


def test_ac_rev_7_stars_that_are_moved_together_are_a_burst_as_well(cast, time_machine):
    """Twelve people on three devices raise old reviews within ten minutes: they wait, their old dates stay."""
    time_machine.move_to("2026-06-01T10:00:00Z", tick=False)
    old = []
    for number, word in enumerate(WORDS):
        time_machine.shift(timedelta(days=9))
        said = Said(stars=2, title=word, source=f"The {word.lower()} is poor.")
        old.append(Review.objects.write(said, by=cast.person(f"buyer{number}"), product=cast.beam2))
    assert not Review.objects.filter(thread__is_hidden=True).exists()
    dates = [review.written_at for review in old]
    time_machine.shift(timedelta(days=30))
    for number, review in enumerate(old):
        said = Said(stars=5, title=WORDS[number], source=f"The {WORDS[number].lower()} is fine after all.")
        came = Came(str(number % 3) * 32)
        review.rewrite(said, by=review.author, version=review.opening.version, came=came)
        time_machine.shift(timedelta(seconds=40))
    held = Review.objects.order_by("pk")
    assert all(review.thread.is_hidden and review.counted_as == 0 for review in held)
    assert [review.written_at for review in held] == dates
    assert held[0].ratings.last().stars == 5
    work()
    found = {finding.rule: finding.reason for finding in Case.objects.open().last().findings.all()}
    assert "12 reviews within 10 minutes" in found["reviews:burst"]
    assert "3 others reviewed the same product from the same device" in found["reviews:device"]


def test_words_that_are_taken_from_somebody_elses_review_are_seen_when_they_come_by_an_edit(cast):
    words = "I took these headphones to the sea and back, and not once did they lose the connection to my phone."
    same = Came("d" * 32)
    Review.objects.write(Said(stars=5, source=words), by=cast.ana, product=cast.beam2, came=same)
    other = Review.objects.write(Said(stars=3, source="So so."), by=cast.chris, product=cast.beam2)
    other.rewrite(Said(stars=5, pros=words), by=cast.chris, version=1, came=same)
    assert Review.objects.get(pk=other.pk).thread.is_hidden
    other.opening.restore(by=cast.hana)
    fixed = Said(stars=5, title="Typing mistake gone", pros=words)
    other.rewrite(fixed, by=cast.chris, version=Review.objects.get(pk=other.pk).opening.version, came=same)
    assert not Review.objects.get(pk=other.pk).thread.is_hidden, "somebody has looked, and it was harmless"


def test_a_spelling_mistake_that_is_put_right_in_busy_minutes_holds_nothing(cast):
    review = Review.objects.write(Said(stars=4, source="Godo sound."), by=cast.ana, product=cast.beam2)
    five_rate(cast, cast.beam2)
    review.rewrite(Said(stars=4, source="Good sound."), by=cast.ana, version=1, came=Came("a" * 32))
    assert not Review.objects.filter(thread__is_hidden=True).exists()


def test_a_device_of_the_team_is_seen_when_a_review_is_changed_from_it(cast):
    review = Review.objects.write(Said(stars=2, source="The hinge is weak."), by=cast.chris, product=cast.beam2)
    StaffDevice.objects.create(person=cast.dora, device="d" * 32)
    review.rewrite(Said(stars=5, source="The hinge is strong."), by=cast.chris, version=1, came=Came("d" * 32))
    review = Review.objects.get()
    assert (review.counted_as, review.aside.cause) == (0, "insider")
