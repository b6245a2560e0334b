"""AC-MOD-10 with figures that are not nought: each number of the public page is a plain count of the rows."""

from datetime import timedelta
from statistics import median

import pytest
from django.utils import timezone

from community.people.models import Grant
from community.people.roles import Role
from moderation.decisions.appealing import answer, appeal
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Action, Appeal, Decision
from moderation.flags.models import Case, Flag, HouseRule
from tests.scenes import one_line

HOURS = [1, 2, 3, 4, 5, 6]
"""How long a person took for each of theirs: three and a half hours in the middle."""


@pytest.fixture
def period(cast, question, spam, time_machine):
    """Six decisions by Hana after reports, six by a rule, ten appeals of which five were right, five notices."""
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    start = timezone.now() - timedelta(days=2)

    def said(words):
        return question.thread.posts.create(author=cast.ben, kind="answer", source=words, html="")

    decisions = []
    for hours in HOURS:
        time_machine.move_to(start, tick=False)
        case = Flag.objects.flag(said(f"Reported {hours}"), by=cast.chris, rule=spam).case
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        decisions.append(decide(case, Wanted("acted", {"hide": {}}, spam, "A shop."), by=cast.hana))
    for number in HOURS:
        case = Case.objects.open_about(said(f"Found {number}"), rule="waves:posts")
        wanted = Wanted("acted", {"warn": {}}, spam, "The same link.", machine="waves:posts@3")
        decisions.append(decide(case, wanted, by=None))
    for number, decision in enumerate(decisions[:10]):
        row = appeal(decision, by=cast.ben, text="It was no advertisement.")
        answer(row, "overturned" if number % 2 else "upheld", by=cast.emil, reason="I have read it.")
    law = HouseRule.objects.get(slug="illegal")
    for number in range(5):
        given = {"note": "My book.", "name": "V. Era", "email": "v@example.net", "url": "/", "good_faith": True}
        Flag.objects.give_notice(said(f"Copied {number}"), rule=law, **given)


def test_ac_mod_10_every_figure_equals_a_count_of_the_rows(client, period):
    decisions, flags = list(Decision.objects.select_related("case", "rule")), list(Flag.objects.all())
    appeals, actions = list(Appeal.objects.all()), list(Action.objects.all())
    by_people = [row for row in decisions if not row.is_made_by_machine]
    overturned = [row for row in appeals if row.outcome == "overturned"]
    told = client.get("/transparency/export.json").json()
    assert told["reports"] == sum(row.by_id is not None for row in flags) == 6
    assert told["notices"] == sum(row.by_id is None for row in flags) == 5
    assert told["decisions"] == told["acted"] == len(decisions) == 12
    assert told["by_rule"] == {"Advertising and spam": 12}
    assert told["by_action"] == {
        kind: sum(row.kind == kind for row in actions) for kind in ("hide", "warn")
    } == {"hide": 6, "warn": 6}  # fmt: skip
    assert told["automated"] == len(decisions) - len(by_people) == 6
    assert told["automation_share"] == 50
    waits = [(row.created_at - row.case.opened_at) / timedelta(hours=1) for row in by_people]
    assert told["median_hours"] == round(median(waits), 1) == 3.5
    assert told["appeals_answered"] == len(appeals) == 10
    assert told["overturned"] == told["undone"] == len(overturned) == 5
    assert told["overturn_rate"] == 50
    assert told["suppressed_below"] == 5


def test_ac_mod_10_the_page_says_the_same_as_the_export(client, period):
    page = one_line(client.get("/transparency/"))
    for words, number in (
        ("Reports by members", "6"),
        ("Notices without an account", "5"),
        ("Decisions", "12"),
        ("Made by a machine", "6 (50 %)"),
        ("Until a decision, in the middle", "3.5 h"),
        ("Appeals answered", "10"),
        ("of which overturned", "5 (50 %)"),
        ("Advertising and spam", "12"),
    ):
        assert f'<th scope="row">{words}</th><td class="num">{number}</td>' in page, words
    day = (timezone.localdate() - timedelta(days=30)).isoformat()
    other = client.get("/transparency/export.json", {"since": "2020-01-01", "until": day}).json()
    assert (other["decisions"], other["appeals_answered"], other["by_rule"]) == (0, 0, {})
