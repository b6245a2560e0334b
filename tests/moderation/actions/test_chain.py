"""The chain of the audit log."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from community.events.models import Event
from moderation.actions.models import Seal
from moderation.actions.sealing import faults, seal_events
from moderation.actions.tasks import seal
from moderation.queue.models import Item


@pytest.fixture
def sealed(cast):
    """Some moves of the team, sealed."""
    item = Item.objects.open(kind="question", title="It hums", customer=cast.ana, product=cast.beam2, by=None)
    for _time in range(3):
        item.claim(by=cast.emil)
        item.release(by=cast.emil)
    seal(0)
    return item


def verify(**options) -> str:
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_a_whole_log_is_said_to_be_whole(sealed):
    assert Seal.objects.count() == Event.objects.count()
    assert "is whole" in verify()
    assert seal_events() == 0


def test_ac_pol_5_a_changed_row_is_found_with_its_place(sealed):
    victim = Event.objects.order_by("pk")[3]
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE events_event SET details = '{"reason": "nothing"}' WHERE id = %s""", [victim.pk])
    said = verify()
    assert f"seal 4, event {victim.pk}: the event or its seal was changed" in said
    assert "changed in 1 place" in said


def test_ac_pol_5_a_deleted_row_a_swapped_actor_and_a_cut_end_are_found(sealed, cast):
    head = Seal.objects.order_by("-number").first().digest
    assert "is whole" in verify(head=head)
    second, last = Event.objects.order_by("pk")[1], Event.objects.order_by("-pk").first()
    Event.objects.filter(pk=second.pk).update(actor=cast.dora)
    assert [fault.number for fault in faults()] == [2]
    Event.objects.filter(pk=second.pk).update(actor=cast.emil)
    Event.objects.filter(pk=last.pk).delete()
    assert "was deleted" in verify()
    Seal.objects.filter(event=last.pk).delete()
    assert "cut off" in verify(head=head)


def test_what_was_slipped_in_afterwards_is_found(sealed, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=3600))
    seals = Seal.objects.order_by("number")
    seals[2].delete()
    said = verify()
    assert "seals 3 to 3 are missing" in said
    assert "never sealed" in said


def test_an_event_of_a_transaction_that_took_long_is_sealed_later(sealed):
    late = Seal.objects.get(number=2)
    number = Seal.objects.count()
    assert number == Event.objects.count()
    Seal.objects.filter(number__gte=2).delete()
    Event.objects.filter(pk=late.event).update(verb="vote.cast", actor=None)  # as if it were not there yet
    seal_events()
    Event.objects.filter(pk=late.event).update(verb="item.claimed")
    seal_events()
    assert Seal.objects.order_by("-number").first().event == late.event
    assert list(faults()) == []


def test_an_account_that_is_deleted_is_no_tampering(cast):
    item = Item.objects.open(kind="question", title="It hums", customer=cast.ana, product=cast.beam2, by=None)
    item.claim(by=cast.emil)
    item.release(by=cast.emil)
    seal_events()
    cast.emil.delete()
    assert list(faults()) == []
