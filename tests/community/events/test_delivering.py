"""An event reaches each subscriber once: all in one transaction, and each alone when one of them fails."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.events.models import Delivery, Event
from community.events.recording import record
from community.events.subscribing import _subscribers
from community.events.tasks import LAST_TRY, SomeFailed, deliver
from community.events.verbs import Verb
from community.people.models import Person

VERB = Verb.CONNECTION_CHANGED
pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """Two subscribers of a verb, the first of which may be told to fail; and what they have done, in the database."""
    told: dict[str, bool] = {"fails": False}

    def first(event):
        Person.objects.filter(pk=event.subject_id).update(about=f"heard {event.pk}")
        if told["fails"]:
            raise ValueError("the queue is closed on Sundays")

    def second(event):
        Person.objects.filter(pk=event.subject_id).update(level=3)

    monkeypatch.setitem(_subscribers, VERB, {"first": first, "second": second})
    return told


@pytest.fixture
def event(cast) -> Event:
    return record(VERB, actor=cast.kim, subject=cast.ana)


def states(event) -> dict[str, str]:
    return dict(event.deliveries.values_list("subscriber", "state"))


def test_all_subscribers_share_one_transaction(heard, event, cast):
    with CaptureQueriesContext(connection) as seen:
        deliver(event_id=event.pk)
    assert states(event) == {"first": "done", "second": "done"}
    assert sum(query["sql"].startswith("SAVEPOINT") for query in seen.captured_queries) == 1


def test_a_failing_subscriber_leaves_nothing_behind_and_stops_nobody(heard, event, cast):
    heard["fails"] = True
    with pytest.raises(SomeFailed):
        deliver(event_id=event.pk)
    cast.ana.refresh_from_db()
    assert (cast.ana.about, cast.ana.level) == ("", 3)
    assert states(event) == {"first": "waiting", "second": "done"}
    assert "Sundays" in event.deliveries.get(subscriber="first").error


def test_only_who_failed_is_tried_again(heard, event, cast):
    heard["fails"] = True
    with pytest.raises(SomeFailed):
        deliver(event_id=event.pk)
    heard["fails"] = False
    Person.objects.filter(pk=cast.ana.pk).update(level=0)
    deliver(event_id=event.pk)
    cast.ana.refresh_from_db()
    assert (cast.ana.about, cast.ana.level) == (f"heard {event.pk}", 0)
    assert states(event) == {"first": "done", "second": "done"}


def test_delivering_again_does_nothing(heard, event, cast):
    deliver(event_id=event.pk)
    Person.objects.filter(pk=cast.ana.pk).update(level=0)
    deliver(event_id=event.pk)
    cast.ana.refresh_from_db()
    assert cast.ana.level == 0
    assert Delivery.objects.filter(event=event).count() == 2


def test_after_the_last_try_it_is_given_up(heard, event):
    heard["fails"] = True
    for _try in range(LAST_TRY - 1):
        with pytest.raises(SomeFailed):
            deliver(event_id=event.pk)
    deliver(event_id=event.pk)
    assert states(event)["first"] == "dead"


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_that_finds_a_row_locked_is_in_nobodys_way(heard, event, cast, other_connection):
    """The shared try waits for no lock; alone, the subscriber waits for its turn."""
    with other_connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE people_person SET hue = 7 WHERE id = %s", [cast.ana.pk])
        with connection.cursor() as mine:
            mine.execute("SET lock_timeout = '400ms'")  # as a request would, much later
        with pytest.raises(SomeFailed):
            deliver(event_id=event.pk)
        assert states(event) == {"first": "waiting", "second": "waiting"}
        cursor.execute("COMMIT")
    deliver(event_id=event.pk)
    assert states(event) == {"first": "done", "second": "done"}


@pytest.fixture
def other_connection():
    """A second session on the same database, as another process has."""
    other = connection.copy()
    yield other
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = DEFAULT")
