"""AC-AGENT-4: the weights are set in public, influence is capped, and nobody waits for ever."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.events.models import Event
from community.events.verbs import Verb
from community.refusals import Refusal
from moderation.queue.models import CustomerFacts, Item, Ordering, Pull
from moderation.queue.priority import Weights, ranks_at, score
from tests.jobs import work
from tests.scenes import ana_asks

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Customer:
    """Somebody of whom the queue knows this much."""

    def __init__(self, loyalty=0.0, influence=0.0):
        self.customer_facts = self
        self.loyalty, self.influence = loyalty, influence


class Waiting:
    """What the formula asks of an item, without a database: ten thousand of them are compared."""

    def __init__(self, minutes, severity="", same_problem=0, loyalty=0.0, influence=0.0):
        self.waiting_since = NINE + timedelta(minutes=minutes)
        self.signals = [severity] if severity else []
        self.same_problem_count = same_problem
        self.customer = Customer(loyalty, influence)


def test_ac_agent_4_influence_one_overtakes_who_came_22_minutes_earlier_and_not_23():
    weights = Weights(influence_weight=1)
    ana, chris = Waiting(0), Waiting(22, influence=1)
    assert ranks_at(chris, weights) < ranks_at(ana, weights)
    assert ranks_at(Waiting(22.5, influence=1), weights) == ranks_at(ana, weights)
    assert ranks_at(Waiting(23, influence=1), weights) > ranks_at(ana, weights)


def test_ac_agent_4_without_weights_only_severity_and_age_order():
    loud = Waiting(1, influence=1, loyalty=1)
    assert ranks_at(Waiting(0)) < ranks_at(loud)
    assert score(loud, NINE + timedelta(minutes=61)) == 40


def test_ac_agent_4_of_10_000_arrivals_none_is_overtaken_by_one_112_and_a_half_minutes_later():
    chance = random.Random(4)
    weights = Weights(loyalty_weight=1, influence_weight=1)
    items = [
        Waiting(
            chance.uniform(0, 10_000), chance.choice(["", "", "", "reopened", "personal_data", "safety"]),
            chance.randint(0, 40), chance.random(), chance.random(),
        )
        for _ in range(10_000)
    ]  # fmt: skip
    served = sorted(items, key=lambda item: ranks_at(item, weights))
    latest_before, bound = served[0].waiting_since, timedelta(minutes=112.5)
    for item in served:
        assert latest_before - item.waiting_since <= bound
        latest_before = max(latest_before, item.waiting_since)
    extreme = Waiting(112.4, "safety", 20, 1, 1)
    assert ranks_at(extreme, weights) < ranks_at(Waiting(0), weights)  # the bound is sharp


def test_ac_agent_4_a_stream_of_loud_people_every_five_minutes_does_not_starve_an_ordinary_one():
    weights = Weights(influence_weight=1)
    quiet = Waiting(0)
    loud = [Waiting(minute, influence=1) for minute in range(0, 600, 5)]
    before = [item for item in loud if ranks_at(item, weights) < ranks_at(quiet, weights)]
    assert len(before) == 5  # those of the first 22.5 minutes, and no more however many come


def test_ac_agent_4_weights_above_one_are_refused_by_form_and_by_database(cast):
    with pytest.raises(Exception, match="less than or equal to 1"):
        Ordering.objects.change(by=cast.fay, reason="Louder first", influence_weight=1.5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ordering.objects.create(influence_weight=1.5)


def test_ac_agent_4_only_supervisors_change_the_order_and_only_with_a_reason(cast):
    with pytest.raises(Refusal):
        Ordering.objects.change(by=cast.dora, reason="I like it", loyalty_weight=1)
    with pytest.raises(Refusal):
        Ordering.objects.change(by=cast.fay, reason=" ", loyalty_weight=1)
    Ordering.objects.change(by=cast.fay, reason="A test of four weeks", loyalty_weight=1)
    change = Event.objects.get(verb=Verb.ORDERING_CHANGED)
    assert (change.details["before"]["loyalty_weight"], change.details["after"]["loyalty_weight"]) == (0, 1)


def test_ac_agent_4_a_change_gives_every_open_item_its_new_place(cast):
    first, second = (
        ana_asks(cast),
        ana_asks(cast, title="The left earcup rattles when I shake my head", source="As it says, since a week or so."),
    )
    second.thread.author = cast.chris
    second.thread.save()
    work()
    Item.objects.filter(thread=second.thread).update(customer=cast.chris)
    CustomerFacts.objects.note(cast.chris, source="profile", followers=90_000)
    assert places(first, second) == [first.pk, second.pk]
    Ordering.objects.change(by=cast.fay, reason="A test of four weeks", influence_weight=1)
    work()
    assert places(first, second) == [second.pk, first.pk]
    terms = Item.objects.get(thread=second.thread).terms
    assert [term.name for term in terms] == ["waited", "severity", "same_problem", "loyalty", "influence"]
    assert terms[-1].points == 15
    assert Item.objects.get(thread=second.thread).score == pytest.approx(sum(term.points for term in terms), abs=0.1)


def places(*questions):
    return list(
        Item.objects.filter(thread__in=[q.thread for q in questions])
        .order_by("ranks_at")
        .values_list("thread_id", flat=True)
    )


def test_ac_agent_4_each_fifth_pull_takes_the_longest_waiting_of_the_long_tail(cast):
    start = NINE - timedelta(days=1)
    for number in range(20):
        signals = [] if number % 2 else ["safety"]
        Item.objects.open(
            kind="question", title=f"Matter {number}", customer=cast.ana, product=cast.beam2, by=None,
            waiting_since=start + timedelta(minutes=number), signals=signals,
        )  # fmt: skip
    taken = [Item.objects.pull(by=cast.dora) for _ in range(10)]
    assert [taken[4].title, taken[9].title] == ["Matter 1", "Matter 3"]  # unheard ones, the oldest first
    assert all("safety" in item.signals for number, item in enumerate(taken) if number not in (4, 9))
    assert list(Pull.objects.order_by("turn").values_list("lane", flat=True)) == (["score"] * 4 + ["long_tail"]) * 2
    assert {item.holder for item in taken} == {cast.dora}


def test_a_pull_of_an_empty_queue_takes_nothing(cast):
    assert Item.objects.pull(by=cast.dora) is None


def test_a_partner_pulls_only_from_their_brand(cast):
    ana_asks(cast)
    work()
    assert Item.objects.pull(by=cast.gil) is None
    assert Item.objects.pull(by=cast.emil) is not None
