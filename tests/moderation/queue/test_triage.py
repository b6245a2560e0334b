"""What happens among customers is followed by the queue."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from community.events.models import Delivery, Event
from community.events.tasks import deliver
from community.events.verbs import Verb
from forums.questions.merging import merge, unmerge
from forums.threads.replying import answer, comment
from moderation.queue.models import Item
from moderation.queue.tasks import wake_the_due
from moderation.queue.triage import card_of
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers
from tests.waiting import until


@pytest.fixture
def asked(cast):
    """Ana has asked, and the queue knows."""
    question = ana_asks(cast)
    work()
    return question


def card(question) -> Item:
    return Item.objects.get(thread=question.thread)


def opening(question):
    return question.thread.posts.get(kind="opening")


def test_each_question_has_one_card(asked, cast):
    item = card(asked)
    assert (item.state, item.kind, item.customer, item.product) == ("open", "question", cast.ana, cast.beam2)
    assert item.waiting_since == asked.thread.created_at


def test_the_same_event_delivered_again_changes_nothing(asked):
    before = Item.objects.values().get()
    Delivery.objects.all().delete()
    for event in Event.objects.all():
        deliver(event_id=event.pk)
    assert Item.objects.values().get() == before
    assert Event.objects.filter(verb=Verb.ITEM_OPENED).count() == 1


def test_another_owners_answer_leaves_it_waiting(asked, cast):
    ben_answers(cast, asked)
    work()
    assert card(asked).state == "open"


def test_the_teams_answer_makes_it_a_watched_one(asked, cast):
    answer(asked.thread, by=cast.dora, source="We are looking into it.", as_staff=True)
    work()
    assert card(asked).state == "watching"


def test_a_new_word_of_the_customer_opens_it_again_and_it_waits_from_then(asked, cast):
    answer(asked.thread, by=cast.dora, source="Try the new firmware.", as_staff=True)
    work()
    said = comment(opening(asked), by=cast.ana, source="It did not help, sorry.")
    work()
    item = card(asked)
    assert (item.state, item.waiting_since) == ("open", said.created_at)
    assert "reopened" in item.signals


def test_events_that_come_late_do_not_turn_the_clock_back(asked, cast):
    comment(opening(asked), by=cast.ana, source="One more thing: it also happens on the laptop.")
    answer(asked.thread, by=cast.dora, source="Thank you, that is the clue.", as_staff=True)
    said, answered = Event.objects.filter(verb__in=[Verb.COMMENT_POSTED, Verb.ANSWER_POSTED]).order_by("pk")
    deliver(event_id=answered.pk)
    deliver(event_id=said.pk)
    assert card(asked).state == "watching"


def test_a_solution_closes_it_and_taking_it_back_opens_it(asked, cast):
    post = ben_answers(cast, asked)
    asked.accept(post, by=cast.ana)
    work()
    assert card(asked).state == "closed"
    asked.withdraw_solution(post, by=cast.ana)
    work()
    assert card(asked).state == "open"


def test_a_hidden_thread_closes_it_and_restoring_opens_it(asked, cast):
    opening(asked).hide(by=cast.hana, reason="spam")
    work()
    assert card(asked).state == "closed"
    opening(asked).restore(by=cast.hana)
    work()
    assert card(asked).state == "open"


def test_peers_first_sleeps_for_a_day_and_then_begins_to_wait(cast):
    question = ana_asks(cast, peers_first=True)
    work()
    item = card(question)
    assert item.state == "snoozed"
    assert item.snoozed_until == question.thread.created_at + timedelta(hours=24)
    comment(opening(question), by=cast.ana, source="Nobody yet?")
    work()
    assert card(question).state == "snoozed"
    Item.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    wake_the_due(timestamp=0)
    item = card(question)
    assert (item.state, item.waiting_since) == ("open", question.thread.created_at + timedelta(hours=24))


@pytest.mark.parametrize(
    ("words", "signal"), [("The charger began to smoke!", "safety"), ("The battery is swollen.", "safety")]
)
def test_danger_does_not_wait_for_peers(cast, words, signal):
    question = ana_asks(cast, peers_first=True, source=words)
    work()
    assert (card(question).state, card(question).signals) == ("open", [signal])


def test_a_snooze_that_is_over_wakes_it(asked, cast):
    item = card(asked)
    item.snooze(timezone.now() + timedelta(hours=3), by=cast.dora)
    wake_the_due(timestamp=0)
    assert card(asked).state == "snoozed"
    Item.objects.update(snoozed_until=timezone.now())
    wake_the_due(timestamp=0)
    assert (card(asked).state, card(asked).waiting_since) == ("open", asked.thread.created_at)


def test_a_new_word_of_the_customer_wakes_a_snoozed_one(asked, cast):
    card(asked).snooze(timezone.now() + timedelta(hours=3), by=cast.dora)
    comment(opening(asked), by=cast.ana, source="Hello?")
    work()
    assert card(asked).state == "open"


def test_people_with_the_same_problem_move_it_up(asked, cast):
    before = card(asked).ranks_at
    asked.share_problem(by=cast.chris)
    work()
    assert card(asked).ranks_at < before


@pytest.fixture
def imported(cast):
    """A question from long before the desk, which never had a card."""
    question = ana_asks(cast)
    Event.objects.all().delete()
    type(question.thread).objects.filter(pk=question.thread.pk).update(created_at=timezone.now() - timedelta(days=230))
    question.thread.refresh_from_db()
    return question


def test_an_old_question_that_never_waited_does_not_begin_to_when_others_answer(imported, cast):
    ben_answers(cast, imported)
    work()
    assert not Item.objects.exists()


def test_an_old_question_waits_from_when_its_asker_says_more(imported, cast):
    said = comment(opening(imported), by=cast.ana, source="It is back since yesterday.")
    work()
    item = card(imported)
    assert item.state == "open"
    assert abs(item.waiting_since - said.created_at) < timedelta(seconds=5)


def test_an_old_question_does_not_begin_to_wait_because_a_merge_is_undone(imported, cast):
    other = ana_asks(cast, title="Sound stutters on the train since the update")
    merged = merge(imported.thread, into=other.thread, by=cast.hana, reason="The same fault.")
    work()
    unmerge(merged, by=cast.hana)
    work()
    assert not Item.objects.filter(thread=imported.thread).exists()
    assert card(other).state == "open"


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_card_of_a_question_in_the_same_moment_get_the_same_card(cast):
    thread, found = ana_asks(cast).thread, []

    def be_second():
        found.append(card_of(thread))
        connection.close()

    second = Thread(target=be_second)
    with transaction.atomic():
        first = card_of(thread)
        second.start()
        until(somebody_waits_for_us)
    second.join()
    assert found == [first]
