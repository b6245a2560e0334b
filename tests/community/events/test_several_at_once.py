"""Events that wait together are delivered together; one that fails is in nobody's way."""

import time
from threading import Thread

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from community.events.models import Delivery, Event
from community.events.recording import record
from community.events.subscribing import _subscribers
from community.events.tasks import ONE_AT_A_TIME, SomeFailed, deliver
from community.events.together import MOST
from community.events.verbs import Verb
from community.people.models import Person
from community.search import indexing
from forums.threads.replying import answer
from tests.scenes import ana_asks

VERB = Verb.CONNECTION_CHANGED
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def failing(monkeypatch) -> set[int]:
    """Whose subjects a subscriber of the verb cannot take; the others it marks."""
    them: set[int] = set()

    def mark(event):
        Person.objects.filter(pk=event.subject_id).update(about=f"heard {event.pk}")
        if event.subject_id in them:
            raise ValueError("the queue is closed on Sundays")

    monkeypatch.setitem(_subscribers, VERB, {"mark": mark})
    return them


def events_about(*people) -> list[Event]:
    return [record(VERB, actor=None, subject=person) for person in people]


def waiting() -> list[int]:
    """The events whose jobs wait, but for the first, whose job the worker has taken."""
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name="community.events.tasks.deliver").order_by("id")
    return [job.args["event_id"] for job in jobs]


def heard() -> int:
    return Person.objects.filter(about__startswith="heard").count()


def taken_by_the_worker(event) -> Event:
    """As the worker does it before it calls a task."""
    ProcrastinateJob.objects.filter(args__event_id=event.pk)._raw_delete("default")
    return event


@pytest.fixture(autouse=True)
def no_other_jobs(cast):
    ProcrastinateJob.objects.all()._raw_delete("default")


def test_those_that_wait_are_done_with_the_first(cast, failing):
    first, *others = events_about(cast.ana, cast.ben, cast.dora)
    taken_by_the_worker(first)
    deliver(event_id=first.pk)
    assert heard() == 3
    assert waiting() == []
    assert [list(one.deliveries.values_list("subscriber", "state")) for one in others] == [[("mark", "done")]] * 2


def test_no_more_than_a_few_share_a_transaction(cast, failing):
    first, *_others = events_about(*[cast.ana] * (MOST + 3))
    taken_by_the_worker(first)
    deliver(event_id=first.pk)
    assert len(waiting()) == 3


def test_one_that_fails_leaves_the_others_in_the_line(cast, failing):
    first, second, third = events_about(cast.ana, cast.ben, cast.dora)
    failing.add(cast.ben.pk)
    taken_by_the_worker(first)
    deliver(event_id=first.pk)
    assert heard() == 1
    assert waiting() == [second.pk, third.pk]
    assert second.deliveries.count() == third.deliveries.count() == 0


def test_one_that_has_failed_once_is_tried_by_itself(cast, failing):
    first, second, third = events_about(cast.ana, cast.ben, cast.dora)
    failing.add(cast.ana.pk)
    taken_by_the_worker(first)
    with pytest.raises(SomeFailed):
        deliver(event_id=first.pk)
    assert first.deliveries.get().attempts == 1
    taken_by_the_worker(second)
    deliver(event_id=second.pk)
    assert (heard(), waiting()) == (2, [])
    assert third.deliveries.get().state == "done"


def brought_at_once(*events) -> list[str]:
    """Each in a thread of the same worker, all of which wait for their turn. Answers what they raised."""
    raised: list[str] = []

    def bring(event) -> None:
        try:
            deliver(event_id=taken_by_the_worker(event).pk)
        except SomeFailed as failure:
            raised.append(str(failure))
        finally:
            connection.close()

    threads = [Thread(target=bring, args=[event]) for event in events]
    with ONE_AT_A_TIME.turn:
        for thread in threads:
            thread.start()
        while len(ONE_AT_A_TIME.held) < len(events):
            time.sleep(0.01)
    for thread in threads:
        thread.join(20)
    assert ONE_AT_A_TIME.held == set()
    return raised


def test_threads_of_one_worker_take_along_what_the_others_hold(cast, failing):
    them = events_about(cast.ana, cast.ben, cast.dora)
    assert brought_at_once(*them) == []
    assert heard() == 3
    moments = Delivery.objects.filter(event__in=them, state="done").values_list("updated_at", flat=True)
    assert (len(moments), len(set(moments))) == (3, 1)


def test_one_that_fails_among_threads_is_in_nobodys_way(cast, failing):
    them = events_about(cast.ana, cast.ben, cast.dora)
    failing.add(cast.ben.pk)
    assert brought_at_once(*them) == [f"event {them[1].pk}"]
    assert heard() == 2
    assert sorted(Delivery.objects.filter(event__in=them).values_list("state", flat=True)) == [
        "done",
        "done",
        "waiting",
    ]


def test_a_thread_with_several_new_answers_is_taken_into_the_search_once(cast, monkeypatch):
    question = ana_asks(cast)
    posts = [answer(question.thread, by=cast.ben, source=f"Try it once more, number {n}.") for n in range(3)]
    written: list[list[int]] = []
    write = indexing.write
    monkeypatch.setattr(indexing, "write", lambda source, ids: (written.append(ids), write(source, ids)))
    events = list(Event.objects.filter(verb=Verb.ANSWER_POSTED, subject_id__in=[one.pk for one in posts]))
    ProcrastinateJob.objects.exclude(args__event_id__in=[one.pk for one in events])._raw_delete("default")
    deliver(event_id=taken_by_the_worker(events[0]).pk)
    assert written == [[question.pk]]
    assert all(one.deliveries.exists() for one in events)
