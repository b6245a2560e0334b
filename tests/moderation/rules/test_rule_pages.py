"""The community manager's pages of the gate: a rule from the shadow into force, its trial, and embargoes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.policy.models import Embargo, WordRule
from community.refusals import Refusal
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.flags.models import Case
from moderation.rules.figures import figures_for
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line

SENT = {
    "name": "Insults", "kind": "words", "pattern": "ass", "is_whole_word": "on", "parts": ["texts", "titles"],
    "action": "hold", "reason": "Say it kindly.", "points": 20, "state": "shadow", "why": "To see what it meets",
}  # fmt: skip


@pytest.fixture
def hana(cast, client):
    client.force_login(cast.hana)
    return client


@pytest.fixture
def rule(hana) -> WordRule:
    hana.post("/desk/rules/words/new/", SENT)
    return WordRule.objects.get()


def test_ac_mod_1_a_trial_shows_hits_of_thirty_days_with_samples_before_the_rule_is_in_force(cast, hana, rule):
    question = ana_asks(cast)
    ben_answers(cast, question, "What an ass would say that?")
    ben_answers(cast, question, "A class of its own.")
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        ben_answers(cast, question, "An ass of last month.")
    hana.post(f"/desk/rules/words/{rule.pk}/try/")
    page = one_line(hana.get(f"/desk/rules/words/{rule.pk}/"))
    assert 'met <b class="num">1</b> of 3 texts' in page
    assert "What an <mark>ass</mark> would say that?" in page
    assert "An ass of last month" not in page.replace("<mark>", "").replace("</mark>", "")
    assert rule.trials.get().stands == 1


def test_a_rule_in_force_knows_how_right_it_was(cast, hana, rule):
    hana.post(f"/desk/rules/words/{rule.pk}/", SENT | {"state": "on", "why": "It met little else", "version": 1})
    rule.refresh_from_db()
    assert (rule.state, rule.version) == ("on", 2)
    post = ben_answers(cast, ana_asks(cast), "You are an ass.")
    work()
    decide(Case.objects.about(post).get(), Wanted("left"), by=cast.hana)
    figures = figures_for([rule])[0][1]
    assert (figures.met, figures.right, figures.judged, figures.rate) == (1, 0, 1, 0)
    assert "0 of 1" in one_line(hana.get("/desk/rules/words/"))


def test_a_hint_is_published_and_looked_at(cast, hana, rule):
    hana.post(f"/desk/rules/words/{rule.pk}/", SENT | {"state": "on", "action": "hint", "why": "Softer", "version": 1})
    post = ben_answers(cast, ana_asks(cast), "You are an ass.")
    work()
    assert not post.is_hidden
    assert Case.objects.about(post).get().findings.get().rule == rule.key


def test_somebody_else_was_faster(cast, hana, rule):
    rule.rewrite(by=cast.kim, why="Kim was here", version=1, points=30)
    answered = hana.post(f"/desk/rules/words/{rule.pk}/", SENT | {"version": 1})
    assert answered.status_code == 409
    assert rule.versions.count() == 2


def test_a_careless_expression_is_refused_beside_its_field(hana):
    answered = hana.post("/desk/rules/words/new/", SENT | {"kind": "regex", "pattern": r"(\w+\s?)+$"})
    assert answered.status_code == 422
    assert "takes too long" in one_line(answered)
    assert not WordRule.objects.exists()


def test_an_embargo_stops_the_team_until_its_moment_in_its_time_zone_and_nobody_else(cast, hana):
    until = (timezone.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
    sent = {"words": "Beam 3", "until": until.strftime("%Y-%m-%dT%H:%M"), "zone": "America/New_York",
            "reason": "Not public yet.", "audience": "moderators"}  # fmt: skip
    assert hana.post("/desk/rules/embargoes/", sent).status_code == 302
    row = Embargo.objects.get()
    assert row.until.astimezone(timezone.get_fixed_timezone(-300)).hour in (9, 8)
    thread = ana_asks(cast).thread
    with pytest.raises(Refusal, match=r"“beam 3” is under embargo until .*New_York"):
        answer(thread, by=cast.dora, source="Wait for beam 3, it solves this.", as_staff=True)
    assert not answer(thread, by=cast.ben, source="Perhaps Beam 3 solves it.").is_hidden
    with time_machine.travel(row.until + timedelta(minutes=1)):
        assert not answer(thread, by=cast.dora, source="Beam 3 solves this.", as_staff=True).is_hidden


def test_an_embargo_is_lifted_with_a_reason_only(cast, hana):
    until = timezone.now() + timedelta(days=3)
    row = Embargo.objects.lay(
        by=cast.hana, words="Beam 3", until=until, zone="UTC", reason="Not yet.", audience="moderators"
    )
    assert hana.post(f"/desk/rules/embargoes/{row.pk}/lift/", {"why": ""}).status_code == 422
    done = hana.post(f"/desk/rules/embargoes/{row.pk}/lift/", {"why": "It leaked"}, follow=True)
    assert "Lifted: the team may say these words from now on." in done.content.decode()
    row.refresh_from_db()
    assert not row.is_in_force
    assert row.lifted_by == cast.hana
