"""The verbs behind the pages: what they keep, and what they cost."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.refusals import Refusal, Stale
from forums.questions.models import Question
from forums.threads.models import Post, Thread
from forums.threads.replying import answer, comment
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def numbers(cast):
    cast.beam2.refresh_from_db()
    return cast.beam2.question_count, cast.beam2.solved_count


def test_a_product_keeps_the_number_of_questions_that_readers_can_see(cast, question):
    post = ben_answers(cast, question)
    question.accept(post, by=cast.ana)
    assert numbers(cast) == (1, 1)
    opening = question.thread.posts.get(kind="opening")
    opening.hide(by=cast.hana, reason="Spam")
    work()
    assert numbers(cast) == (0, 0)
    Post.objects.get(pk=opening.pk).restore(by=cast.hana)
    work()
    assert numbers(cast) == (1, 1)


def test_hiding_needs_a_reason(cast, question):
    with pytest.raises(Refusal):
        ben_answers(cast, question).hide(by=cast.hana, reason=" ")


def test_counters_follow_what_readers_can_see(cast, question):
    first = ben_answers(cast, question)
    second = answer(question.thread, by=cast.chris, source="Following this one", is_attempt=False)
    thread = Thread.objects.get(pk=question.pk)
    assert (thread.answer_count, thread.attempt_count) == (2, 1)
    first.hide(by=cast.hana, reason="Wrong")
    second.remove(by=cast.chris)
    thread.refresh_from_db()
    assert (thread.answer_count, thread.attempt_count) == (0, 0)


def test_each_visible_change_is_a_new_version(cast, question):
    def version():
        return Thread.objects.values_list("version", flat=True).get(pk=question.pk)

    before = version()
    post = ben_answers(cast, question)
    deeds = [
        lambda: post.vote(by=cast.chris),
        lambda: post.take_back_vote(by=cast.chris),
        lambda: comment(post, by=cast.chris, source="Thank you"),
        lambda: question.accept(post, by=cast.ana),
        lambda: question.verify(post, by=cast.dora),
        lambda: question.share_problem(by=cast.chris),
        lambda: question.thread.post_notice("private", "Being handled privately.", by=cast.dora),
        lambda: question.thread.lock(by=cast.hana, reason="Enough"),
        lambda: question.thread.unlock(by=cast.hana),
        lambda: post.edit("A better wording of it.", by=cast.ben, version=1),
        lambda: post.hide(by=cast.hana, reason="Wrong"),
    ]
    for deed in deeds:
        assert version() > before
        before = version()
        deed()
    assert version() > before


def test_an_answer_costs_few_queries(cast, question):
    ben_answers(cast, question)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer(question.thread, by=cast.ben, source="And then restart the app as well.")
    assert len(queries) <= 24, [q["sql"][:100] for q in queries]


def test_the_writer_who_has_not_seen_the_newest_answer_is_told(cast, question):
    newest = ben_answers(cast, question)
    with pytest.raises(Stale) as refusal:
        answer(question.thread, by=cast.dora, source="The same thing", as_staff=True, seen=0)
    assert refusal.value.newer == newest
    answer(question.thread, by=cast.dora, source="Something to add", as_staff=True, seen=newest.pk)


def test_only_the_asker_takes_part_in_their_own_held_question(cast, question):
    Thread.objects.filter(pk=question.pk).update(is_hidden=True)
    assert Question.objects.visible_to(cast.ana).exists()
    assert not Question.objects.visible_to(cast.mallory).exists()
    assert not Question.objects.visible_to(None).exists()
