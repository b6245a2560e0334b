"""AC-PEOPLE-4: whom a customer was helped by, they may ask again; it never takes longer than asking the team."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from community.people.absence import Absence
from community.people.distance import block
from community.people.models import Person
from community.refusals import Refusal
from forums.bonds.models import Bond, Wish
from forums.questions.models import Question
from forums.threads.replying import answer
from moderation.queue.lists import BY_KEY, items_in
from moderation.queue.models import Calendar, Item, Promise
from moderation.queue.tasks import hand_over_the_late
from tests.jobs import work
from tests.moderation.escalation.scenes import ana_writes_in_private
from tests.scenes import ana_asks

EVENING = "2026-11-24 20:00+01:00"  # a Tuesday
FIRST, SECOND = "The case does not close since Monday", "The microphone is very quiet in calls"


@pytest.fixture
def helped(cast):
    """Dora has helped Ana before; it is Tuesday evening now, and Dora is back at nine."""
    Person.objects.filter(pk=cast.emil.pk).update(time_zone="Europe/Berlin")
    for agent in (cast.dora, cast.emil):
        agent.persona.hours = "Mon–Fri 09:00–17:00"
        agent.persona.save()
    Calendar.objects.create(zone="Europe/Berlin")  # Monday to Friday, nine to five
    Promise.objects.make("question", by=cast.fay, respond_minutes=60, resolve_minutes=480)
    with time_machine.travel("2026-11-20 10:00+01:00", tick=True):
        question = ana_asks(cast, title=FIRST)
        work()
        answer(question.thread, by=cast.dora, source="Clean the hinge with a dry brush.", as_staff=True)
        work()
    with time_machine.travel(EVENING, tick=True):
        yield question


def ask(client, cast, again="dora-bluetooth", title=SECOND) -> Question:
    """By the form."""
    client.force_login(cast.ana)
    words = {"title": title, "text": "People ask me to speak up, with every phone that I have tried.",
             "product": cast.beam2.pk, "ask_again": again}  # fmt: skip
    response = client.post("/questions/new/", words)
    assert response.status_code == 302
    work()
    return Question.objects.get(thread__title=title)


def card(question: Question) -> Item:
    return Item.objects.get(thread=question.thread)


def named(person) -> list[Item]:
    return list(items_in(BY_KEY["named"], person))


def next_ones(person) -> list[Item]:
    return list(items_in(BY_KEY["next"], person))


def again(client, question) -> str:
    return client.get(f"/threads/{question.pk}/again/", headers={"HX-Request": "true"}).content.decode()


def test_ac_people_4_the_ask_page_offers_who_has_helped_before(client, cast, helped):
    client.force_login(cast.ana)
    assert "Ask Dora again (back at 09:00)" in client.get("/questions/new/").content.decode()
    client.force_login(cast.chris)
    assert "again (back" not in client.get("/questions/new/").content.decode()
    client.logout()
    assert "again (back" not in client.get("/questions/new/").content.decode()


def test_ac_people_4_choosing_makes_an_item_that_prefers_her_until_the_deadline(client, cast, helped):
    question = ask(client, cast)
    item = card(question)
    assert item.preferred.agent == cast.dora
    assert item.preferred.until == datetime.fromisoformat("2026-11-25 10:00+01:00")  # an hour of open hours
    assert named(cast.dora) == [item]
    assert item in next_ones(cast.dora)
    assert item not in next_ones(cast.emil)
    client.force_login(cast.dora)
    assert SECOND in client.get("/desk/?view=named").content.decode()
    client.force_login(cast.ana)
    assert "You asked for Dora (back at 09:00)." in again(client, question)


def test_ac_people_4_after_the_deadline_the_team_has_it_with_a_note_that_the_desk_shows(client, cast, helped):
    question = ask(client, cast)
    with time_machine.travel("2026-11-25 09:59+01:00", tick=False):
        hand_over_the_late(timestamp=0)
        assert card(question).preferred
    with time_machine.travel("2026-11-25 10:00+01:00", tick=False):
        hand_over_the_late(timestamp=0)
        work()
        item = card(question)
        assert item.preferred is None
        assert item in next_ones(cast.emil)
        client.force_login(cast.emil)
        page = client.get(f"/desk/items/{item.pk}/").content.decode()
        assert "The customer asked for Dora, Bluetooth, who could not come to it until 25 Nov 10:00" in page
        client.force_login(cast.ana)
        assert "the whole team has it now" in again(client, question)


def test_ac_people_4_on_holiday_the_substitute_is_announced_and_gets_it(client, cast, helped):
    client.force_login(cast.dora)
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03", "substitute": cast.emil.pk}
    assert client.post("/settings/absences/", days).status_code == 302
    client.force_login(cast.ana)
    page = client.get("/questions/new/").content.decode()
    assert "Ask Dora again (away, back on 4 December; Emil stands in)" in page
    question = ask(client, cast)
    assert card(question).preferred.agent == cast.emil
    assert "Emil stands in" in again(client, question)
    assert named(cast.emil) == [card(question)]


def test_ac_people_4_whom_she_blocked_is_offered_the_team_only(client, cast, helped):
    block(cast.ana, by=cast.dora)
    client.force_login(cast.ana)
    assert "Dora" not in client.get("/questions/new/").content.decode().partition("<form class")[2]
    question = ask(client, cast, again="")
    assert "Dora" not in again(client, question)
    client.post(f"/threads/{question.pk}/again/", {"agent": "dora-bluetooth"})
    with pytest.raises(Refusal, match="The team answers you"):
        Wish.objects.ask_again(question.thread, cast.dora, by=cast.ana)
    work()
    assert card(question).preferred is None


def test_ac_people_4_blocking_later_gives_it_to_the_team(client, cast, helped):
    question = ask(client, cast)
    block(cast.ana, by=cast.dora)
    work()
    assert card(question).preferred is None
    assert not Wish.objects.exists()


def test_one_s_own_question_can_ask_for_her_later_and_take_it_back(client, cast, helped):
    question = ask(client, cast, again="")
    assert "Ask Dora again (back at 09:00)" in again(client, question)
    client.post(f"/threads/{question.pk}/again/", {"agent": "dora-bluetooth"})
    work()
    assert card(question).preferred.agent == cast.dora
    shown = client.post(f"/threads/{question.pk}/again/", {"agent": ""}, headers={"HX-Request": "true"})
    assert "You asked for" not in shown.content.decode()
    work()
    assert card(question).preferred is None


def test_nobody_chooses_for_somebody_else(client, cast, helped):
    question = ask(client, cast, again="")
    for person in (cast.mallory, cast.ben, cast.emil):
        client.force_login(person)
        assert client.get(f"/threads/{question.pk}/again/").status_code == 404
        assert client.post(f"/threads/{question.pk}/again/", {"agent": "dora-bluetooth"}).status_code == 404
    client.logout()
    assert client.get(f"/threads/{question.pk}/again/").status_code == 302


def test_her_answer_ends_the_waiting_and_keeps_the_bond(client, cast, helped):
    question = ask(client, cast)
    client.force_login(cast.dora)
    client.post(f"/desk/items/{card(question).pk}/answer/", {"text": "Update the app first, please.", "seen": 0})
    work()
    assert card(question).preferred is None
    assert card(question).state == Item.State.WATCHING
    assert Bond.objects.get().last_at > Item.objects.get(thread=question.thread).created_at


def test_she_hands_it_over_with_a_note_to_a_colleague_or_to_all(client, cast, helped):
    item = card(ask(client, cast))
    address = f"/desk/items/{item.pk}/hand-over/"
    client.force_login(cast.emil)
    assert client.post(address, {"note": "I take it"}).status_code == 403
    client.force_login(cast.dora)
    assert client.post(address, {"note": ""}).status_code == 422
    client.post(address, {"note": "Needs somebody who knows the microphones.", "to": cast.emil.pk})
    assert card(Question.objects.get(thread__title=SECOND)).preferred.agent == cast.emil
    client.force_login(cast.emil)
    page = client.get(f"/desk/items/{item.pk}/").content.decode()
    assert "Dora, Bluetooth handed it to Emil" in page
    assert "Needs somebody who knows the microphones." in page
    client.post(address, {"note": "Not mine either."})
    work()
    assert Item.objects.get(pk=item.pk).preferred is None


def test_who_left_the_team_is_offered_no_more(client, cast, helped):
    cast.dora.grants.get().revoke(by=cast.kim, reason="moved on")
    client.force_login(cast.ana)
    assert "Ask Dora" not in client.get("/questions/new/").content.decode()


def test_absences_are_one_s_own(client, cast, helped):
    absence = Absence.objects.plan(by=cast.dora, first_day=date(2026, 12, 1), last_day=date(2026, 12, 2))
    client.force_login(cast.emil)
    assert client.post(f"/settings/absences/{absence.pk}/remove/").status_code == 404
    backwards = {"first_day": "2026-12-03", "last_day": "2026-12-01"}
    assert client.post("/settings/absences/", backwards).status_code == 422
    client.force_login(cast.dora)
    assert client.post(f"/settings/absences/{absence.pk}/remove/").status_code == 302
    assert not Absence.objects.exists()
    client.force_login(cast.chris)
    assert client.get("/settings/absences/").status_code == 404


def test_help_in_private_makes_a_bond_too(cast):
    talk = ana_writes_in_private(cast)
    talk.reply("We send a new one.", by=cast.dora)
    work()
    assert Bond.objects.filter(customer=cast.ana, agent=cast.dora).exists()
    assert Bond.objects.get().last_at - talk.created_at < timedelta(minutes=5)
