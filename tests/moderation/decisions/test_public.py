"""What everybody may know: the log and the figures."""

import pytest

from moderation.decisions.deciding import Wanted, decide, undo
from moderation.decisions.figures import Period, figures_of
from moderation.decisions.models import Action, Appeal, Decision, LogEntry
from moderation.decisions.suppressing import told_cells, told_part
from moderation.flags.models import Case, Flag, HouseRule


def test_the_log_says_what_and_by_which_rule_and_no_name(client, cast, case, decided, question):
    decided(case, "hide", "warn", facts="Ana sells her cousin's lamps.")
    page = client.get("/moderation-log/").content.decode()
    assert "hid a post, warned a member" in page
    assert "Advertising and spam" in page
    assert "cousin" not in page
    assert question.thread.title not in page  # the thread is out of sight
    assert "hana" not in page.lower()
    undo(Decision.objects.get(), by=cast.hana, reason="Wrong")
    assert "taken back" in client.get("/moderation-log/").content.decode()


def test_what_is_private_and_what_was_left_is_not_in_the_log(cast, case, decided):
    decided(case)
    assert not LogEntry.objects.exists()


def test_the_log_costs_few_queries(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/moderation-log/")


def many(cast, question, spam, decided, count):
    for number in range(count):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"Spam {number}", html="")
        decided(Flag.objects.flag(post, by=cast.chris, rule=spam).case, "hide")


def test_ac_mod_10_figures_equal_a_query_over_the_records(client, cast, question, spam, decided):
    many(cast, question, spam, decided, 6)
    told = client.get("/transparency/export.json").json()
    assert told["reports"] == Flag.objects.filter(by__isnull=False).count() == 6
    assert told["decisions"] == Decision.objects.count() == 6
    assert told["acted"] == Decision.objects.filter(outcome="acted").count()
    assert told["by_rule"] == {"Advertising and spam": 6}
    assert told["by_action"] == {"hide": Action.objects.filter(kind="hide").count()}
    assert told["automated"] == 0
    assert told["automation_share"] == 0
    assert told["median_hours"] == 0.0
    assert told["appeals_answered"] == Appeal.objects.count() == 0
    page = client.get("/transparency/").content.decode()
    assert "Advertising and spam" in page


def test_ac_mod_10_cells_below_five_are_not_told(client, cast, question, spam, decided):
    many(cast, question, spam, decided, 4)
    told = client.get("/transparency/export.json").json()
    assert told["reports"] is None
    assert told["by_rule"] == {"Advertising and spam": None}
    assert told["median_hours"] is None
    assert "not told" in client.get("/transparency/").content.decode()
    assert figures_of(Period.of(None, None), smallest=0).decisions == 4


def test_another_period_has_other_figures(client, cast, case, decided):
    decided(case, "hide")
    told = client.get("/transparency/export.json?since=2001-01-01&until=2001-12-31").json()
    assert (told["from"], told["until"], told["decisions"]) == ("2001-01-01", "2001-12-31", 0)


def test_a_rule_of_the_gate_is_as_precise_as_decisions_say(cast, question, decided):
    for number, deeds in enumerate([["hide"], ["hide"], ["hide"], []]):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"{number}", html="")
        decided(Case.objects.open_about(post, rule="words:12"), *deeds)
    assert Decision.objects.precision_of("words:12") == (3, 4)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"spam": 12, "insult": 3, "off": 7}, {"spam": 12, "insult": None, "off": None}),  # 22 - 12 - 7 would be 3
        ({"spam": 12, "insult": 1, "off": 1, "ad": 9}, {"spam": 12, "insult": None, "off": None, "ad": None}),
        ({"spam": 12, "insult": 3, "off": 4}, {"spam": 12, "insult": None, "off": None}),
        ({"spam": 12, "insult": 0, "off": 7}, {"spam": 12, "insult": 0, "off": 7}),
        ({"insult": 3}, {"insult": None}),
    ],
)
def test_ac_mod_10_what_is_left_out_cannot_be_reckoned_from_the_sum(cells, told):
    assert told_cells(cells) == told


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(18, 20, None), (20, 20, 20), (0, 20, 0), (2, 20, None), (9, 20, 9)]
)
def test_ac_mod_10_neither_a_part_nor_what_is_left_of_the_whole_is_small(part, whole, shown):
    assert told_part(part, whole) == shown


def test_ac_mod_10_one_rare_rule_takes_the_next_with_it_on_the_page_and_in_the_export(client, cast, question, decided):
    rules = list(HouseRule.objects.order_by("pk")[:3])
    for number, rule in enumerate([rules[0]] * 9 + [rules[1]] * 6 + [rules[2]]):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"Number {number}", html="")
        wanted = Wanted("acted", {"warn": {}}, rule, "It was not nice.")
        decide(Case.objects.open_about(post, by=cast.chris), wanted, by=cast.hana)
    told = client.get("/transparency/export.json").json()
    assert told["acted"] == 16
    assert told["by_rule"] == {rules[0].title: 9, rules[1].title: None, rules[2].title: None}
    assert ">6<" not in client.get("/transparency/").content.decode()
