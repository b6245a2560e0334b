"""The audit log."""

import csv
import io
import re

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from community.routes import opens
from community.spreadsheets import harmless
from moderation.queue.models import Item


@pytest.fixture
def item(cast) -> Item:
    return Item.objects.open(kind="question", title="=HYPERLINK(1)", customer=cast.ana, product=cast.beam2, by=None)


@pytest.fixture
def jo(client, cast):
    """The auditor's browser."""
    client.force_login(cast.jo)
    return client


def test_each_staff_write_appears_with_who_and_why(jo, item, cast):
    item.claim(by=cast.emil)
    item.claim(by=cast.dora, take_over=True, reason="Emil is at lunch")
    item.note("A private word", by=cast.dora)
    page = jo.get("/desk/actions/").content.decode()
    assert "dora" in page
    assert "Emil is at lunch" in page
    assert "item.claimed" in page
    assert "A private word" not in page


def test_a_look_at_contact_data_appears_with_its_purpose_and_request(jo, client, cast):
    client.force_login(cast.dora)
    answer = client.post(f"/desk/customers/{cast.ana.pk}/contact/", {"reason": "Parcel came back"})
    client.force_login(cast.jo)
    page = client.get("/desk/actions/", {"verb": "contact.seen"}).content.decode()
    assert "Parcel came back" in page
    assert "ana@example.org" not in page
    assert not answer.headers.get("X-Request-ID") or answer.headers["X-Request-ID"] in page


def test_ac_pol_5_a_look_at_contact_data_is_found_by_who_looked_by_whom_and_by_what(jo, client, cast):
    for agent, customer, purpose in (
        (cast.dora, cast.ana, "Parcel came back"),
        (cast.dora, cast.chris, "Wrong house number"),
        (cast.emil, cast.ana, "Asks for a call"),
    ):
        client.force_login(agent)
        assert client.post(f"/desk/customers/{customer.pk}/contact/", {"reason": purpose}).status_code == 200
    client.force_login(cast.dora)
    assert client.post(f"/desk/customers/{cast.ana.pk}/contact/", {"reason": " "}).status_code == 422
    client.force_login(cast.jo)

    def found(**asked) -> set[str]:
        page = client.get("/desk/actions/", {"verb": "contact.seen", **asked}).content.decode()
        return {words for words in ("Parcel came back", "Wrong house number", "Asks for a call") if words in page}

    assert found(person="dora") == {"Parcel came back", "Wrong house number"}
    assert found(subject=f"person:{cast.ana.pk}") == {"Parcel came back", "Asks for a call"}
    assert found(person="dora", subject=f"person:{cast.ana.pk}") == {"Parcel came back"}
    assert len(found()) == 3


def test_it_filters_by_person_verb_object_and_date(jo, item, cast):
    item.claim(by=cast.emil)
    item.release(by=cast.emil)

    def found(**asked):
        return jo.get("/desk/actions/", asked).content.decode().count('data-testid="action"')

    assert found(person="emil") == 2
    assert found(person="emil", verb="item.released") == 1
    assert found(subject=f"item:{item.pk}") == 3
    assert found(subject="item:999999") == 0
    assert found(person="emil", until="2020-01-01") == 0


def test_pages_follow_by_key(jo, item, cast):
    for _ in range(30):
        item.claim(by=cast.emil)
        item.release(by=cast.emil)
    first = jo.get("/desk/actions/?person=emil")
    assert len(first.context["events"]) == 50
    second = jo.get("/desk/actions/", {"person": "emil", "before": first.context["before"]})
    assert len(second.context["events"]) == 10
    assert second.context["before"] is None


def test_a_page_costs_the_same_whatever_it_shows(jo, item, cast, django_assert_max_num_queries):
    for _ in range(20):
        item.claim(by=cast.emil)
        item.release(by=cast.emil)
    with django_assert_max_num_queries(12):
        jo.get("/desk/actions/")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell).startswith("'")


def test_the_file_has_the_same_rows(jo, item, cast):
    item.claim(by=cast.emil)
    text = b"".join(jo.get("/desk/actions/export/?person=emil").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["verb"] for row in rows] == [Verb.ITEM_CLAIMED]
    assert rows[0]["object"] == f"item:{item.pk}"


@pytest.mark.parametrize("path", ["/desk/actions/", "/desk/actions/export/"])
def test_only_who_audits_sees_it(client, cast, path):
    assert client.get(path).status_code == 302
    for person, status in [(cast.mallory, 404), (cast.ana, 404), (cast.dora, 403), (cast.fay, 200), (cast.jo, 200)]:
        client.force_login(person)
        assert client.get(path).status_code == status, person
        assert client.post(path).status_code in {404, 403, 405}


def test_looking_writes_nothing(jo, item):
    before = Event.objects.count()
    jo.get("/desk/actions/")
    assert Event.objects.count() == before


def test_what_the_log_links_to_opens_for_whoever_reads_it(client, cast, item):
    """The auditor works no queue: a link to the item was a way to “Not for this account”."""
    item.claim(by=cast.dora)
    for reader, ways in ((cast.jo, set()), (cast.fay, {item.get_absolute_url()})):
        client.force_login(reader)
        page = client.get("/desk/actions/").content.decode()
        assert "item.claimed" in page
        links = set(re.findall(r'class="link" href="([^"]+)"', page))
        assert {url for url in links if url.startswith("/desk/items/")} == ways
        assert {url: client.get(url, follow=True).status_code for url in links} == dict.fromkeys(links, 200)


def test_a_customers_private_page_is_no_link_for_the_team(cast):
    assert not opens(cast.fay, "/requests/r1_MXzXBp65-yfhtRynTu4iwBoyqM43b/")
    assert opens(cast.fay, "/people/ana/")
    assert not opens(cast.fay, "/nothing/of/the/kind/")
