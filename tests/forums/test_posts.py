"""Answers, comments, edits and their history: published, given back, never lost, never unsafe."""

import pytest

from forums.threads.models import Draft, Post
from forums.threads.replying import answer, comment
from tests.scenes import ana_asks, ben_answers

EVIL = '<script>alert(1)</script> <img src=x onerror="alert(1)"> [x](javascript:alert(1)) <!--own:deeds:1-->'


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def post(cast, question):
    return ben_answers(cast, question)


def test_ben_answers_and_chris_comments(client, cast, question):
    client.force_login(cast.ben)
    reply = client.post(f"/threads/{question.pk}/reply/", {"text": "Turn **LE Audio** off.", "once": "a1"})
    post = Post.objects.get(kind="answer")
    assert reply["Location"] == f"{question.get_absolute_url()}#post-{post.pk}"
    client.force_login(cast.chris)
    client.post(f"/posts/{post.pk}/comment/", {"text": "That worked here too."})
    remark = Post.objects.get(kind="comment")
    client.post(f"/posts/{remark.pk}/comment/", {"text": "And still does."})
    assert set(post.comments.values_list("source", flat=True)) == {"That worked here too.", "And still does."}
    body = client.get(question.get_absolute_url()).content.decode()
    assert "<strong>LE Audio</strong>" in body
    assert "And still does." in body
    question.thread.refresh_from_db()
    assert question.thread.answer_count == 1


def test_the_form_stands_on_a_page_of_its_own_and_comes_as_a_fragment(client, cast, question, post):
    client.force_login(cast.chris)
    for path in (f"/threads/{question.pk}/reply/", f"/posts/{post.pk}/comment/"):
        assert "<html" in client.get(path).content.decode()
        fragment = client.get(path, HTTP_HX_REQUEST="true").content.decode()
        assert "<html" not in fragment
        assert "<textarea" in fragment


def test_an_empty_answer_is_refused(client, cast, question):
    client.force_login(cast.ben)
    assert client.post(f"/threads/{question.pk}/reply/", {"text": "   "}).status_code == 422
    assert not Post.objects.filter(kind="answer").exists()


def test_a_refused_answer_is_given_back_with_ways_out(client, cast, question):
    client.force_login(cast.ben)
    text = "Write to me: ben.private@mail.test, I will send you the file."
    reply = client.post(f"/threads/{question.pk}/reply/", {"text": text})
    body = reply.content.decode()
    assert reply.status_code == 422
    assert text in body
    assert 'name="black_out"' in body
    assert 'formaction="/requests/new/"' in body
    client.post(f"/threads/{question.pk}/reply/", {"text": text, "black_out": "1"})
    source = Post.objects.get(kind="answer").source
    assert "ben.private" not in source
    assert "I will send you the file." in source


def test_dora_answers_with_the_teams_mark_and_nobody_else_can(client, cast, question):
    client.force_login(cast.dora)
    client.post(f"/threads/{question.pk}/reply/", {"text": "We can see it too.", "as_staff": "1"})
    client.force_login(cast.mallory)
    client.post(f"/threads/{question.pk}/reply/", {"text": "I am the team.", "as_staff": "1"})
    assert list(Post.objects.filter(kind="answer").order_by("pk").values_list("alias", flat=True)) == [
        "Dora, Bluetooth",
        "",
    ]


def test_an_edit_keeps_the_earlier_wording_and_shows_the_difference(client, cast, question, post):
    client.force_login(cast.ben)
    data = {"text": "Turn LE Audio off in the app, wait, then pair again.", "version": 1, "reason": "Waiting helps"}
    assert client.post(f"/posts/{post.pk}/edit/", data).status_code == 302
    client.logout()
    body = client.get(f"/posts/{post.pk}/history/").content.decode()
    assert "<ins>" in body
    assert "Waiting helps" in body
    assert post.source in body


