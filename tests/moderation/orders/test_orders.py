"""The order feed: a file with a mapping, signed messages, each line once, faults by their line."""

import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.catalogue.models import Purchase
from community.inbound.hook import signature
from forums.reviews.models import Review
from moderation.orders.reading import FIELDS
from tests.forums.reviews.scenes import ana_reviews
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
CSV = """Bestellung;Artikel;Mail;Geliefert
nl-1001;Beam 2;Ana@example.org;2026-11-02
NL-1002;Toaster;chris@example.org;2026-11-02
;Beam 2;ben@example.org;
NL-1003;beam-2;no address;
"""
COLUMNS = {"order": "Bestellung", "product": "Artikel", "email": "Mail", "delivered_at": "Geliefert"}


def upload(client, text=CSV):
    columns = {f"column_{name}": COLUMNS.get(name, name) for name in FIELDS}
    file = SimpleUploadedFile("orders.csv", text.encode(), "text/csv")
    return client.post("/desk/orders/", {"source": "shop", "file": file, **columns})


def tell(client, settings, orders, secret="s3cret", sign_with="s3cret"):
    settings.ORDER_HOOK_SECRET = secret
    body, stamp = json.dumps({"orders": orders}).encode(), str(int(time.time()))
    signed = signature("m1", stamp, body, sign_with)
    headers = {"webhook-id": "m1", "webhook-timestamp": stamp, "webhook-signature": signed}
    return client.post("/hooks/orders/shop/", body, content_type="application/json", headers=headers)


def test_a_file_is_taken_once_and_its_faults_are_told_by_line(cast, client):
    cast.confirm(cast.ana)
    review = ana_reviews(cast)
    assert review.proof == ""
    client.force_login(cast.kim)
    page = one_line(upload(client))
    assert "1 new, 0 known already, 1 reviews proven." in page
    assert "Line 3: There is no product “Toaster”." in page
    assert "Line 4: It names no order." in page
    assert "Line 5: The mail address is none." in page
    assert Review.objects.get().proof == "order"
    assert "0 new, 1 known already, 0 reviews proven." in one_line(upload(client))
    assert Purchase.objects.count() == 1


def test_only_administrators_see_the_orders(cast, client):
    for person, status in ((cast.mallory, 404), (cast.dora, 403), (cast.kim, 200)):
        client.force_login(person)
        assert client.get("/desk/orders/").status_code == status
    client.logout()
    assert client.get("/desk/orders/").status_code == 302


def test_a_signed_message_is_taken_and_telling_it_twice_changes_nothing(cast, client, settings):
    cast.beam2  # noqa: B018
    order = {"order": "NL-7", "product": "beam-2", "email": "ana@example.org", "serial": "b2 99"}
    assert tell(client, settings, [order]).json() == {"new": 1, "known": 0, "proven": 0, "faults": []}
    assert tell(client, settings, [order]).json()["known"] == 1
    assert Purchase.objects.get().serial == "B299"
    settings.ORDER_FIELDS = {"order": "OrderNo"}
    told = tell(client, settings, [{"OrderNo": "NL-8", "product": "beam-2"}, "nonsense"]).json()
    assert (told["new"], told["faults"][0]["line"]) == (1, 2)


@pytest.mark.parametrize(("secret", "sign_with"), [("s3cret", "other"), ("", "")])
def test_a_message_that_is_not_signed_is_refused(cast, client, settings, secret, sign_with):
    assert tell(client, settings, [], secret, sign_with).status_code == 401
    assert client.post("/hooks/orders/shop/", b"{}", content_type="application/json").status_code == 401
