"""One policy for list, count, search, item and stream; and who may come in at all."""

import pytest

from community.live.streams import may_listen
from moderation.queue.lists import counts_for, items_in, view_named
from moderation.queue.models import Item
from tests.jobs import work


@pytest.fixture
def both(item, kettle_item):
    return {"northlight": item, "kettle": kettle_item}


@pytest.mark.parametrize(
    ("name", "brands"), [("dora", {"northlight", "kettle"}), ("fay", {"northlight", "kettle"}), ("gil", {"kettle"}),
                         ("mallory", set()), ("ana", set()), ("jo", set())]
)  # fmt: skip
def test_list_count_search_item_and_stream_agree(client, cast, both, name, brands):
    person = getattr(cast, name)
    client.force_login(person)
    seen = {both[brand].pk for brand in brands}
    assert set(Item.objects.visible_to(person).values_list("pk", flat=True)) == seen
    assert {item.pk for item in items_in(view_named("waiting", person), person)} == seen
    assert counts_for(person)["waiting"] == len(seen)
    assert {item.pk for item in items_in(view_named("waiting", person), person, "o")} == seen
    for brand, item in both.items():
        is_seen = brand in brands
        assert (client.get(f"/desk/items/{item.pk}/").status_code == 200) is is_seen
        assert may_listen(person, f"item:{item.pk}") is is_seen
        assert may_listen(person, f"queue:{brand}") is is_seen
        assert (client.get(f"/desk/threads/{item.thread_id}/slot/").status_code == 200) is is_seen
        assert (client.get(f"/desk/customers/{item.customer_id}/").status_code == 200) is is_seen
    assert may_listen(person, "queue:all") is (len(brands) == 2)


def test_gils_page_names_nothing_of_northlight(client, cast, both):
    client.force_login(cast.gil)
    for path in ("/desk/", "/desk/?view=waiting", "/desk/?q=Bluetooth", f"/desk/items/{both['kettle'].pk}/"):
        page = client.get(path).content.decode()
        assert both["northlight"].title not in page, path
    assert (
        client.get(f"/desk/news/?view=waiting&shown={both['northlight'].pk}").content.decode().count("queue-row") == 0
    )


def test_gil_sees_contact_data_masked_and_may_not_ask(client, cast, both):
    client.force_login(cast.gil)
    page = client.get(f"/desk/customers/{cast.chris.pk}/").content.decode()
    assert "c•••@e•••.org" in page
    assert "chris@example.org" not in page
    assert client.post(f"/desk/customers/{cast.chris.pk}/contact/", {"reason": "curious"}).status_code == 403


def test_dora_sees_contact_data_once_with_a_reason_that_is_kept(dora, cast, item):
    path = f"/desk/customers/{cast.ana.pk}/contact/"
    assert dora.post(path, {"reason": " "}).status_code == 422
    shown = dora.post(path, {"reason": "Parcel came back"})
    assert "ana@example.org" in shown.content.decode()
    assert "NL-1001" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "ana@example.org" not in dora.get(f"/desk/customers/{cast.ana.pk}/").content.decode()


GETS = ["/desk/", "/desk/news/", "/desk/items/{item}/", "/desk/items/{item}/news/", "/desk/customers/{customer}/",
        "/desk/threads/{thread}/slot/"]  # fmt: skip
POSTS = [f"/desk/items/{{item}}/{deed}/" for deed in ("claim", "release", "assign", "snooze", "close", "reopen", "note",
         "answer", "presence")] + ["/desk/customers/{customer}/contact/", "/desk/threads/{thread}/open/"]  # fmt: skip


def filled(path, item):
    return path.format(item=item.pk, customer=item.customer_id, thread=item.thread_id)


@pytest.mark.parametrize("path", GETS + POSTS)
def test_strangers_sign_in_and_members_find_nothing(client, cast, item, path):
    method = client.get if path in GETS else client.post
    address = filled(path, item)
    before = Item.objects.values().get()
    answer = method(address)
    assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True)
    colleague = 302 if path == "/desk/" else 403  # the desk itself leads colleagues on to a page that is theirs
    for person, status in [(cast.mallory, 404), (cast.ana, 404), (cast.ben, 404)]:
        client.force_login(person)
        assert method(address).status_code == status, person
    for person in (cast.jo, cast.ivo):
        client.force_login(person)
        answer = method(address)
        assert answer.status_code == colleague, person
        assert item.title not in answer.content.decode()
    assert Item.objects.values().get() == before


@pytest.mark.parametrize("path", GETS)
def test_pages_are_only_read(dora, item, path):
    assert dora.get(filled(path, item)).status_code == 200
    assert dora.post(filled(path, item)).status_code == 405
    assert dora.delete(filled(path, item)).status_code == 405


@pytest.mark.parametrize("path", ["/desk/items/999999/", "/desk/customers/999999/", "/desk/threads/999999/slot/"])
def test_what_is_not_there_is_not_there(dora, path):
    assert dora.get(path).status_code == 404


def test_the_cost_of_the_pages_does_not_grow(dora, item, cast, django_assert_max_num_queries):
    for number in range(12):
        made = Item.objects.open(
            kind="question", title=f"Question {number}", customer=cast.chris, product=cast.beam2, by=None
        )
        made.claim(by=cast.emil)
        made.attend("reading", by=cast.emil)
    work()
    dora.get("/desk/")
    with django_assert_max_num_queries(13):  # its rows are read as a whole, as nobody has seen them in this place
        dora.get("/desk/?view=waiting")
    with django_assert_max_num_queries(12):
        dora.get("/desk/?view=waiting")
    with django_assert_max_num_queries(26):
        dora.get(f"/desk/items/{item.pk}/?view=waiting")
    with django_assert_max_num_queries(9):
        dora.get("/desk/news/?view=waiting&since=2026-01-01T00:00:00&shown=1,2,3")
