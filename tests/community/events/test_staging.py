"""The demo's stage: acts at their own times, heard by whom each event concerns, without savepoints."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.embedded.address import address_of_site, note_address
from community.events.models import Event
from community.events.recording import record
from community.events.subscribing import _can_wait, _subscribers
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from community.staging import Stage, savepoints

VERB = Verb.CONNECTION_CHANGED


@pytest.fixture
def heard(monkeypatch):
    """What two subscribers hear, and when: one for whom each event counts, one that can wait."""
    told: list[tuple[str, object]] = []

    def pressing(event):
        told.append(("pressing", timezone.now().date()))

    def patient(event):
        told.append(("patient", timezone.now().date()))

    monkeypatch.setitem(_subscribers, VERB, {"pressing": pressing, "patient": patient})
    _can_wait.add(patient)
    yield told
    _can_wait.discard(patient)


@pytest.mark.django_db
def test_what_happened_lately_is_heard_at_its_time_by_those_for_whom_it_counts(cast, heard):
    stage = Stage()
    for days in (40, 3):
        stage.at(stage.now - timedelta(days=days), lambda: record(VERB, actor=cast.kim, subject=cast.ana))
    stage.in_the_end(lambda: heard.append(("end", None)))
    stage.at(stage.now + timedelta(days=1), lambda: heard.append(("late", None)))
    stage.play(lambda done, total: None)
    assert heard == [("pressing", (stage.now - timedelta(days=3)).date()), ("late", None), ("end", None)]
    assert Event.objects.filter(verb=VERB).count() == 2
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_an_act_in_which_somebody_is_refused_takes_back_what_was_written(cast):
    ana = cast.ana

    @transaction.atomic
    def refused() -> None:
        Person.objects.filter(pk=ana.pk).update(about="half done")
        raise Refusal("No.")

    def act() -> None:
        with savepoints(True), pytest.raises(Refusal):
            refused()

    stage = Stage()
    stage.at(stage.now, act)
    with CaptureQueriesContext(connection) as seen:
        stage.play(lambda done, total: None)
    ana.refresh_from_db()
    assert ana.about == ""
    assert sum(query["sql"].startswith("SAVEPOINT") for query in seen.captured_queries) == 1


def test_commands_know_the_port_that_the_site_was_started_with(settings, tmp_path):
    settings.VAR = tmp_path
    assert address_of_site() == settings.SITE_URL
    note_address(tmp_path, "http://localhost:8123")
    assert address_of_site() == "http://localhost:8123"
