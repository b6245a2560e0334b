"""AC-CRM-6: kim maps an XML order feed by path, sees what it finds, saves versions and goes back."""

import json
import time

import pytest

from community.catalogue.models import Purchase
from community.events.models import Event
from community.inbound.hook import signature
from moderation.crm.models import Connection
from moderation.mappings.models import MappingVersion
from tests.moderation.crm.test_ac_crm_6_hostile import HOSTILE, Ear

SECRET = "s3cret"
PAGE = "/desk/orders/mappings/shop/"
SAMPLE = """<?xml version="1.0"?>
<s:export xmlns:s="urn:shop"><s:orders>
  <s:order no="NL-41"><s:buyer><s:mail>ana@example.org</s:mail></s:buyer><s:placed>2026-11-02</s:placed>
    <s:line><s:article>Beam 2</s:article><s:serialNumber>b2 77</s:serialNumber></s:line></s:order>
  <s:order no="NL-42"><s:buyer><s:mail>chris@example.org</s:mail></s:buyer><s:placed>2026-11-03</s:placed>
    <s:line><s:article>Beam 9</s:article></s:line></s:order>
</s:orders></s:export>"""
PATHS = {
    "records": "orders/order", "path_order": "@no", "path_product": "line/article", "path_email": "buyer/mail",
    "path_serial": "line/serialNumber", "path_bought_at": "placed",
}  # fmt: skip


@pytest.fixture
def kim(client, cast):
    cast.beam2  # noqa: B018
    client.force_login(cast.kim)
    return client


def tell(client, settings, raw, kind="application/xml"):
    settings.ORDER_HOOK_SECRET = SECRET
    body, stamp = raw.encode(), str(int(time.time()))
    headers = {"webhook-id": "m1", "webhook-timestamp": stamp}
    headers["webhook-signature"] = signature("m1", stamp, body, SECRET)
    return client.post("/hooks/orders/shop/", body, content_type=kind, headers=headers)


def save(client, based_on, **changes):
    return client.post(PAGE, {**PATHS, **changes, "based_on": based_on, "reason": "as they send it"})


def test_ac_crm_6_the_paths_are_guessed_and_the_preview_shows_real_records(kim):
    page = kim.post(f"{PAGE}preview/", {"sample": SAMPLE}).content.decode()
    assert "2 records found" in page
    for cell in ("NL-41", "ana@example.org", "2026-11-02", "b2 77", "There is no product “Beam 9”."):
        assert cell in page
    for name, path in PATHS.items():
        assert f'name="{name}" value="{path}"' in page.replace('type="text" ', "")
    assert not MappingVersion.objects.exists()
    assert not Purchase.objects.exists()


