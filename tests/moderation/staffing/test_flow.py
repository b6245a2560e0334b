"""Items come by themselves while there is room (AC-AGENT-5)."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from community.notifications.models import Notification
from moderation.chat.models import Chat, Seat
from moderation.escalation.models import Conversation
from moderation.queue.models import Ability, Calendar, Item, Requirement, Skill, Team
from moderation.queue.tasks import alarm_of_the_unassigned, look_for_hands
from moderation.staffing.load import load_of
from moderation.staffing.models import Shift
from moderation.staffing.tasks import let_it_flow
from tests.jobs import work
from tests.moderation.chat.scenes import ana_writes, sits_down
from tests.scenes import ana_asks, as_, one_line

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)


def opens_the_desk(person, socket="desk"):
    Seat.objects.take(person, "here", socket=f"{socket}-{person.pk}")


def matter(cast, number, minutes_ago, **fields) -> Item:
    fields = {"kind": "question", "customer": cast.ana, "product": cast.beam2, "by": None, **fields}
    since = timezone.now() - timedelta(minutes=minutes_ago)
    return Item.objects.open(title=f"Matter {number}", waiting_since=since, **fields)


def at_hand(person):
    return list(Item.objects.filter(claim_row__holder=person).order_by("pk").values_list("title", flat=True))


def test_ac_agent_5_with_five_at_hand_nothing_comes_and_on_closing_one_the_oldest_highest_does(cast):
    with time_machine.travel(MONDAY, tick=False):
        dora = as_(cast.dora)
        for number in range(5):
            matter(cast, number, 60 - number)
        opens_the_desk(cast.dora)
        assert dora.post("/desk/shift/", {"is_on": "on", "capacity": 5}).status_code == 302
        work()
        assert at_hand(cast.dora) == [f"Matter {number}" for number in range(5)]
        assert load_of(cast.dora) == 5
        matter(cast, "old", 50)
        matter(cast, "grave", 20, signals=["personal_data"])
        matter(cast, "new", 1)
        work()
        assert len(at_hand(cast.dora)) == 5
        full = dora.post("/desk/next/", HTTP_HX_REQUEST="true")
        assert full.status_code == 409
        assert "hands full" in full.content.decode()
        first = Item.objects.get(title="Matter 0")
        dora.post(f"/desk/items/{first.pk}/close/", {"version": first.version})
        work()
        assert at_hand(cast.dora)[-1] == "Matter old"  # 50 minutes beat 20 with personal data (30), and 1 minute
        assert Notification.objects.filter(person=cast.dora, text__contains="Matter old").count() == 1
        assert "5 / 5" in one_line(dora.get("/desk/"))


def test_ac_agent_5_a_chat_counts_two_a_mail_and_a_thread_one(cast):
    with time_machine.travel(MONDAY, tick=False):
        sits_down(cast.dora)
        chat = Chat.objects.request(ana_writes(cast), by=cast.ana)
        chat.join(by=cast.dora)
        assert load_of(cast.dora) == 2
        mail = Conversation.objects.ask(
            by=cast.chris, title="Invoice", text="Please send it again.", channels=["page"], product=cast.beam2
        )
        mail.item.claim(by=cast.dora)
        assert load_of(cast.dora) == 3
        matter(cast, 1, 5).claim(by=cast.dora)
        assert load_of(cast.dora) == 4
        matter(cast, 2, 9)
        matter(cast, 3, 8)
        Shift.objects.begin(by=cast.dora, capacity=5)
        work()
        assert load_of(cast.dora) == 5  # one more thread, and no second
        assert "Matter 2" in at_hand(cast.dora)
        assert "Matter 3" not in at_hand(cast.dora)


def test_ac_agent_5_what_came_overnight_flows_at_nine_in_the_order_of_the_score(cast):
    night = datetime(2026, 11, 23, 3, 0, tzinfo=BERLIN)
    Calendar.objects.create(zone="Europe/Berlin")
    with time_machine.travel(night, tick=False):
        matter(cast, "late", 10)
        matter(cast, "early", 100)
        matter(cast, "smoke", 30, signals=["safety"])
        work()
        assert Item.objects.filter(claim_row=None).count() == 3  # nobody is there
    with time_machine.travel(night.replace(hour=8, minute=59), tick=False):
        for person in (cast.dora, cast.emil):
            Shift.objects.begin(by=person, capacity=2)
            opens_the_desk(person)
        work()
        let_it_flow(timestamp=0)
        assert Item.objects.filter(claim_row=None).count() == 3  # the desk is closed
    with time_machine.travel(night.replace(hour=9), tick=False):
        for person in (cast.dora, cast.emil):
            opens_the_desk(person)
        let_it_flow(timestamp=0)
        order = Item.objects.filter(pulls__isnull=False).order_by("pulls__turn").values_list("title", flat=True)
        assert list(order) == ["Matter early", "Matter smoke", "Matter late"]
        assert [at_hand(cast.dora), at_hand(cast.emil)] == [["Matter late", "Matter early"], ["Matter smoke"]]
        let_it_flow(timestamp=0)
        assert len(at_hand(cast.dora)) == 2


def test_ac_agent_5_unassigned_for_more_than_thirty_minutes_of_work_is_told_once(cast):
    Calendar.objects.create(zone="Europe/Berlin")
    friday = datetime(2026, 11, 20, 16, 40, tzinfo=BERLIN)
    _supervisor, dora = cast.fay, cast.dora
    with time_machine.travel(friday, tick=False):
        item, taken = matter(cast, 1, 0), matter(cast, 2, 0)
        taken.claim(by=dora)
        work()
    alarms = Notification.objects.filter(person=cast.fay, text__contains="half an hour of work")
    for moment, count in [
        (friday.replace(hour=17), 0),  # twenty minutes of work have passed
        (datetime(2026, 11, 23, 9, 9, tzinfo=BERLIN), 0),
        (datetime(2026, 11, 23, 9, 10, tzinfo=BERLIN), 1),
        (datetime(2026, 11, 23, 9, 20, tzinfo=BERLIN), 1),
    ]:
        with time_machine.travel(moment, tick=False):
            alarm_of_the_unassigned(timestamp=0)
            work()
            assert alarms.count() == count, moment
    with time_machine.travel(datetime(2026, 11, 23, 9, 21, tzinfo=BERLIN), tick=False):
        page = one_line(as_(cast.fay).get("/desk/?view=stuck"))
        assert "Matter 1" in page
        assert "Matter 2" not in page
        assert "Matter 1" in one_line(as_(cast.fay).get(f"/desk/items/{item.pk}/?view=stuck"))
        assert "view-stuck" not in as_(dora).get("/desk/").content.decode()


@pytest.fixture
def skills(cast):
    """German, Bluetooth and a certificate for batteries, and what asks for them."""
    fay = as_(cast.fay)
    for name, is_certificate in [("German", ""), ("Bluetooth", ""), ("Battery safety", "on")]:
        fay.post("/desk/team/skills/new/", {"name": name, "is_certificate": is_certificate})
    german, bluetooth, batteries = (Skill.objects.get(name=n) for n in ("German", "Bluetooth", "Battery safety"))
    for skill, kind, value in [
        (german, "language", "de"),
        (bluetooth, "tag", "Bluetooth"),
        (batteries, "signal", "safety"),
    ]:
        sent = {"skill": skill.pk, "kind": kind, "value": value}
        assert fay.post("/desk/team/requirements/make/", sent).status_code == 302
    return german, bluetooth, batteries


def give(cast, person, skill, until=""):
    sent = {"person": person.pk, "skill": skill.pk, "valid_until": until}
    return as_(cast.fay).post("/desk/team/abilities/give/", sent)


def test_ac_agent_5_german_bluetooth_and_a_valid_certificate_are_all_asked_for(cast, skills):
    german, bluetooth, batteries = skills
    with time_machine.travel(MONDAY, tick=False):
        assert give(cast, cast.dora, german).status_code == 302
        give(cast, cast.dora, bluetooth)
        assert give(cast, cast.dora, batteries).status_code == 422  # a certificate needs a day
        give(cast, cast.dora, batteries, "2026-11-23")
        give(cast, cast.emil, german)
        give(cast, cast.emil, batteries, "2027-06-30")
        question = ana_asks(cast, title="Case smokes", source="The Bluetooth case gets hot, it smokes.")
        work()
        item = Item.objects.get(thread=question.thread)
        assert set(item.needs.values_list("skill__name", flat=True)) == {"German", "Bluetooth", "Battery safety"}
        assert item.stranded_at is None
        assert Item.objects.pull(by=cast.emil) is None  # Emil has no Bluetooth
        assert Item.objects.pull(by=cast.dora).pk == item.pk


def test_ac_agent_5_when_nobody_is_qualified_it_is_with_the_supervisors_and_never_parked(cast, skills):
    german, bluetooth, batteries = skills
    with time_machine.travel(MONDAY, tick=False):
        for skill, until in [(german, ""), (bluetooth, ""), (batteries, "2026-11-23")]:
            give(cast, cast.dora, skill, until)
        question = ana_asks(cast, title="Case smokes", source="The Bluetooth case gets hot, it smokes.")
        work()
        item = Item.objects.get(thread=question.thread)
    told = Notification.objects.filter(person=cast.fay, text__contains="Battery safety, Bluetooth, German")
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        look_for_hands(timestamp=0)  # the certificate ran out yesterday
        work()
        assert told.count() == 1
        page = one_line(as_(cast.fay).get("/desk/?view=stuck"))
        assert "Case smokes" in page
        assert "nobody can do what it asks for" in one_line(as_(cast.fay).get(f"/desk/items/{item.pk}/"))
        assert Item.objects.pull(by=cast.dora) is None
        give(cast, cast.dora, batteries, "2027-11-23")
        work()
        assert "Case smokes" not in one_line(as_(cast.fay).get("/desk/?view=stuck"))
        assert Item.objects.pull(by=cast.dora).pk == item.pk


def test_what_somebody_puts_back_does_not_come_to_them_again(cast):
    with time_machine.travel(MONDAY, tick=False):
        opens_the_desk(cast.dora)
        item = matter(cast, 1, 5)
        Shift.objects.begin(by=cast.dora, capacity=5)
        work()
    with time_machine.travel(MONDAY + timedelta(seconds=9), tick=False):
        item.release(by=cast.dora)
        work()
        assert at_hand(cast.dora) == []
        opens_the_desk(cast.emil)
        Shift.objects.begin(by=cast.emil)
        work()
        assert at_hand(cast.emil) == ["Matter 1"]


def test_nothing_comes_to_an_empty_chair_nor_after_the_shift(cast):
    with time_machine.travel(MONDAY, tick=False):
        Shift.objects.begin(by=cast.dora)
        matter(cast, 1, 5)
        work()
        assert at_hand(cast.dora) == []  # no desk is open
        opens_the_desk(cast.dora)
        as_(cast.dora).post("/desk/shift/", {"is_on": "off"})
        work()
        assert at_hand(cast.dora) == []


def test_only_supervisors_say_who_can_do_what(cast, skills):
    german = skills[0]
    for person, status in [(cast.dora, 403), (cast.hana, 403), (cast.mallory, 404)]:
        client = as_(person)
        assert client.get("/desk/team/").status_code == status
        assert client.post("/desk/team/skills/new/", {"name": "x"}).status_code == status
    fay = as_(cast.fay)
    give(cast, cast.dora, german)
    page = one_line(fay.get("/desk/team/"))
    assert "dora" in page
    assert "German" in page
    assert "0 / 5" in page
    fay.post(f"/desk/team/abilities/{Ability.objects.get().pk}/take/")
    assert not Ability.objects.exists()
    fay.post(f"/desk/team/requirements/{Requirement.objects.get(kind='tag').pk}/drop/")
    assert Requirement.objects.count() == 2
    refused = fay.post("/desk/team/requirements/make/", {"skill": german.pk, "kind": "signal", "value": "mood"})
    assert refused.status_code == 422


def test_the_cost_of_the_teams_page_does_not_grow(cast, django_assert_max_num_queries):
    for number in range(8):
        person = cast.staff(f"agent{number}", "agent")
        opens_the_desk(person)
        matter(cast, number, 5).claim(by=person)
    fay = as_(cast.fay)
    fay.get("/desk/team/")
    with django_assert_max_num_queries(20):
        fay.get("/desk/team/")


def test_each_label_of_the_team_page_belongs_to_a_field_of_its_own_form(client, cast):
    """Four forms ask for a person, a skill or a name: a click on “Can do” once went to “Asks for”."""
    client.force_login(cast.fay)
    Team.objects.form("Audio", by=cast.fay)
    for page in (client.get("/desk/team/"), client.post("/desk/team/abilities/give/", {})):
        ids = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page.content.decode())
        assert len(ids) == len(set(ids)) > 6
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', page.content.decode())) <= set(ids)


def test_each_deed_on_the_team_says_what_came_of_it(cast, skills):
    fay = as_(cast.fay)

    def said(path, **sent):
        return one_line(fay.post(f"/desk/team/{path}", sent, follow=True))

    assert "The team “Night” is there." in said("teams/new/", name="Night")
    night = Team.objects.get(name="Night")
    assert "dora works in “Night” now." in said("members/add/", team=night.pk, person=cast.dora.pk)
    assert "dora works in “Night” no longer." in said(f"members/{night.members.get().pk}/leave/")
    assert "The skill “Norsk” is there." in said("skills/new/", name="Norsk")
    give(cast, cast.dora, skills[0])
    assert "Taken back. What waits is looked at again." in said(f"abilities/{Ability.objects.get().pk}/take/")
    assert "Taken back." in said(f"requirements/{Requirement.objects.first().pk}/drop/")
