"""A comment becomes an answer and back, and loses nothing on the way (product: comments distinct from answers)."""

import pytest
import time_machine

from community.events.models import Event
from community.refusals import Refusal, Stale
from forums.questions.converting import become_answer, become_comment, convert_back
from forums.questions.models import Question
from forums.reputation.models import Point
from forums.threads.models import Conversion, Post
from forums.threads.replying import answer, comment
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def opening(question):
    return question.thread.posts.get(kind="opening")


@pytest.fixture
def remark(cast, opening):
    return comment(opening, by=cast.chris, source="Unpair both phones first, then it stays connected.")


def fresh(post: Post) -> Post:
    return Post.objects.select_related("thread").get(pk=post.pk)


def test_a_comment_becomes_an_answer_and_back_without_losing_votes_links_or_replies(client, cast, question, remark):
    remark.vote(by=cast.ben)
    client.force_login(cast.chris)
    place = question.get_absolute_url()
    assert f"/posts/{remark.pk}/convert/" in client.get(place).content.decode()
    assert client.get(f"/posts/{remark.pk}/convert/").status_code == 200
    sent = client.post(f"/posts/{remark.pk}/convert/", {"version": 1, "reason": "It solves it"})
    assert sent["Location"] == f"{place}#post-{remark.pk}"
    now = fresh(remark)
    assert (now.kind, now.parent, now.score) == ("answer", None, 1)
    assert now.votes.count() == 1
    assert now.thread.answer_count == 1
    reply = comment(now, by=cast.ana, source="That did it for me, thank you so much.")
    assert client.get(f"/posts/{remark.pk}/")["Location"] == sent["Location"]
    opening = question.thread.posts.get(kind="opening")
    back = client.post(f"/posts/{remark.pk}/convert/", {"version": 1, "below": opening.pk})
    assert back.status_code == 302
    now = fresh(remark)
    assert (now.kind, now.parent_id, now.score) == ("comment", opening.pk, 1)
    assert now.thread.answer_count == 0
    assert fresh(reply).parent_id == remark.pk
    page = client.get(place).content.decode()
    assert f'id="post-{reply.pk}"' in page
    assert f'id="post-{remark.pk}"' in page


def test_both_ways_can_be_undone_and_each_leaves_an_event(client, cast, question, opening, remark):
    row = become_answer(remark, by=cast.chris)
    assert [e.verb for e in Event.objects.filter(subject_id=remark.pk, verb__startswith="post.became")] == [
        "post.became_answer"
    ]
    client.force_login(cast.chris)
    assert "It was changed before." in one_line(client.get(f"/posts/{remark.pk}/convert/"))
    client.post(f"/posts/{remark.pk}/convert/{row.pk}/undo/")
    assert fresh(remark).kind == "comment"
    assert fresh(remark).parent_id == opening.pk
    assert Event.objects.filter(verb="post.became_comment", details__undone=True).count() == 1
    with pytest.raises(Refusal):
        convert_back(row, by=cast.chris)
    done = ben_answers(cast, question)
    row = become_comment(done, below=opening, by=cast.dora)
    convert_back(row, by=cast.ana)
    assert (fresh(done).kind, fresh(done).parent) == ("answer", None)


def test_after_thirty_days_it_stays(cast, remark):
    with time_machine.travel("2026-01-01T10:00:00Z", tick=False):
        row = become_answer(remark, by=cast.chris)
    with time_machine.travel("2026-02-02T10:00:00Z", tick=False), pytest.raises(Refusal):
        convert_back(row, by=cast.chris)


def test_the_later_change_is_undone_first(cast, question, opening, remark):
    first = become_answer(remark, by=cast.chris)
    second = become_comment(remark, below=ben_answers(cast, question), by=cast.chris)
    with pytest.raises(Refusal):
        convert_back(first, by=cast.chris)
    convert_back(second, by=cast.chris)
    convert_back(first, by=cast.chris)
    assert fresh(remark).parent_id == opening.pk


def test_what_solved_it_or_is_vouched_for_stays_an_answer(client, cast, question, opening):
    solved = ben_answers(cast, question)
    question.accept(solved, by=cast.ana)
    with pytest.raises(Refusal):
        become_comment(solved, below=opening, by=cast.ben)
    client.force_login(cast.ben)
    reply = client.post(f"/posts/{solved.pk}/convert/", {"version": 1, "below": opening.pk})
    assert reply.status_code == 409
    assert "It solved this for ana." in one_line(reply)


def test_a_thread_waits_again_when_its_only_answer_was_a_remark(cast, question, opening):
    only = ben_answers(cast, question)
    assert not Question.objects.unanswered().exists()
    become_comment(only, below=opening, by=cast.ana)
    assert Question.objects.unanswered().get() == question


def test_points_for_an_answer_go_with_it_and_come_back(cast, question, opening):
    helped = ben_answers(cast, question)
    helped.vote(by=cast.ana)
    work()
    before = list(Point.objects.in_force().values_list("person", "kind", "amount"))
    assert before
    row = become_comment(helped, below=opening, by=cast.ben)
    work()
    assert not Point.objects.in_force().exists()
    convert_back(row, by=cast.ben)
    work()
    assert list(Point.objects.in_force().values_list("person", "kind", "amount")) == before


@pytest.mark.parametrize(
    ("name", "status"),
    [("chris", 200), ("ana", 200), ("dora", 200), ("hana", 200), ("ben", 404), ("mallory", 404), ("gil", 404)],
)
def test_author_asker_and_the_team_of_the_brand_do_it(client, cast, remark, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(f"/posts/{remark.pk}/convert/").status_code == status
    if status == 404:
        with pytest.raises(Refusal):
            become_answer(remark, by=getattr(cast, name))


def test_somebody_edited_it_meanwhile(cast, remark):
    remark.edit("Unpair both phones first, all of them.", by=cast.chris, version=1)
    with pytest.raises(Stale):
        become_answer(remark, by=cast.ana, version=1)


def test_it_stands_below_something_on_the_same_page_only(client, cast, question, remark):
    done = ben_answers(cast, question)
    elsewhere = ana_asks(cast, title="Another question about another thing").thread.posts.get(kind="opening")
    for below in (elsewhere, done, remark):
        with pytest.raises(Refusal):
            become_comment(done, below=below, by=cast.ben)
    client.force_login(cast.ben)
    assert client.post(f"/posts/{done.pk}/convert/", {"version": 1, "below": elsewhere.pk}).status_code == 422
    assert not Conversion.objects.exists()


def test_on_a_locked_thread_only_the_team_does_it(client, cast, question, remark):
    question.thread.lock(by=cast.hana, reason="Enough")
    for name, status in (("chris", 404), ("ana", 404), ("hana", 200)):
        client.force_login(getattr(cast, name))
        assert client.get(f"/posts/{remark.pk}/convert/").status_code == status


def test_an_answer_with_comments_keeps_them_below_the_other_answer(client, cast, question):
    one, other = ben_answers(cast, question), answer(question.thread, by=cast.chris, source="Or use the other codec.")
    below = comment(one, by=cast.ana, source="Which app do you mean by that?")
    become_comment(one, below=other, by=cast.ben)
    page = client.get(question.get_absolute_url()).content.decode()
    assert page.index(f'id="post-{other.pk}"') < page.index(f'id="post-{one.pk}"') < page.index(f'id="post-{below.pk}"')
