"""The CRM proves owners of reviews: by what it says before somebody writes, and after."""

import json
from datetime import UTC, datetime

import pytest

from moderation.crm.connectors.webhook import sign
from moderation.crm.models import Entitlement
from tests.forums.reviews.scenes import ana_reviews, reviews
from tests.jobs import work
from tests.moderation.crm.receiver import SECRET
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
ANAS = {"id": "ENT-7", "email": "Ana@example.org", "product": "beam-2"}


def says(client, *told, name="msg-1", secret=SECRET):
    at, body = datetime.now(UTC), json.dumps({"entitlements": list(told)}).encode()
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(secret, name, at, body),
    }
    return client.post("/hooks/crm/desk/", body, content_type="application/json", headers=headers)


def test_a_review_that_is_here_is_proven_by_a_confirmed_address(cast, client, webhook):
    review = ana_reviews(cast)
    assert says(client, ANAS).status_code == 202
    review.refresh_from_db()
    assert review.proof == ""  # nobody has shown yet that the address is hers
    cast.confirm(cast.ana)
    assert says(client, ANAS, name="msg-2").status_code == 202
    review.refresh_from_db()
    assert (review.proof, review.proofs.get().reference) == ("crm", "ENT-7")
    page = one_line(client.get(review.get_absolute_url()))
    assert 'data-testid="verified-owner"' in page
    assert "ENT-7" not in page
    assert Entitlement.objects.count() == 1


def test_a_review_that_comes_later_is_proven_when_it_is_written(cast, client, webhook):
    cast.beam2  # noqa: B018
    cast.confirm(cast.ana)
    says(client, ANAS, {**ANAS, "id": "ENT-8", "product": "kettle-one", "ended": True})
    review = ana_reviews(cast)
    other = reviews(cast.ana, 2, cast.kettle_one)
    work()
    review.refresh_from_db()
    other.refresh_from_db()
    assert (review.proof, other.proof) == ("crm", "")


def test_unsigned_and_odd_messages_prove_nothing(cast, client, webhook):
    cast.beam2  # noqa: B018
    assert says(client, ANAS, secret="whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==").status_code == 401
    assert says(client, {"id": "ENT-7"}).status_code == 400
    assert says(client, {**ANAS, "email": "nobody"}, {**ANAS, "product": "nothing"}, name="msg-3").status_code == 202
    assert not Entitlement.objects.exists()