def test_ac_crm_6_while_typing_only_what_the_paths_find_comes_back(kim):
    live = {"sample": SAMPLE, "path_order": "@nothing", "live": "1"}
    answer = kim.post(f"{PAGE}preview/", live, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert answer.count("It names no order.") == 2


def test_ac_crm_6_a_dry_run_counts_and_keeps_nothing(kim):
    page = kim.post(f"{PAGE}preview/", {"sample": SAMPLE, **PATHS, "dry": "1"}).content.decode()
    assert "1 new, 0 known already, 0 reviews proven, 1 with a fault." in page
    assert not Purchase.objects.exists()


def test_ac_crm_6_a_saved_version_is_what_the_feed_goes_by_and_going_back_is_a_version(kim, cast, settings):
    assert tell(kim, settings, SAMPLE).status_code == 422  # nobody has said what it means
    assert save(kim, 0).status_code == 302
    told = tell(kim, settings, SAMPLE).json()
    assert (told["new"], told["faults"]) == (1, [{"line": 2, "reason": "There is no product “Beam 9”."}])
    purchase = Purchase.objects.get()
    assert (purchase.order_number, purchase.email, purchase.serial) == ("NL-41", "ana@example.org", "B277")
    save(kim, 1, path_order="@number")
    assert [fault["reason"] for fault in tell(kim, settings, SAMPLE).json()["faults"]] == ["It names no order."] * 2
    assert kim.post(f"{PAGE}back/", {"number": 1, "based_on": 2}).status_code == 302
    assert tell(kim, settings, SAMPLE).json()["known"] == 1
    numbers = MappingVersion.objects.order_by("number").values_list("number", "back_to", "by")
    assert list(numbers) == [(1, 0, cast.kim.pk), (2, 0, cast.kim.pk), (3, 1, cast.kim.pk)]
    assert Event.objects.filter(verb="mapping.changed", actor=cast.kim).count() == 3


def test_what_stands_around_a_record_is_reached_when_each_line_of_an_order_is_one(kim, settings):
    changes = {"records": "orders/order/line", "path_order": "../@no", "path_product": "article"}
    more = {"path_email": "../buyer/mail", "path_serial": "serialNumber", "path_bought_at": "../placed"}
    assert save(kim, 0, **changes, **more).status_code == 302
    tell(kim, settings, SAMPLE)
    purchase = Purchase.objects.get()
    assert (purchase.order_number, purchase.email, str(purchase.bought_at)) == (
        "NL-41",
        "ana@example.org",
        "2026-11-02",
    )


def test_whoever_is_late_is_told_and_needed_values_have_a_path(kim):
    save(kim, 0)
    late = save(kim, 0)
    assert (late.status_code, "meanwhile" in late.content.decode()) == (409, True)
    lacking = save(kim, 1, path_product="")
    assert (lacking.status_code, "Say where these stand: Product" in lacking.content.decode()) == (422, True)
    assert save(kim, 1, path_order="//*[@a]").status_code == 422
    assert MappingVersion.objects.count() == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_ac_crm_6_hostile_orders_are_400_at_once_without_file_or_network(kim, settings, name):
    ear = Ear()
    for is_mapped in (False, True):
        if is_mapped:
            save(kim, 0)
        began = time.process_time()
        answer = tell(kim, settings, HOSTILE[name].replace("<url>", ear.url))
        assert (answer.status_code, b"root:" in answer.content, ear.heard()) == (400, False, False)
        assert time.process_time() - began < 1
    pasted = kim.post(f"{PAGE}preview/", {"sample": HOSTILE[name].replace("<url>", ear.url)})
    status = 200 if name == "unknown encoding" else 422  # what is pasted is text already
    assert (pasted.status_code, b"root:" in pasted.content, ear.heard()) == (status, False, False)
    ear.line.close()


def test_ac_crm_6_200_mb_and_wrong_encodings_and_depth_are_400(kim, settings):
    began = time.process_time()
    assert kim.generic("POST", "/hooks/orders/shop/", b"<a/>", CONTENT_LENGTH="209715200").status_code == 400
    assert tell(kim, settings, '<?xml version="1.0" encoding="utf-16"?><a/>').status_code == 400
    for bomb in ("[" * 200_000, '{"orders":' * 80_000, "{" + "9" * 100_000):
        assert tell(kim, settings, bomb, "application/json").status_code == 400
    assert time.process_time() - began < 2
    assert tell(kim, settings, json.dumps({"orders": []}), "application/json").status_code == 200


def test_only_administrators_map(client, cast):
    for person, status in ((cast.mallory, 404), (cast.dora, 403), (cast.fay, 403)):
        client.force_login(person)
        assert client.get(PAGE).status_code == status
        assert save(client, 0).status_code == status


def test_an_xml_connection_is_mapped_by_the_same_page(kim, cast):
    settings = {"url": "http://127.0.0.1:9/", "paths": "records=hit"}
    connection = Connection.objects.create(name="erp", kind="xml", settings=settings)
    page = f"/desk/crm/connections/{connection.pk}/mapping/"
    event = '<event ticket="{}"><rev>3</rev><state>{}</state></event>'
    sample = f"<news>{event.format(7, 'solved')}{event.format(8, 'odd')}</news>"
    shown = kim.post(f"{page}preview/", {"sample": sample, "dry": "1"}).content.decode()
    assert "0 about cases of ours; 0 of them change the status; 1 about others; 1 faulty." in shown
    paths = {"records": "event", "path_case": "@ticket", "path_version": "rev", "path_status": "state"}
    assert kim.post(page, {**paths, "based_on": 0, "reason": ""}).status_code == 302
    connection.refresh_from_db()
    (change, _odd) = connection.connector().decode(sample.replace("odd", "new").encode())["changes"]
    assert (change["case"], change["version"], change["status"]) == ("7", 3, "solved")
    assert kim.get(f"/desk/crm/connections/{connection.pk}/").content.decode().count("What it tells") == 1
    other = Connection.objects.create(name="hub", kind="hubspot", settings={})
    assert kim.get(f"/desk/crm/connections/{other.pk}/mapping/").status_code == 404
