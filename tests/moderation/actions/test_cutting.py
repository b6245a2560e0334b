"""AC-POL-5, retention of two years: what is older is exported first and cut, and the chain still proves itself."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.events.models import Event
from moderation.actions.models import ClosingSeal, Seal
from moderation.actions.sealing import faults, seal_events
from moderation.queue.models import Item
from tests.scenes import ana_asks, ben_answers


def run(command: str, *given, **options) -> str:
    out = StringIO()
    call_command(command, *given, stdout=out, **options)
    return out.getvalue()


def moves(cast, item, times: int) -> None:
    for _time in range(times):
        item.claim(by=cast.emil)
        item.release(by=cast.emil)


@pytest.fixture
def item(cast, time_machine):
    """Seven sealed events of three years ago, an answer by the team among them, and four of today."""
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=3 * 365))
    item = Item.objects.open(kind="question", title="It hums", customer=cast.ana, product=cast.beam2, by=None)
    moves(cast, item, 3)
    seal_events()
    time_machine.move_to(now)
    moves(cast, item, 2)
    seal_events()
    return item


def test_ac_pol_5_what_is_older_than_two_years_is_exported_and_cut_and_the_rest_verifies(item, cast, tmp_path):
    assert Seal.objects.count() == 11
    file = tmp_path / "audit.jsonl"
    said = run("cut_audit", file)
    assert "up to seal 7" in said
    assert len(file.read_text().splitlines()) == 7 + 2
    assert "as this site signed it" in run("verify_audit", export=file)
    assert Seal.objects.count() == 4
    assert not Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=730)).exists()
    told = run("verify_audit")
    assert "is whole: 11 seals" in told
    assert "7 events up to seal 7 were cut" in told
    assert ClosingSeal.objects.get().file_digest in told
    moves(cast, item, 1)
    seal_events()
    assert "is whole: 13 seals" in run("verify_audit")


def test_ac_pol_5_after_the_cut_a_changed_row_is_found_with_its_place(item, tmp_path):
    run("cut_audit", tmp_path / "audit.jsonl")
    victim = Event.objects.order_by("pk")[1]
    Event.objects.filter(pk=victim.pk).update(details={"reason": "nothing"})
    assert [(fault.number, fault.event) for fault in faults()] == [(9, victim.pk)]


def test_ac_pol_5_two_years_are_kept_to_the_day(cast, time_machine, tmp_path):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=732))
    item = Item.objects.open(kind="question", title="It hums", customer=cast.ana, product=cast.beam2, by=None)
    for days in (731, 729):
        time_machine.move_to(now - timedelta(days=days))
        moves(cast, item, 1)
        seal_events()
    time_machine.move_to(now)
    run("cut_audit", tmp_path / "audit.jsonl")
    kept = Event.objects.filter(actor=cast.emil).values_list("created_at", flat=True)
    assert [(now - at).days for at in kept] == [728, 728]
    assert list(faults()) == []


@pytest.mark.parametrize("change", [{"number": 8}, {"digest": "0" * 64}, {"events": 2}, {"file": "other.jsonl"}])
def test_a_closing_seal_that_somebody_else_has_made_is_found(item, tmp_path, change):
    run("cut_audit", tmp_path / "audit.jsonl")
    ClosingSeal.objects.update(**change)
    assert "the closing seal was changed" in [fault.sentence for fault in faults()]


def test_nobody_cuts_by_hand_unseen(item):
    Seal.objects.filter(number__lte=7).delete()
    Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=730)).delete()
    assert "seals 1 to 7 are missing" in [fault.sentence for fault in faults()]


def test_what_is_younger_is_not_cut_and_a_file_that_is_there_is_not_overwritten(item, tmp_path):
    with pytest.raises(CommandError, match="kept for 730 days"):
        run("cut_audit", tmp_path / "a.jsonl", before=f"{timezone.localdate() - timedelta(days=30)}")
    (tmp_path / "b.jsonl").write_text("mine")
    with pytest.raises(CommandError, match="exists"):
        run("cut_audit", tmp_path / "b.jsonl")
    assert Seal.objects.count() == 11
    assert "Nothing is that old" in run("cut_audit", tmp_path / "c.jsonl", before="2001-01-01")
    assert not (tmp_path / "c.jsonl").exists()


def test_a_second_cut_goes_on_where_the_first_ended(item, cast, tmp_path, time_machine):
    run("cut_audit", tmp_path / "one.jsonl")
    time_machine.shift(timedelta(days=3 * 365))
    moves(cast, item, 1)
    run("cut_audit", tmp_path / "two.jsonl")
    closing = ClosingSeal.objects.get()
    assert (closing.number, closing.events) == (11, 11)
    assert "is whole: 13 seals" in run("verify_audit")
    lines = (tmp_path / "two.jsonl").read_text().splitlines()
    assert [json.loads(line)["seal"] for line in lines[1:-1]] == [8, 9, 10, 11]


def test_what_everybody_can_read_stays_and_is_not_sealed_twice(cast, time_machine, tmp_path):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=3 * 365))
    question = ana_asks(cast)
    ben_answers(cast, question)
    question.thread.posts.get(kind="answer").vote(by=cast.dora)
    seal_events()
    cut = Seal.objects.count()
    time_machine.move_to(now)
    run("cut_audit", tmp_path / "a.jsonl")
    assert cut
    assert Event.objects.filter(verb="vote.cast").exists()
    assert seal_events() == 0
    assert list(faults()) == []
