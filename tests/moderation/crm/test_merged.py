"""What came to a question by a merge is offered to the CRM, and its changes go there too."""

import pytest

from forums.questions.merging import merge
from forums.threads.models import Post
from moderation.crm.models import CasePush
from moderation.crm.payload import entries_of
from moderation.crm.pushing import push_item
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def item(cast):
    cast.dora  # noqa: B018 - on shift
    question = ana_asks(cast)
    other = ana_asks(cast, title="Both phones lose the headphones", source="It began last night, with both of them.")
    ben_answers(cast, other, source="Unpair both phones, then pair one of them only.")
    merge(other.thread, into=question.thread, by=cast.hana)
    work()
    return Item.objects.select_related("thread").get(thread=question.thread)


def test_what_came_by_a_merge_is_offered_with_the_address_where_it_is_read(item):
    entries = entries_of(item, private=False)
    assert [entry.original for entry in entries][1:] == [
        "It began last night, with both of them.",
        "Unpair both phones, then pair one of them only.",
    ]
    assert all(f"/questions/{item.thread_id}/" in entry.url for entry in entries)


def test_a_later_change_of_it_is_told_as_the_new_wording_of_its_entry(cast, item):
    moved = Post.objects.get(kind="answer")
    case = push_item(item, by=cast.dora, sources=[f"post:{moved.pk}"])
    moved.edit("Unpair both phones, then pair the newer one only.", by=cast.ben, version=1)
    opening = Post.objects.select_related("thread").get(kind="opening", thread=moved.thread_id)
    opening.edit("It began last night with both of them, at home.", by=cast.ana, version=1)
    work()
    told = CasePush.objects.filter(case=case, source=f"post:{moved.pk}").order_by("sequence")
    assert "the newer one" in told.last().payload["text"]
    case_text = CasePush.objects.filter(case=case, kind="case").order_by("sequence").last().payload["text"]
    assert "at home" not in case_text
