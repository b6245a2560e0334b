"""AC-PRIV-1: four rules propose to go private, each showing is counted."""

import pytest

from community.events.models import Event
from forums.threads.replying import answer
from moderation.escalation.guidance.watching import strip_for, watch_thread
from moderation.escalation.models import Guideline, Showing
from tests.jobs import work
from tests.moderation.escalation.scenes import dora_offers, item_of, on_the_desk, three_team_answers


@pytest.fixture
def with_order_number(cast):
    """An order number got into Ana's question, as in an imported or an older one."""
    thread = on_the_desk(cast)
    thread.posts.filter(kind="opening").update(source="It drops. My order was NL-1001.")
    watch_thread(thread)
    return thread


def panel(client, thread):
    return client.get(f"/desk/items/{item_of(thread).pk}/private/", headers={"HX-Request": "true"})


def test_ac_priv_1_an_order_number_brings_the_strip_with_rule_and_wording(client, cast, with_order_number):
    client.force_login(cast.dora)
    page = panel(client, with_order_number).content.decode()
    assert "Take this private?" in page
    assert "An order number or contact data in public:" in page
    assert "an order number" in page
    assert "NL-1001" not in page
    assert "which should not stand here in public" in page


def test_ac_priv_1_two_team_replies_say_nothing_and_the_third_fires(cast):
    thread = on_the_desk(cast)
    for number in range(2):
        answer(thread, by=cast.dora, source=f"Try step {number}", as_staff=True)
    work()
    assert strip_for(thread) is None
    answer(thread, by=cast.emil, source="And this?", as_staff=True)
    work()
    assert [showing.rule for showing in strip_for(thread).showings] == ["third-reply"]


def test_a_solved_question_needs_no_third_reply_hint(cast):
    thread = on_the_desk(cast)
    first = answer(thread, by=cast.dora, source="Turn it off and on", as_staff=True)
    thread.question.accept(first, by=cast.ana)
    three_team_answers(cast, thread)
    work()
    assert strip_for(thread) is None


@pytest.mark.parametrize(
    "words",
    [
        "Can I email you about it?",
        "Please contact me, it is urgent.",
        "Könnt ihr mich per Mail melden?",
        "Appelez-moi s'il vous plaît.",
        "Could we do this in private?",
    ],
)
def test_the_customer_asks_for_it_in_words(cast, words):
    thread = on_the_desk(cast, source=f"It drops every minute. {words}")
    assert [showing.rule for showing in strip_for(thread).showings] == ["asked-for-it"]


def test_a_plain_question_brings_no_strip(client, cast):
    thread = on_the_desk(cast)
    client.force_login(cast.dora)
    assert "Take this private?" not in panel(client, thread).content.decode()


def test_ac_priv_1_each_rule_is_shown_once_per_thread_and_counted(cast, with_order_number):
    watch_thread(with_order_number)
    watch_thread(with_order_number)
    assert Showing.objects.count() == 1
    assert Event.objects.filter(verb="guidance.given").count() == 1


def test_ac_priv_1_dismissing_is_counted_and_the_strip_stays_away(client, cast, with_order_number):
    client.force_login(cast.dora)
    showing = Showing.objects.get()
    answered = client.post(f"/desk/guidance/{showing.pk}/dismiss/", headers={"HX-Request": "true"})
    assert answered.status_code == 200
    assert "Take this private?" not in answered.content.decode()
    watch_thread(with_order_number)
    assert list(Showing.objects.figures()) == [{"rule": "account-data", "shown": 1, "accepted": 0, "dismissed": 1}]
    assert Event.objects.filter(verb="guidance.dismissed", actor=cast.dora).count() == 1


def test_ac_priv_1_an_invitation_counts_as_accepted(cast, with_order_number):
    dora_offers(cast, with_order_number)
    assert list(Showing.objects.figures()) == [{"rule": "account-data", "shown": 1, "accepted": 1, "dismissed": 0}]
    assert Event.objects.filter(verb="guidance.accepted").count() == 1


def test_ac_priv_1_a_supervisor_changes_the_wording_and_turns_a_rule_off(client, cast):
    client.force_login(cast.fay)
    form = {"rule": "account-data", "account-data-wording": "May we look at it together?", "account-data-is_on": "on"}
    assert client.post("/desk/escalations/rules/", form).status_code == 302
    thread = on_the_desk(cast)
    thread.posts.filter(kind="opening").update(source="Order NL-1001")
    watch_thread(thread)
    assert strip_for(thread).wording == "May we look at it together?"
    client.post("/desk/escalations/rules/", {"rule": "third-reply", "third-reply-wording": "x"})
    three_team_answers(cast, thread)
    work()
    assert [showing.rule for showing in strip_for(thread).showings] == ["account-data"]
    assert Guideline.objects.count() == 2


def test_an_agent_does_not_change_the_rules(client, cast):
    client.force_login(cast.dora)
    assert client.get("/desk/escalations/rules/").status_code == 403


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("The case caught fire on my desk.", "could get hurt"),
        ("Der Akku ist aufgebläht und raucht.", "could get hurt"),
        ("I will take you to court over this.", "legal steps"),
        ("Mein Anwalt meldet sich bei Ihnen.", "legal steps"),
        ("Je vais porter plainte.", "legal steps"),
        ("Since the firmware it burns through the battery, and the brand says nothing.", ""),
        ("Is there a smoke grey one? It would suit my desk.", ""),
    ],
)
def test_s18_words_of_danger_or_of_law_propose_it(cast, words, reason):
    thread = on_the_desk(cast)
    thread.posts.filter(kind="opening").update(source=words)
    watch_thread(thread)
    strip = strip_for(thread)
    assert bool(strip) == bool(reason)
    assert reason in (strip.reasons[0][1] if strip else "")
