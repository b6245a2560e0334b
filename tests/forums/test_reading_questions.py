"""Reading a question: what everybody sees, what is one's own, and how a long one is paged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.threads.models import Attribution, Draft, Post, Thread
from forums.threads.replying import answer
from tests.scenes import ana_asks, ben_answers, one_line


def body_of(client, question, query=""):
    return client.get(question.get_absolute_url() + query).content.decode()


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def long_one(cast, question):
    """A question with 45 answers."""
    Post.objects.bulk_create(
        Post(
            thread=question.thread,
            kind="answer",
            author=cast.chris,
            source=f"Answer {n:02}",
            html=f"<p>Answer {n:02}</p>",
        )
        for n in range(45)
    )
    Thread.objects.filter(pk=question.pk).update(answer_count=45, attempt_count=45)
    question.refresh_from_db()
    return question


def test_a_stranger_reads_a_question(client, cast, question):
    ben_answers(cast, question)
    page = client.get(question.get_absolute_url())
    body = one_line(page)
    assert page.status_code == 200
    assert "Turn LE Audio off" in body
    assert "1 answer<" in body
    assert "champion" in body
    assert f'rel="canonical" href="http://localhost:8000{question.get_absolute_url()}"' in body
    assert not page.cookies
    for private in ("csrfmiddlewaretoken", "/desk/", "own:", 'id="deed"'):
        assert private not in body
    assert f"thread-{question.pk}" in page["Surrogate-Key"].split()


def test_ana_can_accept_and_chris_cannot(client, cast, question):
    post = ben_answers(cast, question)
    client.force_login(cast.ana)
    body = body_of(client, question)
    assert f"/questions/{question.pk}/accept/{post.pk}/" in body
    assert "Your version: fw 3.2" in body
    client.force_login(cast.chris)
    body = body_of(client, question)
    assert "/accept/" not in body
    assert "/verify/" not in body
    assert f'formaction="/posts/{post.pk}/vote/"' in body


def test_only_the_team_has_the_staff_slot_and_the_verify_button(client, cast, question):
    ben_answers(cast, question)
    for name, is_agent in (("ana", False), ("ben", False), ("leo", False), ("dora", True)):
        client.force_login(getattr(cast, name))
        body = body_of(client, question)
        assert ("/verify/" in body) is is_agent, name
        assert ("/desk/threads/" in body) <= is_agent, name


def test_a_page_takes_few_queries_cold_and_fewer_warm(client, cast, long_one):
    with CaptureQueriesContext(connection) as cold:
        body_of(client, long_one)
    with CaptureQueriesContext(connection) as warm:
        body_of(client, long_one)
    assert len(cold) <= 12, [q["sql"][:90] for q in cold]
    assert len(warm) <= 3, [q["sql"][:90] for q in warm]
    for name, most in (("chris", 11), ("ana", 11), ("dora", 15)):
        client.force_login(getattr(cast, name))
        body_of(client, long_one)
        with CaptureQueriesContext(connection) as signed_in:
            body_of(client, long_one)
        assert len(signed_in) <= most, [q["sql"][:90] for q in signed_in]


def test_one_readers_page_is_never_anothers(client, cast, question):
    post = ben_answers(cast, question)
    post.vote(by=cast.chris)
    Draft.objects.keep(by=cast.chris, place=f"thread:{question.pk}", text="Canary 9c1e of Chris")
    client.force_login(cast.chris)
    assert "Canary 9c1e" in body_of(client, question)
    client.force_login(cast.mallory)
    body = body_of(client, question)
    assert "Canary 9c1e" not in body
    assert f'formaction="/posts/{post.pk}/vote/"' in body


def test_a_long_question_has_pages_and_every_answer_is_on_one(client, long_one):
    bodies = [body_of(client, long_one, query) for query in ("", "?page=2", "?page=3")]
    assert [body.count('data-testid="answer"') for body in bodies] == [20, 20, 5]
    assert 'rel="next"' in bodies[0]
    assert 'rel="prev"' in bodies[2]
    for page in ("0", "4", "-1", "x", "999999999999"):
        assert client.get(f"{long_one.get_absolute_url()}?page={page}").status_code == 404


def test_the_address_of_a_post_finds_its_page(client, cast, long_one):
    last = Post.objects.filter(kind="answer").order_by("-pk").first()
    address = client.get(f"/posts/{last.pk}/")["Location"]
    assert address.endswith(f"?post={last.pk}#post-{last.pk}")
    assert f'id="post-{last.pk}"' in client.get(address.split("#")[0]).content.decode()


def test_the_solution_stands_first_and_later_pages_lead_to_it(client, cast, long_one):
    last = Post.objects.filter(kind="answer").order_by("-pk").first()
    long_one.accept(last, by=cast.ana)
    assert f'id="post-{last.pk}"' in body_of(client, long_one)
    assert "is marked as the solution" in body_of(client, long_one, "?page=2")


def test_answers_stand_by_mark_then_votes_then_age(client, cast, question):
    posts = [answer(question.thread, by=who, source=f"Answer of {who}") for who in (cast.ben, cast.chris, cast.dora)]
    posts[1].vote(by=cast.ana)
    question.verify(posts[2], by=cast.dora)
    body = body_of(client, question)
    places = [body.index(f'id="post-{post.pk}"') for post in (posts[2], posts[1], posts[0])]
    assert places == sorted(places)


def test_imported_threads_name_their_source(client, question):
    Attribution.objects.create(
        thread=question.thread,
        source="Example Forum",
        native_id="7",
        url="https://forum.example/7",
        licence="CC BY-SA 3.0",
    )
    body = body_of(client, question)
    assert "First published at Example Forum, under CC BY-SA 3.0." in body
    assert 'href="https://forum.example/7"' in body


def test_notices_are_shown_once_each_and_go(client, cast, question):
    notice = question.thread.post_notice("private", "Being handled privately since Monday's hush.", by=cast.dora)
    assert (
        question.thread.post_notice("private", "Being handled privately since Tuesday's hush.", by=cast.dora) == notice
    )
    question.thread.post_notice("outcome", "<b>Exchanged</b> under warranty.", by=cast.dora)
    body = body_of(client, question)
    assert "Tuesday&#x27;s hush" in body
    assert "Monday&#x27;s hush" not in body
    assert "&lt;b&gt;Exchanged" in body
    notice.refresh_from_db()
    notice.end(by=cast.dora)
    assert "Tuesday&#x27;s hush" not in body_of(client, question)
    assert question.thread.open_notices.count() == 1


def test_a_post_that_waits_is_seen_by_its_author_only(client, cast, question):
    post = ben_answers(cast, question, source="Held words 4d2b")
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    Thread.objects.filter(pk=question.pk).update(version=99)
    for name, sees in (("ben", True), ("ana", False), ("mallory", False)):
        client.force_login(getattr(cast, name))
        assert ("Held words 4d2b" in body_of(client, question)) is sees


def test_old_and_unanswered_is_not_for_search_engines(client, question):
    assert "noindex" not in body_of(client, question)
    Thread.objects.filter(pk=question.pk).update(created_at="2025-01-01T00:00Z", version=9)
    assert "noindex" in body_of(client, question)


def test_a_question_is_only_read(client, question):
    assert client.post(question.get_absolute_url()).status_code == 405
    assert client.get("/questions/999999/x/").status_code == 404
