"""More than one CRM at once: each has a case of its own, hears of every change, and its status is its own."""

import pytest

from forums.threads.models import Post
from moderation.crm.models import Case, RemoteRef
from tests.jobs import work
from tests.moderation.crm.receiver import Receiver
from tests.moderation.crm.scenes import connect_webhook, dora_pushes, item_of, work_through


@pytest.fixture
def both(db, receiver):
    """Two systems, the second of another department."""
    other = Receiver()
    yield (connect_webhook(receiver), receiver), (connect_webhook(other, name="claims"), other)
    other.stop()


def test_one_item_has_a_case_in_each_of_two_crms_and_an_edit_reaches_both(cast, both):
    item = item_of(cast)
    for connection, _system in both:
        dora_pushes(cast, item, connection)
    work_through()
    assert Case.objects.filter(item=item).exclude(remote_id="").count() == 2
    for _connection, system in both:
        assert len(system.records["contact"]) == len(system.records["case"]) == 1
        assert len(system.notes()) == 2
    Post.objects.get(thread=item.thread, kind="answer").edit("Turn it off, then on again.", by=cast.ben, version=1)
    work_through()
    for _connection, system in both:
        assert "then on again" in system.notes()[1]
        assert len(system.notes()) == 2
    assert RemoteRef.objects.filter(kind="contact").values("ref").distinct().count() == 1


def test_while_one_crm_is_away_the_other_hears_everything(cast, both):
    (first, away), (second, here) = both
    item = item_of(cast)
    away.faults.extend([503] * 4)
    dora_pushes(cast, item, first)
    dora_pushes(cast, item, second)
    work()
    assert (len(here.notes()), len(away.notes())) == (2, 0)
    work_through()
    assert len(away.notes()) == 2
