"""Making it right (AC-AGENT-11): 50 a month without asking, the rest by a supervisor, the CRM told once."""

from datetime import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from community.notifications.models import Notification
from moderation.goodwill.models import Allowance, Credit
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db


def give(client, item, amount, reason="broken", words="", **how):
    address = f"/desk/items/{item.pk}/goodwill/give/"
    return client.post(address, {"amount": amount, "reason": reason, "words": words}, **how)


@pytest.fixture
def item(cast):
    return item_of(cast)


@pytest.fixture
def dora(cast):
    return as_(cast.dora)


@pytest.fixture
def fay(cast):
    return as_(cast.fay)


def decide(client, credit, decision, why=""):
    return client.post(f"/desk/goodwill/{credit.pk}/decide/", {"decision": decision, "why": why})


def credits_in(receiver):
    return [row["data"]["text"] for row in receiver.records["note"].values() if "gave a credit" in row["data"]["text"]]


def test_ac_agent_11_thirty_and_fifteen_are_given_the_next_ten_wait(cast, item, dora, fay, webhook, receiver):
    dora_pushes(cast, item, webhook)
    assert give(dora, item, "30").status_code == 302
    assert give(dora, item, "15", reason="late").status_code == 302
    assert give(dora, item, "10", words="Third cup in a year").status_code == 302
    assert [(c.amount, c.state) for c in Credit.objects.order_by("pk")] == [
        (Decimal("30.00"), "given"),
        (Decimal("15.00"), "given"),
        (Decimal("10.00"), "waiting"),
    ]
    work()
    assert len(credits_in(receiver)) == 2
    waiting = one_line(fay.get("/desk/goodwill/"))
    assert "10.00 EUR" in waiting
    assert "45.00 of 50.00 EUR given this month" in waiting
    assert Notification.objects.filter(person=cast.fay).exists()
    waiting = Credit.objects.waiting().get()
    assert decide(fay, waiting, "give").status_code == 302
    work()
    work()
    assert sorted(text.rpartition("\n")[2] for text in credits_in(receiver)) == [
        "10.00 EUR · Broken product",
        "15.00 EUR · Late delivery",
        "30.00 EUR · Broken product",
    ]
    report = one_line(fay.get("/desk/goodwill/"))
    assert "40.00" in report
    assert "15.00" in report
    assert "55.00" in report


def test_ac_agent_11_the_crm_gets_a_credit_once_however_often_it_is_told(cast, item, dora, webhook, receiver):
    give(dora, item, "30")
    work()
    assert credits_in(receiver) == []  # nothing was pushed yet
    dora_pushes(cast, item, webhook)
    receiver.faults.extend([500, 500, "cut"])
    work_through()
    dora_pushes(cast, item, webhook)
    work()
    assert len(credits_in(receiver)) == 1


def test_a_click_twice_gives_once(item, dora):
    form = {"amount": "20", "reason": "wait", "once": "a-key-of-the-form-0001"}
    for _ in range(2):
        dora.post(f"/desk/items/{item.pk}/goodwill/give/", form)
    assert Credit.objects.count() == 1


def test_the_customer_hears_of_it_and_of_nothing_that_was_said_for_the_team(cast, item, dora):
    give(dora, item, "20", words="He was loud on the phone")
    work()
    told = Notification.objects.get(person=cast.ana, text__contains="20.00")
    assert "EUR" in told.text
    assert "loud" not in told.text
    page = as_(cast.ana).get(told.url)
    assert page.status_code == 200
    assert b"loud" not in page.content


def test_nobody_decides_on_their_own_and_a_refusal_says_why(cast, item, fay, dora):
    give(fay, item, "80")
    own = Credit.objects.get()
    assert decide(fay, own, "give").status_code == 403
    assert own.__class__.objects.get().state == "waiting"
    give(dora, item, "90")
    other = Credit.objects.order_by("-pk").first()
    answer = decide(fay, other, "refuse")
    assert answer.status_code == 422
    assert b"Say why" in answer.content
    assert decide(fay, other, "refuse", "A repair comes first").status_code == 302
    work()
    assert Notification.objects.filter(person=cast.dora, text__contains="A repair comes first").exists()
    assert decide(fay, other, "give").status_code == 409


def test_only_those_who_may_give_credits_see_them(cast, item):
    assert as_(cast.gil).get(f"/desk/items/{item.pk}/goodwill/").status_code in (403, 404)
    assert as_(cast.ana).get(f"/desk/items/{item.pk}/goodwill/").status_code in (403, 404)
    assert as_(cast.dora).get("/desk/goodwill/").status_code in (403, 404)


def test_a_new_month_begins_with_the_whole_limit_and_an_approval_counts_to_the_month_of_the_decision(cast, item):
    zone = timezone.get_current_timezone()
    with time_machine.travel(datetime(2026, 3, 31, 23, 50, tzinfo=zone), tick=False):
        Credit.objects.give(item, Decimal(50), reason="broken", words="", by=cast.dora)
        asked = Credit.objects.give(item, Decimal(20), reason="broken", words="", by=cast.dora)
        assert asked.state == "waiting"
        assert Credit.objects.left_for(item.customer) == 0
    with time_machine.travel(datetime(2026, 4, 1, 0, 10, tzinfo=zone), tick=False):
        assert Credit.objects.left_for(item.customer) == 50
        asked.decide(approve=True, by=cast.fay)
        assert Credit.objects.left_for(item.customer) == 30


def test_the_limit_is_changed_with_a_reason_and_counts_from_then_on(item, fay, dora):
    assert fay.post("/desk/goodwill/limit/", {"monthly": "100", "why": ""}).status_code == 422
    assert fay.post("/desk/goodwill/limit/", {"monthly": "100", "why": "Recall of the cable"}).status_code == 302
    assert Allowance.now() == 100
    give(dora, item, "80")
    assert Credit.objects.get().state == "given"


@pytest.mark.parametrize("amount", ["0", "-5", "10001", "1.234", "abc", ""])
def test_an_amount_that_is_none_is_refused_and_given_back(item, dora, amount):
    answer = give(dora, item, amount, words="Keep me")
    assert answer.status_code == 422
    assert b"Keep me" in answer.content
    assert not Credit.objects.exists()