def test_a_new_title_moves_the_page_and_the_old_address_leads_there(client, cast, question):
    old = question.get_absolute_url()
    opening = question.thread.posts.get(kind="opening")
    client.force_login(cast.ana)
    data = {"title": "Sound drops every minute since 3.2", "text": opening.source, "version": 1}
    client.post(f"/posts/{opening.pk}/edit/", data)
    client.logout()
    reply = client.get(f"{old}?page=1")
    assert reply.status_code == 301
    assert reply["Location"] == f"/questions/{question.pk}/sound-drops-every-minute-since-32/?page=1"


def test_somebody_was_faster_and_both_texts_are_shown(client, cast, post):
    post.edit("Hana tidied this answer up a little.", by=cast.hana, version=1)
    client.force_login(cast.ben)
    Draft.objects.keep(by=cast.ben, place=f"edit:{post.pk}", text="Ben's own newer wording of it.")
    reply = client.post(f"/posts/{post.pk}/edit/", {"text": "Ben's own newer wording of it.", "version": 1})
    body = reply.content.decode()
    assert reply.status_code == 409
    assert "Hana tidied this answer up a little." in body
    assert "own newer wording of it." in body
    assert 'name="version" value="2"' in body
    assert Draft.objects.filter(place=f"edit:{post.pk}").exists()
    assert client.post(f"/posts/{post.pk}/edit/", {"text": "Ben again.", "version": 2}).status_code == 302
    assert not Draft.objects.filter(place=f"edit:{post.pk}").exists()


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("mallory", 403), ("dora", 403), ("hana", 302)])
def test_only_the_author_and_moderators_edit(client, cast, post, name, status):
    client.force_login(getattr(cast, name))
    assert client.post(f"/posts/{post.pk}/edit/", {"text": "Something else", "version": 1}).status_code == status
    if status == 403:
        assert client.get(f"/posts/{post.pk}/edit/").status_code == 403


def test_evil_text_is_harmless_in_page_history_edit_form_and_list(client, cast):
    question = ana_asks(
        cast, title=f"Title {EVIL}"[:200], source=EVIL + " and so on, for a while.", environment=EVIL[:120]
    )
    post = answer(question.thread, by=cast.ben, source=EVIL)
    comment(post, by=cast.chris, source=EVIL)
    post.edit(EVIL + " changed", by=cast.ben, version=1)
    client.force_login(cast.ben)
    paths = [question.get_absolute_url(), f"/posts/{post.pk}/history/", f"/posts/{post.pk}/edit/", "/questions/"]
    for path in [*paths, f"/posts/{post.pk}/comment/"]:
        body = client.get(path).content.decode()
        for evil in ("<script>alert", "<img src=x", 'href="javascript:'):
            assert evil not in body, (path, evil)
    client.logout()
    body = client.get(question.get_absolute_url()).content.decode()
    assert body.count("</script>") == body.count("<script")
    assert "<script>alert" not in body


def test_posts_have_lasting_addresses(client, post):
    reply = client.get(f"/posts/{post.pk}/")
    assert reply.status_code == 302
    assert reply["Location"].endswith(f"#post-{post.pk}")


def test_a_removed_answer_with_comments_leaves_its_place(client, cast, question, post):
    comment(post, by=cast.chris, source="Thank you, this helped me.")
    post.remove(by=cast.ben)
    body = client.get(question.get_absolute_url()).content.decode()
    assert "taken back by its author" in body
    assert "this helped me" in body
    assert post.source not in body
    assert client.get(f"/posts/{post.pk}/history/").status_code == 404


def test_a_hidden_answer_is_nowhere(client, cast, question, post):
    post.hide(by=cast.hana, reason="Wrong")
    for name in (None, "ana", "ben", "mallory"):
        client.logout()
        if name:
            client.force_login(getattr(cast, name))
        assert post.source not in client.get(question.get_absolute_url()).content.decode()
        assert client.get(f"/posts/{post.pk}/").status_code == 404
        assert client.get(f"/posts/{post.pk}/history/").status_code == 404
