"""The community manager's page of every check: numbers, trial before keeping, shadow, versions, precision."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.events.models import Event
from community.people.arrivals import Arrival
from community.policy.models import CheckHit, CheckRule, Passage
from community.policy.ruling import CHECKED, number
from forums.questions.models import Question
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.flags.models import Case, HouseRule
from moderation.rules.checking import try_check
from moderation.rules.figures import figures_for
from moderation.rules.replaying import REPLAYS
from moderation.waves.models import Wave
from moderation.waves.watching import look_at_arrival
from tests.jobs import work
from tests.scenes import BODY, ana_asks, one_line

LINKS = "/desk/rules/checks/links/"


@pytest.fixture
def hana(cast, client):
    client.force_login(cast.hana)
    return client


def test_every_check_has_a_page_and_a_trial(cast, hana):
    assert set(REPLAYS) == set(CHECKED)
    page = one_line(hana.get("/desk/rules/checks/"))
    assert page.count('data-testid="check"') == len(CHECKED)
    for key, check in CHECKED.items():
        sent = {one.key: one.usual for one in check.numbers}
        answered = hana.post(f"/desk/rules/checks/{key}/try/", sent)
        assert answered.status_code == 200, key
        assert "It would have met" in one_line(answered)


def test_a_trial_says_what_other_numbers_would_have_met_before_they_are_kept(cast, hana, settings):
    question = ana_asks(cast, source=f"{BODY} https://a.example/1 https://b.example/2")
    answer(question.thread, by=cast.chris, source="One place says it: https://c.example/3")
    answer(question.thread, by=cast.ben, source="Ben may: https://a.example/1 https://b.example/2 https://c.example/3")
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        answer(question.thread, by=cast.chris, source="Long ago https://a.example/1 https://b.example/2")
    page = one_line(hana.post(f"{LINKS}try/", {"most": 1}))
    assert 'met <b class="num">1</b> of 3 texts' in page
    assert 'Links in a text: <b class="num">1</b>' in page
    assert question.thread.title in page
    assert number("links", "most") == 2, "nothing was changed"
    assert one_line(hana.post(f"{LINKS}try/", {"most": 0})).count("not kept") == 1
    assert Event.objects.filter(verb="check.tried").count() == 2


def test_a_change_is_a_version_with_a_reason_and_holds_from_now_on(cast, hana):
    sent = {"most": 1, "state": "on", "why": "Every second one was advertising", "version": 1}
    assert hana.post(LINKS, sent).status_code == 302
    row = CheckRule.objects.get(key="links")
    assert (row.version, number("links", "most")) == (2, 1)
    assert [v.settings["numbers"]["most"] for v in row.versions.all()] == [1, 2]
    assert hana.post(LINKS, sent | {"most": 4}).status_code == 409, "somebody else was faster"
    assert hana.post(LINKS, sent | {"most": 51, "version": 2}).status_code == 422
    assert hana.post(LINKS, sent | {"why": "", "version": 2}).status_code == 422
    page = one_line(hana.get(LINKS))
    assert "Every second one was advertising" in page
    assert "As it was set up." in page
    client_refused = answer_page(cast, hana)
    assert "New members can post 1 link" in client_refused


def answer_page(cast, client) -> str:
    question = ana_asks(cast)
    client.force_login(cast.chris)
    text = "See https://a.example/1 and https://b.example/2"
    return one_line(client.post(f"/threads/{question.pk}/reply/", {"text": text}))


def test_a_check_knows_how_right_it_was(cast, hana, settings):
    settings.NEW_MEMBER_REPEATS = 1
    words = "Half the price of the shop, and shipped on the same day, write to me for the address."
    questions = [ana_asks(cast, title=f"Something else happened, {n}") for n in range(2)]
    posts = [answer(question.thread, by=cast.chris, source=words) for question in questions]
    work()
    spam = HouseRule.objects.get(slug="spam")
    decide(Case.objects.about(posts[1]).get(), Wanted("acted", {"hide": {}}, spam, "Advertising"), by=cast.hana)
    figures = figures_for([CheckRule.objects.of("repeated")])[0][1]
    assert (figures.met, figures.right, figures.judged) == (1, 1, 1)


def test_what_was_refused_is_judged_by_the_next_decision_about_the_same_person_and_by_the_writer(cast, hana):
    row = CheckRule.objects.begun("personal_data")
    for action, who in (("refuse", cast.chris), ("refuse", cast.mallory), ("kept", cast.ana)):
        CheckHit.objects.create(rule=row, version=1, action=action, where="answer", by=who)
    post = answer(ana_asks(cast).thread, by=cast.mallory, source="Buy cheap watches in my shop.")
    case = Case.objects.open_about(post, by=cast.hana, origin="staff")
    spam = HouseRule.objects.get(slug="spam")
    decide(case, Wanted("acted", {"hide": {}}, spam, "Advertising"), by=cast.hana)
    figures = figures_for([row])[0][1]
    assert (figures.met, figures.right, figures.judged) == (2, 1, 2)


def test_trials_of_what_is_counted(cast, hana, settings):
    settings.NEW_MEMBER_THREADS = 1000
    now = timezone.now()
    for n in range(4):
        with time_machine.travel(now + timedelta(minutes=6 * n)):
            Question.objects.ask(by=cast.ana, title="A question of the first day", source=BODY)
    with time_machine.travel(now + timedelta(minutes=30)):
        assert try_check("first_day", {"most": 3}, by=cast.hana).found == 1
        assert try_check("first_day", {"most": 4}, by=cast.hana).found == 0
        assert try_check("pace", {"minute": 5, "day": 3}, by=cast.hana).found == 1
        assert try_check("repeated", {"most": 1}, by=cast.hana).found == 3
        Passage.objects.update(seconds=2.5)
        assert try_check("typed", {"seconds": 3}, by=cast.hana).found == 4
        assert try_check("typed", {"seconds": 2}, by=cast.hana).found == 0


def test_a_trial_of_sign_ups_counts_alarms(cast, hana):
    for n in range(5):
        person = cast.person(f"guest{n}")
        Arrival.objects.create(person=person, network="a" * 32, created_at=timezone.now() - timedelta(seconds=n))
    assert try_check("waves:sign_ups", {"accounts": 5, "minutes": 5}, by=cast.hana).found == 1
    assert try_check("waves:sign_ups", {"accounts": 6, "minutes": 5}, by=cast.hana).found == 0


def test_a_wave_in_the_shadow_raises_no_alarm(cast, settings):
    row = CheckRule.objects.begun("waves:sign_ups")
    told = {"state": "shadow", "numbers": {"accounts": 3}}
    row.rewrite(by=cast.hana, why="Would three be enough?", version=1, **told)
    for n in range(4):
        person = cast.person(f"guest{n}")
        Arrival.objects.create(person=person, network="a" * 32)
        look_at_arrival(person)
    assert not Wave.objects.exists()
    assert CheckHit.objects.filter(rule=row, is_shadow=True).count() == 1
    row.rewrite(by=cast.hana, why="In force", version=2, state="on")
    look_at_arrival(person)
    assert Wave.objects.get().crisis.rule == "waves:sign_ups@3"


def test_only_moderators_change_checks(cast, client):
    for who, status in ((cast.ana, 404), (cast.dora, 403)):
        client.force_login(who)
        assert client.get("/desk/rules/checks/").status_code == status
        assert client.post(LINKS, {"most": 9, "state": "on", "why": "mine"}).status_code == status
    client.force_login(cast.hana)
    assert client.get("/desk/rules/checks/nothing/").status_code == 404
    assert client.get(f"{LINKS}try/").status_code == 405
