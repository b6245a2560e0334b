"""What an agent finds at the side of the desk and on an open item: templates, waking, merging and splitting."""

import pytest

from forums.threads.replying import answer
from moderation.queue.models import Item
from moderation.queue.triage import card_of
from tests.scenes import ana_asks, ben_answers, one_line


@pytest.fixture
def item(cast) -> Item:
    return card_of(ana_asks(cast).thread)


def test_reply_templates_stand_at_the_side_and_in_the_palette(client, cast):
    client.force_login(cast.dora)
    assert 'href="/canned-replies/"' in one_line(client.get("/desk/"))
    assert 'href="/canned-replies/"' in one_line(client.get("/desk/find/?q=templ"))
    client.force_login(cast.jo)
    assert 'href="/canned-replies/"' not in one_line(client.get("/desk/actions/"))


def test_dora_wakes_what_sleeps_and_it_waits_from_where_it_stood(client, cast, item):
    client.force_login(cast.dora)
    page = f"/desk/items/{item.pk}/"
    assert f"{page}wake/" not in one_line(client.get(page))
    client.post(f"{page}snooze/", {"nap": "week", "version": item.version})
    item.refresh_from_db()
    assert f"{page}wake/" in one_line(client.get(page))
    assert client.post(f"{page}wake/", {"version": item.version}).status_code == 302
    since, item = item.waiting_since, Item.objects.get(pk=item.pk)
    assert (item.state, item.snoozed_until, item.waiting_since) == (Item.State.OPEN, None, since)
    assert "reopened" not in item.signals


@pytest.mark.parametrize(("name", "status"), [("ana", 404), ("mallory", 404), ("gil", 404), ("jo", 403)])
def test_nobody_else_wakes_it(client, cast, item, name, status):
    client.force_login(getattr(cast, name))
    assert client.post(f"/desk/items/{item.pk}/wake/").status_code == status


def test_an_open_item_leads_to_merge_duplicate_move_and_split(client, cast, item):
    reply = answer(item.thread, by=cast.leo, source="By the way, which charger fits the Kettle One?")
    client.force_login(cast.dora)
    page = one_line(client.get(f"/desk/items/{item.pk}/"))
    for way in ("merge", "duplicate", "move", "changes"):
        assert f'href="/desk/threads/{item.thread_id}/{way}/"' in page
    opening = item.thread.posts.get(kind="opening")
    assert f'href="/desk/posts/{reply.pk}/split/"' in page
    assert f'href="/desk/posts/{opening.pk}/split/"' not in page


def test_what_solved_it_is_not_offered_for_splitting(client, cast):
    question = ana_asks(cast)
    solved = ben_answers(cast, question)
    item = card_of(question.thread)
    question.accept(solved, by=cast.ana)
    client.force_login(cast.dora)
    page = one_line(client.get(f"/desk/items/{item.pk}/"))
    assert "solved it" in page
    assert "/split/" not in page
