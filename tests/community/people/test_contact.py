"""Contact data is masked, or shown with a row that says who looked and why."""

import pytest

from community.events.models import Event
from community.people.contacting import masked_address
from community.refusals import Refusal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def looks(cast: Cast) -> int:
    return Event.objects.filter(verb="contact.seen", subject_id=cast.ana.pk).count()


@pytest.mark.parametrize("viewer", ["gil", "ivo", "hana", "ben", "mallory", "jo"])
def test_most_people_see_a_mask_whatever_they_want_it_for(cast: Cast, viewer):
    contact = cast.ana.contact_for(getattr(cast, viewer), purpose="call back")
    assert contact.email == "a•••@e•••.org"
    assert contact.order_numbers == ("NL•••",)
    assert contact.is_masked
    assert looks(cast) == 0


def test_an_agent_without_a_purpose_sees_a_mask(cast: Cast):
    assert cast.ana.contact_for(cast.dora).is_masked
    assert looks(cast) == 0


def test_an_agent_with_a_purpose_sees_it_and_the_look_is_on_record(cast: Cast):
    contact = cast.ana.contact_for(cast.dora, purpose="call back about order")
    assert (contact.email, contact.order_numbers) == ("ana@example.org", ("NL-1001",))
    event = Event.objects.get(verb="contact.seen")
    assert (event.actor, event.subject, event.details) == (cast.dora, cast.ana, {"purpose": "call back about order"})
    assert not event.is_public


def test_ten_people_an_hour_and_no_more(cast: Cast):
    for n in range(10):
        cast.person(f"customer{n}").contact_for(cast.dora, purpose="check")
    with pytest.raises(Refusal) as refused:
        cast.ana.contact_for(cast.dora, purpose="check")
    assert refused.value.status == 429
    assert not cast.ana.contact_for(cast.dora, purpose="push", counted=False).is_masked


def test_ana_sees_her_own(cast: Cast):
    assert cast.ana.contact_for(cast.ana).email == "ana@example.org"
    assert looks(cast) == 0


def test_strangers_see_a_mask(cast: Cast):
    assert cast.ana.contact_for(None, purpose="x").is_masked


@pytest.mark.parametrize(
    ("address", "mask"),
    [
        ("ana@example.org", "a•••@e•••.org"),
        ("a@b.co.uk", "a•••@b•••.uk"),
        ("", ""),
        ("broken", "•••"),
    ],
)
def test_masks(address, mask):
    assert masked_address(address) == mask
