"""AC-API-7 over HTTP: small pages for frames on other sites, and the script of the button that opens them."""

import pytest

from tests.jobs import work
from tests.moderation.chat.scenes import ana_chats, sits_down
from tests.scenes import TITLE, ana_asks, ben_answers

pytestmark = pytest.mark.django_db
FRAMES = ("/widgets/products/beam-2/questions/", "/widgets/products/beam-2/chat/", "/widgets/products/beam-2/")


@pytest.fixture(autouse=True)
def beam2(cast):
    return cast.beam2


@pytest.mark.parametrize("path", FRAMES)
def test_ac_api_7_a_frame_sets_no_cookie_runs_no_script_and_knows_nobody(client, cast, path):
    client.force_login(cast.ana)
    client.cookies["seen"] = "1"
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "X-Frame-Options" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    page = answer.content.decode()
    assert "<script" not in page
    assert cast.ana.username not in page
    assert "csrf" not in page
    assert len(answer.content) < 30_000
    assert client.get(path.replace("beam-2", "nothing")).status_code == 404
    assert client.post(path).status_code == 405


def test_the_questions_show_what_was_solved_last_and_find_what_resembles_the_words(client, cast):
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    page = client.get(FRAMES[0]).content.decode()
    assert f"{question.get_absolute_url()}" in page
    assert "Solved last" in page
    work()
    found = client.get(FRAMES[0], {"q": "bluetooth drops"}).content.decode()
    assert TITLE in found
    assert "solved" in found
    assert 'name="title" value="bluetooth drops"' in found
    nothing = client.get(FRAMES[0], {"q": "<b>xylophone zebra"}).content.decode()
    assert "Nobody has asked this yet." in nothing
    assert "&lt;b&gt;xylophone" in nothing


def test_what_is_hidden_is_not_shown_elsewhere(client, cast):
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="spam")
    assert TITLE not in client.get(FRAMES[0]).content.decode()


def test_the_questions_cost_a_constant_number_of_queries(client, cast, django_assert_max_num_queries):
    for number in range(4):
        question = ana_asks(cast, title=f"{TITLE} ({number})")
        question.accept(ben_answers(cast, question), by=cast.ana)
    with django_assert_max_num_queries(2):
        client.get(FRAMES[0])


def test_the_chat_says_whether_somebody_is_here_and_how_many_wait(client, cast):
    assert "Nobody" not in client.get(FRAMES[1]).content.decode()
    assert "nobody is free for a chat" in client.get(FRAMES[1]).content.decode()
    ana_chats(cast)
    page = client.get(FRAMES[1])
    assert "One person is before you." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_the_chats_page_is_begun_with_what_was_typed_elsewhere(client, cast):
    sits_down(cast.dora)
    client.force_login(cast.ana)
    page = client.get("/requests/chat/new/?product=beam-2&title=Left+side+silent").content.decode()
    assert 'value="Left side silent"' in page


def test_ac_api_7_the_script_is_below_30_kb_and_says_its_words_in_the_readers_language(client):
    answer = client.get("/widgets/launcher.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert len(answer.content) < 30_000
    assert "Accept-Language" in answer["Vary"]
    assert not answer.cookies
    assert "cookie" not in answer.content.decode().replace("no cookie", "")
    assert "localStorage" not in answer.content.decode()


def test_the_setup_page_has_the_lines_for_each(client, cast):
    page = client.get("/products/beam-2/embed/").content.decode()
    for piece in ("/widgets/launcher.js", *FRAMES, "frame-src", "data-show="):
        assert piece in page, piece
    assert 'href="/products/beam-2/embed/"' in client.get("/products/beam-2/reviews/embed/").content.decode()
    assert client.get("/products/nothing/embed/").status_code == 404
