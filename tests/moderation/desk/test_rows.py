"""A row of the queue is rendered once for each state of what it shows, and anew when any of that changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.catalogue.models import Product
from community.people.models import Person
from moderation.desk.rows import rows_of
from moderation.queue.models import Item, Presence
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast) -> Item:
    question = ana_asks(cast)
    return Item.objects.get_or_create(
        thread=question.thread,
        defaults={
            "kind": Item.Kind.QUESTION,
            "title": question.thread.title,
            "customer": cast.ana,
            "product": question.thread.product,
            "waiting_since": timezone.now(),
            "ranks_at": timezone.now(),
        },
    )[0]


def shown(item: Item) -> str:
    [row] = rows_of([item.pk], "view=next")
    return row


CHANGES = {
    "title": lambda item, cast: Item.objects.filter(pk=item.pk).update(title="Quite another matter than before"),
    "state": lambda item, cast: Item.objects.filter(pk=item.pk).update(state=Item.State.WATCHING),
    "signals": lambda item, cast: Item.objects.filter(pk=item.pk).update(signals=["safety"]),
    "kind": lambda item, cast: Item.objects.filter(pk=item.pk).update(kind=Item.Kind.CONVERSATION),
    "waiting": lambda item, cast: Item.objects.filter(pk=item.pk).update(
        waiting_since=timezone.now() - timedelta(days=3)
    ),
    "promise": lambda item, cast: Item.objects.filter(pk=item.pk).update(
        respond_by=timezone.now() - timedelta(hours=1), responded_at=None
    ),
    "assignee": lambda item, cast: Item.objects.filter(pk=item.pk).update(assignee=cast.emil),
    "claim": lambda item, cast: item.claim(by=cast.dora),
    "customer": lambda item, cast: Person.objects.filter(pk=item.customer_id).update(username="anna", hue=111),
    "product": lambda item, cast: Product.objects.filter(pk=item.product_id).update(name="Beam 3000"),
    "reader": lambda item, cast: Presence.objects.create(
        item=item, person=cast.emil, doing="reading", seen_at=timezone.now()
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_rendered_anew_when_what_it_shows_changes(what: str, item: Item, cast) -> None:
    before = shown(item)
    assert shown(item) == before
    CHANGES[what](item, cast)
    assert shown(item) != before


def test_the_open_one_says_so(item: Item) -> None:
    assert 'aria-current="true"' in rows_of([item.pk], "view=next", opened=item.pk)[0]
    assert 'aria-current="true"' not in shown(item)


def test_a_page_of_rows_keeps_their_order(item: Item) -> None:
    assert rows_of([item.pk, 0], "view=next") == [shown(item)]


def test_a_card_says_whether_it_is_a_question_or_a_review(item):
    assert "question" in shown(item)
    Item.objects.filter(pk=item.pk).update(kind=Item.Kind.REVIEW)
    assert "</svg>review" in shown(item)
