"""A review is a thread like any other: reported, followed, found, queued and taken into private help."""

import pytest

from community.notifications.models import Notification
from moderation.escalation.models import Invitation
from moderation.flags.models import Case
from moderation.queue.models import Item
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast):
    said = {"title": "The hinge squeaks", "source": "It squeaks since the second day, on each train."}
    written = ana_reviews(cast, 2, **said)
    work()
    return written


def test_a_review_is_reported_and_becomes_a_case(cast, review):
    ben = Program(cast.ben)
    rule = ben.get("/rules/").json()["rows"][0]
    said = ben.post(f"/posts/{review.opening.pk}/flag/", {"rule": rule["id"], "note": "It is an advertisement."})
    assert said.status_code == 201
    assert Case.objects.open().get().subject == review.opening


def test_a_reply_is_told_to_its_writer_and_to_whoever_follows_it(cast, client, review):
    chris = Program(cast.chris)
    assert chris.put(f"/threads/{review.pk}/hearing/", {"level": "watch"}).status_code == 200
    client.force_login(cast.dora)
    client.post(f"/threads/{review.pk}/reply/", {"text": "A drop of oil helps.", "as_staff": "1"})
    work()
    told = Notification.objects.filter(url__contains=f"/reviews/{review.pk}/").values_list(
        "person__username", flat=True
    )
    assert {"ana", "chris"} <= set(told)


def test_a_review_is_found_by_its_words(cast, client, review):
    for page in ("/search/?q=squeaks", "/products/beam-2/reviews/?q=squeaks"):
        assert f'href="/reviews/{review.pk}/' in client.get(page).content.decode()
    assert f"/reviews/{review.pk}/" not in client.get("/search/?q=whistles").content.decode()


def test_a_review_of_two_stars_stands_on_the_desk_as_a_review_and_goes_private_from_there(cast, client, review):
    client.force_login(cast.dora)
    page = one_line(client.get("/desk/?q=kind:review"))
    assert "The hinge squeaks" in page
    assert "</svg>review" in page
    item = Item.objects.get(thread=review.thread)
    offer = {"channels": ["page"], "purpose": "I would like to look into it with you, in private."}
    assert client.post(f"/desk/items/{item.pk}/private/offer/", offer).status_code == 302
    assert Invitation.objects.get().customer == cast.ana
