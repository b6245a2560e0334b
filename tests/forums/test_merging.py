"""AC-ASK-8: a question is merged into another, read there, and given back."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from community.catalogue.models import Product
from community.notifications.models import Notification
from community.search.models import Document
from forums.questions.merging import merge, unmerge
from forums.questions.models import Question
from forums.threads.models import Follow, Merge, Post, Thread
from forums.threads.replying import answer, comment
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line

OTHER = "My Beam 2 loses the phone every few seconds"
WORDS = "Every few seconds it is gone and comes back, since the last update, on my phone."


@pytest.fixture
def first(cast):
    """Q1, by ana, with an answer of ben."""
    question = ana_asks(cast)
    ben_answers(cast, question)
    return question


@pytest.fixture
def second(cast):
    """Q2, by chris, with an answer of leo that mallory voted for."""
    question = Question.objects.ask(
        by=cast.chris, title=OTHER, source=WORDS, product=cast.beam2, product_version=cast.fw32
    )
    answer(question.thread, by=cast.leo, source="Forget it on the phone and pair anew.").vote(by=cast.mallory)
    return question


def merged(cast, first, second):
    return merge(second.thread, into=first.thread, by=cast.hana, reason="the same drop-outs")


def page(client, question):
    return one_line(client.get(Thread.objects.get(pk=question.pk).get_absolute_url()))


def test_ac_ask_8_followers_and_me_toos_are_the_union_and_undo_gives_each_its_own(client, cast, first, second):
    first.share_problem(by=cast.leo)
    first.share_problem(by=cast.gil)
    second.share_problem(by=cast.gil)
    second.share_problem(by=cast.mallory)
    own = [set(Follow.objects.filter(thread=q.pk).values_list("person", flat=True)) for q in (first, second)]
    row = merged(cast, first, second)
    first.refresh_from_db()
    assert first.same_problem_count == 3
    assert Thread.objects.get(pk=first.pk).follower_count == len(own[0] | own[1])
    client.force_login(cast.mallory)
    assert "take-back-same-problem" in page(client, first)
    assert "Following" in page(client, first)
    unmerge(row, by=cast.hana)
    for question, followers, shared in ((first, own[0], 2), (second, own[1], 2)):
        question.refresh_from_db()
        assert question.same_problem_count == shared
        assert set(Follow.objects.filter(thread=question.pk).values_list("person", flat=True)) == followers
        assert Thread.objects.get(pk=question.pk).follower_count == len(followers)


def test_ac_ask_8_votes_on_posts_are_unchanged_and_posts_say_where_they_come_from(client, cast, first, second):
    theirs = second.thread.posts.get(kind="answer")
    merged(cast, first, second)
    theirs.refresh_from_db()
    assert (theirs.score, theirs.votes.get().person) == (1, cast.mallory)
    body = page(client, first)
    assert "2 answers" in body
    assert body.count(OTHER) >= 2
    assert WORDS in body
    assert "Forget it on the phone" in body
    client.force_login(cast.ben)
    client.post(f"/posts/{theirs.pk}/vote/")
    theirs.refresh_from_db()
    assert theirs.score == 2


def test_ac_ask_8_and_ac_seo_3_the_old_address_leads_to_the_moved_post(client, cast, first, second):
    opening, theirs = (second.thread.posts.get(kind=kind) for kind in ("opening", "answer"))
    merged(cast, first, second)
    home = first.get_absolute_url()
    for person in (None, cast.ana):
        if person:
            client.force_login(person)
        for old in (second.get_absolute_url(), f"/questions/{second.pk}/", f"/questions/{second.pk}/another-slug/"):
            led = client.get(old)
            assert (led.status_code, led["Location"]) == (301, f"{home}#post-{opening.pk}")
            assert led["Cache-Control"] == "no-cache"
    assert client.get(f"/posts/{theirs.pk}/")["Location"] == f"{home}#post-{theirs.pk}"
    asked = client.get(f"{second.get_absolute_url()}?post={theirs.pk}")
    assert asked["Location"] == f"{home}#post-{theirs.pk}"
    assert f'id="post-{opening.pk}"' in page(client, first)


def test_ac_ask_8_undo_after_two_new_replies_gives_those_written_under_q2_back(client, cast, first, second):
    row = merged(cast, first, second)
    client.force_login(cast.leo)
    led = client.post(f"/threads/{second.pk}/reply/", {"text": "Late to the second: it was my case."})
    late = Post.objects.latest("pk")
    assert led["Location"] == f"{first.get_absolute_url()}#post-{late.pk}"
    client.post(f"/threads/{first.pk}/reply/", {"text": "Late to the first: mine is fixed."})
    assert "4 answers" in page(client, first)
    unmerge(row, by=cast.hana)
    q1, q2 = page(client, first), page(client, second)
    assert "Late to the first" in q1
    assert "Late to the first" not in q2
    assert "Late to the second" in q2
    assert "Late to the second" not in q1
    assert [Thread.objects.get(pk=q.pk).answer_count for q in (first, second)] == [2, 2]
    assert "merged-opening" not in q1


def test_ac_ask_8_late_replies_by_any_door_land_in_q1_and_both_sides_hear_of_them(cast, first, second):
    merged(cast, first, second)
    work()
    Notification.objects.all().delete()
    late = answer(Thread.objects.get(pk=second.pk), by=cast.leo, source="By mail, to the old thread.", where="mail")
    assert (late.thread_id, late.thread.home.pk) == (second.pk, first.pk)
    work()
    told = {note.person: note for note in Notification.objects.all()}
    assert {cast.ana, cast.chris, cast.ben} <= set(told)
    assert told[cast.chris].url == f"{first.get_absolute_url()}#post-{late.pk}"
    assert "your question" in told[cast.chris].text
    assert Notification.objects.filter(person=cast.ana).count() == 1
    comment(late, by=cast.chris, source="That was it.")
    assert first.thread.all_posts.filter(kind="comment").exists()


def test_a_lock_of_q1_holds_for_late_replies_to_q2(client, cast, first, second):
    merged(cast, first, second)
    Thread.objects.get(pk=first.pk).lock(by=cast.hana, reason="Said all")
    client.force_login(cast.leo)
    assert client.post(f"/threads/{second.pk}/reply/", {"text": "One more thing"}).status_code == 409


def test_a_merged_question_leaves_lists_counters_and_the_desk_and_comes_back(client, cast, first, second):
    work()
    row = merged(cast, first, second)
    work()
    assert OTHER not in one_line(client.get("/questions/"))
    assert OTHER not in one_line(client.get("/products/beam-2/"))
    assert Product.objects.get(pk=cast.beam2.pk).question_count == 1
    assert Item.objects.get(thread=second.pk).state == Item.State.CLOSED
    client.force_login(cast.dora)
    timeline = one_line(client.get(Item.objects.get(thread=first.pk).get_absolute_url()))
    assert WORDS in timeline
    assert OTHER in timeline
    client.logout()
    unmerge(row, by=cast.hana)
    work()
    assert OTHER in one_line(client.get("/questions/"))
    assert Product.objects.get(pk=cast.beam2.pk).question_count == 2
    assert Item.objects.get(thread=second.pk).state == Item.State.OPEN


def test_the_customer_of_a_merged_question_wakes_the_card_that_is_left(cast, first, second):
    merged(cast, first, second)
    work()
    item = Item.objects.get(thread=first.pk)
    item.answer("We look into it.", by=cast.dora, seen=Post.objects.latest("pk").pk)
    work()
    item.refresh_from_db()
    assert item.state == Item.State.WATCHING
    answer(second.thread, by=cast.chris, source="It still happens to me.")
    work()
    item.refresh_from_db()
    assert item.state == Item.State.OPEN
    assert not Item.objects.filter(thread=second.pk).exclude(state=Item.State.CLOSED).exists()


def test_the_search_finds_merged_words_at_q1_and_after_undo_at_q2(cast, first, second):
    row = merged(cast, first, second)
    work()
    found = Document.objects.filter(kind="question")
    assert set(found.values_list("object_id", flat=True)) == {first.pk}
    assert "Forget it on the phone" in json.dumps(found.get().passages)
    unmerge(row, by=cast.hana)
    work()
    assert set(found.values_list("object_id", flat=True)) == {first.pk, second.pk}
    assert "Forget it on the phone" not in json.dumps(found.get(object_id=first.pk).passages)


def test_merges_chain_and_each_is_undone_by_itself(client, cast, first, second):
    third = ana_asks(cast, title="The connection to my phone is lost", source="Third words about the very same drops.")
    inner = merge(third.thread, into=second.thread, by=cast.hana)
    outer = merge(Thread.objects.get(pk=second.pk), into=first.thread, by=cast.hana)
    assert Thread.objects.get(pk=third.pk).merged_into_id == first.pk
    assert "Third words" in page_of(client, first)
    unmerge(outer, by=cast.hana)
    assert Thread.objects.get(pk=third.pk).merged_into_id == second.pk
    assert "Third words" in page_of(client, second)
    unmerge(inner, by=cast.hana)
    assert "Third words" in page_of(client, third)
    assert "Third words" not in page_of(client, second)


def page_of(client, question):
    return page(client, question)


def test_hidden_with_q1_and_in_sight_with_it(client, cast, first, second):
    theirs = second.thread.posts.get(kind="answer")
    merged(cast, first, second)
    opening = first.thread.posts.get(kind="opening")
    opening.hide(by=cast.hana, reason="Spam")
    assert client.get(f"/posts/{theirs.pk}/").status_code == 404
    assert client.get(second.get_absolute_url()).status_code == 404
    opening.restore(by=cast.hana)
    assert client.get(f"/posts/{theirs.pk}/").status_code == 302


def test_ana_can_accept_an_answer_that_came_from_q2_and_undo_leaves_q1_unsolved(client, cast, first, second):
    theirs = second.thread.posts.get(kind="answer")
    row = merged(cast, first, second)
    client.force_login(cast.ana)
    client.post(f"/questions/{first.pk}/accept/{theirs.pk}/")
    first.refresh_from_db()
    assert first.is_solved
    unmerge(row, by=cast.hana)
    first.refresh_from_db()
    second.refresh_from_db()
    assert not first.is_solved
    assert not second.is_solved


def test_a_merge_can_be_undone_for_thirty_days(cast, first, second):
    row = merged(cast, first, second)
    assert row.is_undoable
    Merge.objects.update(created_at=timezone.now() - timedelta(days=30, minutes=1))
    row.refresh_from_db()
    with pytest.raises(Exception, match="thirty days"):
        unmerge(row, by=cast.hana)
