"""Taking the next item, the pages about the order, and the hours: as agents, supervisors and customers see them."""

import pytest
from django.urls import reverse

from moderation.queue.models import Calendar, Item, Ordering, Promise
from tests.jobs import work
from tests.scenes import ana_asks, one_line

ORDER = {"target_minutes": 60, "loyalty_weight": 0, "influence_weight": 0, "long_tail_percent": 20}


@pytest.fixture
def asked(cast):
    question = ana_asks(cast)
    work()
    return question


def test_take_the_next_opens_the_item_at_hand(client, cast, asked):
    client.force_login(cast.dora)
    answer = client.post(reverse("moderation:queue-next"))
    item = Item.objects.get(thread=asked.thread)
    assert answer.url == reverse("moderation:item-detail", args=[item.pk])
    assert item.holder == cast.dora


def test_with_nothing_to_take_the_desk_says_so(client, cast):
    client.force_login(cast.dora)
    answer = client.post(reverse("moderation:queue-next"), follow=True)
    assert "Nothing waits for you." in one_line(answer)


def test_strangers_and_members_take_nothing(client, cast, asked):
    assert client.post(reverse("moderation:queue-next")).url.startswith("/account/login/")
    client.force_login(cast.mallory)
    assert client.post(reverse("moderation:queue-next")).status_code == 404


def test_ac_agent_4_the_public_page_mirrors_the_live_weights(client, cast):
    page = one_line(client.get("/how-we-order/"))
    assert page.count("Does not count.") == 2
    assert "more than 75 minutes" in page
    client.force_login(cast.fay)
    changed = client.post(
        reverse("moderation:order-settings"),
        {**ORDER, "influence_weight": 1, "loyalty_weight": 1, "reason": "Four weeks of trying"},
    )
    assert changed.status_code == 302
    client.logout()
    page = one_line(client.get("/how-we-order/"))
    assert "Does not count." not in page
    assert "more than 113 minutes" in page
    assert "Four weeks of trying" in page
    assert "fay" not in page.lower()


def test_ac_agent_4_a_weight_above_one_is_refused_on_the_page(client, cast):
    client.force_login(cast.fay)
    answer = client.post(reverse("moderation:order-settings"), {**ORDER, "influence_weight": 1.1, "reason": "Louder"})
    assert answer.status_code == 422
    assert "less than or equal to 1" in one_line(answer)
    assert Ordering.objects.count() == 0


def test_agents_read_the_order_and_do_not_change_it(client, cast):
    client.force_login(cast.dora)
    assert "Change it in public" not in one_line(client.get(reverse("moderation:order-settings")))
    assert client.post(reverse("moderation:order-settings"), {**ORDER, "reason": "Mine"}).status_code == 403


def test_supervisors_set_hours_and_promises(client, cast):
    client.force_login(cast.fay)
    week = {f"day_{number}": "09:00-12:00, 13:00-17:00" if number < 5 else "" for number in range(7)}
    sent = {"zone": "Europe/Berlin", **week, "holidays": "2026-12-25 Christmas"}
    assert client.post(reverse("moderation:hours-settings"), sent).status_code == 302
    calendar = Calendar.objects.get(brand=None)
    assert calendar.week[0] == ["09:00-12:00", "13:00-17:00"]
    assert [str(day) for day in calendar.holidays.all()] == ["2026-12-25 Christmas"]
    promise = {"question-kind": "question", "question-respond_minutes": 90, "question-resolve_minutes": 600}
    assert client.post(reverse("moderation:promise-settings", args=["question"]), promise).status_code == 302
    assert Promise.objects.get(kind="question").respond_minutes == 90


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("day_0", "9 to 5", "Write spans like 09:00-17:00."),
        ("holidays", "Christmas", "does not begin with a day"),
        ("zone", "Mars/Olympus", "Select a valid choice"),
    ],
)
def test_hours_that_make_no_sense_are_given_back_with_a_reason(client, cast, field, value, sentence):
    client.force_login(cast.fay)
    sent = {"zone": "UTC", "day_0": "09:00-17:00", "holidays": "", field: value}
    answer = client.post(reverse("moderation:hours-settings"), sent)
    assert answer.status_code == 422
    assert sentence in one_line(answer)
    assert Calendar.objects.count() == 0


def test_ac_agent_4_the_fairness_report_counts_first_answers_by_group(client, cast, asked):
    item = Item.objects.get(thread=asked.thread)
    item.answer("Please try the new firmware, it mends this.", by=cast.dora, seen=0)
    client.force_login(cast.fay)
    page = one_line(client.get(reverse("moderation:order-settings")))
    assert "1 first answer since" in page
    assert "nobody we know of" in page
