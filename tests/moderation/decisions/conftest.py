"""Something to decide about."""

import pytest

from forums.questions.models import Question
from forums.threads.models import Post
from moderation.decisions.deciding import Wanted, decide
from moderation.flags.models import Case, Flag, HouseRule
from tests.jobs import work
from tests.scenes import ana_asks


@pytest.fixture
def question(cast) -> Question:
    """Ana's question."""
    question = ana_asks(cast)
    work()
    return question


@pytest.fixture
def post(question) -> Post:
    """Its opening."""
    return question.thread.posts.get(kind="opening")


@pytest.fixture
def spam(db) -> HouseRule:
    return HouseRule.objects.get(slug="spam")


@pytest.fixture
def case(cast, post, spam) -> Case:
    """Chris has reported Ana's question."""
    return Flag.objects.flag(post, by=cast.chris, rule=spam, note="An advertisement").case


@pytest.fixture
def decided(cast, spam):
    """Decides a case: `decided(case, "hide")`."""

    def decide_it(case, *deeds, by=None, facts="It advertises a shop.", **options):
        outcome = Case.Outcome.ACTED if deeds else Case.Outcome.LEFT
        wanted = Wanted(outcome, dict.fromkeys(deeds, options), spam if deeds else None, facts if deeds else "")
        decision = decide(Case.objects.get(pk=case.pk), wanted, by=by or cast.hana)
        work()
        return decision

    return decide_it
