"""What everybody may know: the log and the figures."""

from moderation.decisions.deciding import undo
from moderation.decisions.figures import Period, figures_of
from moderation.decisions.models import Action, Appeal, Decision, LogEntry
from moderation.flags.models import Case, Flag


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
    assert "fewer than five" in client.get("/transparency/").content.decode()
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
