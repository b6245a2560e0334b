"""Scores are hints: they bring posts to the queue with their words, learn from decisions, and hide nothing."""

from pathlib import Path

import pytest

from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide, undo
from moderation.flags.models import Case, CaseFinding, Flag, HouseRule
from moderation.learning.examples import examples
from moderation.learning.hinting import SPAM, TOXICITY
from moderation.learning.labelled import Columns, read
from moderation.learning.looking_back import versions
from moderation.learning.models import SpamModel
from moderation.learning.training import learn, learn_if_due
from tests.jobs import work
from tests.scenes import ana_asks

SAMPLE = Path("moderation/learning/data/spam_sample.tsv")


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    work()
    return question


@pytest.fixture
def rule(db) -> HouseRule:
    return HouseRule.objects.get(slug="spam")


@pytest.fixture
def decided(cast, question, rule):
    """Hana has judged thirty comments from elsewhere, half of them spam."""

    def judge(rows):
        made = []
        for text, is_spam in rows:
            post = answer(question.thread, by=cast.ben, source=text, where="import")
            case = Case.objects.open_about(post, origin="staff")
            wanted = Wanted("acted", {"hide": {}}, rule, "Advertising.") if is_spam else Wanted("left")
            made.append(decide(case, wanted, by=cast.hana))
        work()
        return made

    return judge


def test_it_learns_from_decisions_and_points_out_what_is_alike(cast, question, decided):
    assert learn() is None, "there is nothing to learn from"
    decided(read([SAMPLE], Columns())[:30])
    row = learn()
    assert row.version == 1
    assert row.spam >= 12
    post = answer(question.thread, by=cast.chris, source="Please check out my channel and subscribe, thank you all")
    work()
    finding = CaseFinding.objects.get(rule=SPAM)
    assert finding.case.subject == post
    assert finding.case.origin == "signal"
    assert finding.version == 1
    assert "reads like spam" in finding.reason
    assert "channel" in finding.reason or "check" in finding.reason
    assert 0 < finding.points <= 40
    assert not Post.objects.get(pk=post.pk).is_hidden, "a score hides nothing"
    assert any(term.name == "findings" and "reads like spam" in term.reason for term in finding.case.terms)


def test_known_members_are_pointed_out_to_nobody(cast, question, decided):
    decided(read([SAMPLE], Columns())[:30])
    learn()
    before = Case.objects.count()
    answer(question.thread, by=cast.ben, source="Please check out my channel and subscribe", where="import")
    work()
    assert Case.objects.count() == before


def test_a_reported_post_gets_what_the_scores_say(cast, question, rule):
    post = answer(question.thread, by=cast.ben, source="You are an idiot and a moron.")
    work()
    assert not CaseFinding.objects.exists()
    Flag.objects.flag(post, by=cast.chris, rule=rule)
    work()
    finding = CaseFinding.objects.get(rule=TOXICITY)
    assert "idiot" in finding.reason
    assert not Post.objects.get(pk=post.pk).is_hidden


def test_it_learns_anew_after_ten_decisions_and_forgets_what_was_undone(cast, decided):
    rows = read([SAMPLE], Columns())
    made = decided(rows[:30])
    first = learn_if_due()
    assert learn_if_due() is None
    decided(rows[30:42])
    second = learn_if_due()
    assert (first.version, second.version) == (1, 2)
    assert SpamModel.objects.get(version=1).weights == {}, "of old versions the figures are enough"
    spam = next(decision for decision in made if decision.outcome == "acted")
    text = spam.case.reviewed.text
    assert (text, True) in examples()
    undo(spam, by=cast.hana, reason="It was none")
    assert (text, True) not in examples()


def test_what_came_of_the_hints_is_counted(cast, question, decided, rule):
    decided(read([SAMPLE], Columns())[:30])
    learn()
    answer(question.thread, by=cast.chris, source="Please check out my channel and subscribe, thank you all")
    work()
    case = CaseFinding.objects.get(rule=SPAM).case
    decide(case, Wanted("acted", {"hide": {}}, rule, "Advertising."), by=cast.hana)
    (version,) = versions()
    assert (version.judged, version.right, version.rate) == (1, 1, 100)


def test_the_page_shows_versions_and_tries_a_text(client, cast, decided):
    client.force_login(cast.hana)
    page = client.get("/desk/flags/hints/")
    assert "Nothing learned yet" in page.content.decode()
    decided(read([SAMPLE], Columns())[:30])
    assert client.post("/desk/flags/hints/learn/").status_code == 302
    page = client.get("/desk/flags/hints/").content.decode()
    assert page.count('data-testid="version"') == 1
    tried = client.post("/desk/flags/hints/", {"text": "You idiot, check out my channel"}).content.decode()
    assert "reads like an insult" in tried
    assert client.post("/desk/flags/hints/", {"text": ""}).status_code == 422


def test_members_find_no_page_of_hints(client, cast):
    client.force_login(cast.mallory)
    assert client.get("/desk/flags/hints/").status_code == 404
    assert client.post("/desk/flags/hints/learn/").status_code == 404
