"""Merging, splitting, closing as a duplicate and moving: the team's pages for it, and who is refused."""

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.models import Notification
from community.search.counting import count_again
from forums.questions.models import Question
from forums.threads.models import Duplicate, Follow, Merge, Post, Thread
from forums.threads.replying import answer
from moderation.queue.models import Item
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line

SPLIT_TITLE = "Which charger fits the Kettle One best?"


@pytest.fixture
def first(cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    return question


@pytest.fixture
def second(cast):
    return Question.objects.ask(
        by=cast.chris,
        title="My Beam 2 loses the phone every few seconds",
        source="Every few seconds it is gone and comes back.",
        product=cast.beam2,
        product_version=cast.fw32,
    )


def now(question):
    return Thread.objects.get(pk=question.pk)


@pytest.mark.parametrize("name", ["hana", "dora"])
def test_ac_ask_8_hana_merges_after_a_preview_and_undoes_it(client, cast, first, second, name):
    client.force_login(getattr(cast, name))
    path = f"/desk/threads/{second.pk}/merge/"
    assert client.get(path).status_code == 200
    preview = one_line(client.get(path, {"other": f"http://testserver{first.get_absolute_url()}"}))
    assert "1 post moves." in preview
    assert "1 more person hears of news there." in preview
    sent = {"other": first.pk, "reason": "the same", "version": now(second).version}
    assert client.post(path, sent)["Location"] == first.get_absolute_url()
    row = Merge.objects.get()
    changes = f"/desk/threads/{first.pk}/changes/"
    there = one_line(client.get(first.get_absolute_url()))
    assert "Merged. Both are read here now." in there
    assert f'action="{changes}merge/{row.pk}/undo/"' in there
    assert now(second).merged_into_id == first.pk
    assert Event.objects.get(verb=Verb.THREAD_MERGED).details["reason"] == "the same"
    assert f"{changes}merge/{row.pk}/undo/" in one_line(client.get(changes))
    assert client.post(f"{changes}merge/{row.pk}/undo/").status_code == 302
    assert now(second).merged_into_id is None
    assert client.post(f"{changes}merge/{row.pk}/undo/").status_code == 409


@pytest.mark.parametrize("deed", ["merge", "duplicate"])
def test_what_resembles_it_most_is_offered_and_one_click_shows_what_will_happen(client, cast, first, second, deed):
    work()
    count_again()
    client.force_login(cast.hana)
    path = f"/desk/threads/{second.pk}/{deed}/"
    offered = one_line(client.get(path)).partition('data-testid="likely"')[2]
    assert f'href="?other={first.pk}"' in offered
    assert f"?other={second.pk}" not in offered
    assert 'data-testid="preview"' in one_line(client.get(path, {"other": first.pk}))


@pytest.mark.parametrize("deed", ["merge", "duplicate"])
def test_what_cannot_be_brought_together_is_said_before_anything_is_promised(client, cast, first, second, deed):
    review = ana_reviews(cast, 2)
    client.force_login(cast.hana)
    path = f"/desk/threads/{second.pk}/{deed}/"
    for other, words in ((review.pk, "Only threads of the same kind"), (second.pk, "on one page already")):
        answer = client.get(path, {"other": other, "reason": "the same"})
        assert answer.status_code == 422
        page = one_line(answer)
        assert words in page
        assert 'data-testid="preview"' not in page
        assert 'value="the same"' in page


def test_who_looked_at_an_older_state_is_told_and_merges_nothing(client, cast, first, second):
    client.force_login(cast.hana)
    seen = now(second).version
    answer(second.thread, by=cast.leo, source="News in the meantime.")
    sent = client.post(f"/desk/threads/{second.pk}/merge/", {"other": first.pk, "reason": "kept text", "version": seen})
    assert sent.status_code == 409
    assert "kept text" in one_line(sent)
    assert not Merge.objects.exists()


def test_ac_ask_8_split_gives_the_new_question_to_the_author_who_is_told(client, cast, first):
    post = answer(first.thread, by=cast.leo, source="By the way, which charger fits the Kettle One?")
    post.vote(by=cast.chris)
    work()
    client.force_login(cast.hana)
    path = f"/desk/posts/{post.pk}/split/"
    assert "which charger" in one_line(client.get(path))
    assert client.post(path, {"title": "short", "version": 1}).status_code == 422
    done = client.post(path, {"title": SPLIT_TITLE, "version": 1, "reason": "another matter"}, follow=True)
    undo = f'action="/desk/threads/{first.pk}/changes/split/{first.thread.splits.get().pk}/undo/"'
    assert "Split off: this is a question of its own now." in one_line(done)
    assert undo in one_line(done)
    work()
    post.refresh_from_db()
    new = post.thread
    assert (new.author, new.title, post.kind, post.score) == (cast.leo, SPLIT_TITLE, "opening", 1)
    assert Follow.objects.filter(thread=new, person=cast.leo).exists()
    assert SPLIT_TITLE in Notification.objects.get(person=cast.leo, kind="split").text
    assert client.get(f"/posts/{post.pk}/")["Location"] == f"{new.get_absolute_url()}#post-{post.pk}"
    assert f'id="post-{post.pk}"' in one_line(client.get(first.get_absolute_url()))
    assert now(first).answer_count == 1
    assert Item.objects.filter(thread=new).exists()


def test_ac_ask_8_undoing_a_split_brings_the_answer_back_and_loses_no_reply(client, cast, first):
    post = answer(first.thread, by=cast.leo, source="By the way, which charger fits the Kettle One?")
    client.force_login(cast.hana)
    client.post(f"/desk/posts/{post.pk}/split/", {"title": SPLIT_TITLE, "version": 1})
    post.refresh_from_db()
    new = post.thread
    answer(new, by=cast.ben, source="The one with 20 W does.")
    row = first.thread.splits.get()
    client.post(f"/desk/threads/{first.pk}/changes/split/{row.pk}/undo/")
    post.refresh_from_db()
    assert (post.kind, post.thread_id) == ("answer", first.pk)
    body = one_line(client.get(first.get_absolute_url()))
    assert "which charger" in body
    assert "The one with 20 W does." in body
    assert client.get(new.get_absolute_url())["Location"] == f"{first.get_absolute_url()}#post-{post.pk}"


def test_the_history_calls_an_undone_split_undone_and_offers_no_merge_to_undo(client, cast, first):
    post = answer(first.thread, by=cast.leo, source="By the way, which charger fits the Kettle One?")
    client.force_login(cast.hana)
    client.post(f"/desk/posts/{post.pk}/split/", {"title": SPLIT_TITLE, "version": 1})
    row = first.thread.splits.get()
    changes = f"/desk/threads/{first.pk}/changes/"
    client.post(f"{changes}split/{row.pk}/undo/")
    page = one_line(client.get(changes))
    assert "split “Which charger fits the Kettle One best?” off" in page
    assert "Undone" in page
    assert "merged “" not in page
    assert "/changes/merge/" not in page
    left_behind = Merge.objects.get()
    assert client.post(f"{changes}merge/{left_behind.pk}/undo/").status_code == 404
    post.refresh_from_db()
    assert post.thread_id == first.pk


def test_what_solved_it_is_not_split_off_silently(client, cast, first):
    post = first.thread.posts.get(kind="answer")
    first.accept(post, by=cast.ana)
    client.force_login(cast.hana)
    refused = client.post(f"/desk/posts/{post.pk}/split/", {"title": SPLIT_TITLE, "version": 1})
    assert refused.status_code == 409
    assert "It solved this for ana" in one_line(refused)
    post.refresh_from_db()
    assert post.kind == Post.Kind.ANSWER


def test_ac_ask_8_a_duplicate_says_so_on_both_sides_and_its_followers_hear_of_the_original(client, cast, first, second):
    client.force_login(cast.hana)
    client.post(f"/desk/threads/{second.pk}/duplicate/", {"other": first.pk, "version": now(second).version})
    client.force_login(cast.leo)
    theirs, original = (one_line(client.get(q.get_absolute_url())) for q in (second, first))
    assert "This was asked before" in theirs
    assert "Asked before" in theirs
    assert f"/posts/{second.thread.posts.get(kind='opening').pk}/comment/" not in theirs
    assert first.thread.title in theirs
    assert "Asked again as:" in original
    assert second.thread.title in original
    assert second.thread.title not in one_line(client.get("/questions/"))
    refused = client.post(f"/threads/{second.pk}/reply/", {"text": "My words are kept."})
    assert refused.status_code == 409
    assert "My words are kept." in one_line(refused)
    work()
    Notification.objects.all().delete()
    answer(now(first), by=cast.leo, source="News at the original.")
    work()
    assert Notification.objects.filter(person=cast.chris).exists()
    row = second.thread.duplications.get()
    client.force_login(cast.hana)
    client.post(f"/desk/threads/{second.pk}/changes/duplicate/{row.pk}/undo/")
    assert second.thread.title in one_line(client.get("/questions/"))


def test_only_an_identical_duplicate_leads_away_at_once(client, cast, first):
    same = Question.objects.ask(
        by=cast.chris, title=first.thread.title, source=first.thread.posts.get(kind="opening").source
    )
    client.force_login(cast.hana)
    client.post(f"/desk/threads/{same.pk}/duplicate/", {"other": first.pk, "version": now(same).version})
    led = client.get(same.get_absolute_url())
    assert (led.status_code, led["Location"]) == (301, first.get_absolute_url())


def test_a_move_takes_the_numbers_and_the_card_along_and_back(client, cast, first):
    work()
    client.force_login(cast.hana)
    client.post(f"/desk/threads/{first.pk}/move/", {"to": cast.kettle_one.pk, "version": now(first).version})
    work()
    thread = now(first)
    assert (thread.product, thread.product_version) == (cast.kettle_one, None)
    cast.kettle_one.refresh_from_db()
    assert cast.kettle_one.question_count == 1
    assert Item.objects.visible_to(cast.gil).filter(thread=thread).exists()
    client.post(f"/desk/threads/{first.pk}/changes/move/{thread.moves.get().pk}/undo/")
    work()
    thread = now(first)
    assert (thread.product, thread.product_version) == (cast.beam2, cast.fw32)
    assert not Item.objects.visible_to(cast.gil).filter(thread=thread).exists()


@pytest.mark.parametrize(("name", "status"), [("mallory", 404), ("ana", 404), ("ben", 404), ("jo", 403), ("gil", 404)])
def test_nobody_else_reshapes_anything(client, cast, first, second, name, status):
    post = first.thread.posts.get(kind="answer")
    client.force_login(getattr(cast, name))
    for path in (f"threads/{second.pk}/merge", f"threads/{second.pk}/duplicate", f"threads/{second.pk}/move"):
        assert client.post(f"/desk/{path}/", {"other": first.pk, "to": cast.beam2.pk}).status_code == status, path
    assert client.post(f"/desk/posts/{post.pk}/split/", {"title": SPLIT_TITLE}).status_code == status
    assert client.get(f"/desk/threads/{second.pk}/changes/").status_code == status


def test_the_menu_is_in_the_staffs_slot_only(client, cast, first):
    client.force_login(cast.dora)
    assert "Merge into another" in one_line(client.get(f"/desk/threads/{first.pk}/slot/"))
    assert "Merge into another" not in one_line(client.get(first.get_absolute_url()))


def test_moving_says_so_and_a_thread_is_not_moved_to_where_it_is(client, cast, first):
    client.force_login(cast.dora)
    move = f"/desk/threads/{first.pk}/move/"
    stays = client.post(move, {"to": now(first).product_id, "version": now(first).version})
    assert stays.status_code == 422
    assert "It is about that product already." in stays.content.decode()
    assert now(first).product_version == cast.fw32
    said = client.post(move, {"to": cast.kettle_one.pk, "version": now(first).version}, follow=True)
    assert "Moved." in said.content.decode()


def test_merging_and_closing_as_a_duplicate_say_so_where_one_lands(client, cast, first, second):
    client.force_login(cast.dora)
    sent = {"other": str(second.pk), "version": now(first).version}
    said = client.post(f"/desk/threads/{first.pk}/duplicate/", sent, follow=True).content.decode()
    assert "Closed as a duplicate of this one." in said
    client.post(f"/desk/threads/{first.pk}/changes/duplicate/{Duplicate.objects.get().pk}/undo/")
    sent["version"] = now(first).version
    said = client.post(f"/desk/threads/{first.pk}/merge/", sent, follow=True).content.decode()
    assert "Merged. Both are read here now." in said
