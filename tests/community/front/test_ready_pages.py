"""Which answers become ready pages, who gets them, and that nobody gets a page made for somebody else."""

import asyncio
import gzip
import threading

import brotli
import pytest
from django.conf import settings

from tests.loops import run_loop

SESSION = f"{settings.SESSION_COOKIE_NAME}=abc"


def test_a_public_page_is_made_once_for_everybody(front):
    first = front.get("/public/")
    second = front.get("/public/")
    assert front.asked == 1
    assert first[2] == second[2]
    assert second[1]["cache-status"] == "front; hit"
    assert second[1]["surrogate-key"] == "thread-1 questions"


@pytest.mark.parametrize(
    "path", ["/unnamed/", "/sets_cookie/", "/has_token/", "/private/", "/no_store/", "/varies/", "/missing/", "/moved/",
             "/stream/", "/nowhere/"],
)  # fmt: skip
def test_what_does_not_say_in_every_way_that_it_is_for_everybody_is_never_kept(front, path):
    front.get(path)
    front.get(path)
    assert front.asked == 2
    assert not front.memory.pages


def test_an_error_is_not_kept(front):
    status, _, body = front.get("/broken/")
    assert status == 500
    assert b"canary" not in body
    assert not front.memory.pages


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": SESSION},
        {"cookie": f"theme=dark; {SESSION}"},
        {"cookie": f'a="; {SESSION}'},
        {"cookie": "messages=unread"},
        {"cookie": f"{settings.LANGUAGE_COOKIE_NAME}=de"},
        {"authorization": "Bearer token"},
        {"range": "bytes=0-10"},
        {"hx_request": "true"},
        {"x_requested_with": "XMLHttpRequest"},
    ],
)
def test_whoever_can_be_told_apart_is_never_given_nor_made_a_ready_page(front, headers):
    kept = front.get("/public/")[2]
    own = front.get("/public/", **headers)[2]
    assert own != kept
    front.memory.purge({"*"})
    front.get("/public/", **headers)
    assert not front.memory.pages


def test_a_page_made_for_somebody_is_never_shown_to_another(front):
    """A view that greets the signed-in, and forgets to say so."""
    mine = front.get("/personal/", cookie=SESSION)[2]
    assert b"hello abc" in mine
    for _ in range(3):
        assert b"hello stranger" in front.get("/personal/")[2]
    assert b"hello abc" in front.get("/personal/", cookie=SESSION)[2]


def test_caches_on_the_way_are_told_that_a_page_for_somebody_is_theirs_alone(front):
    _, headers, _ = front.get("/personal/", cookie=SESSION)
    assert headers["cache-control"] == "private, no-store"
    assert "surrogate-key" not in headers
    assert front.get("/personal/", authorization="Bearer x")[1]["cache-control"] == "private, no-store"
    assert front.get("/personal/")[1]["cache-control"] == "public, max-age=0, must-revalidate"


def test_a_page_for_somebody_with_any_cookie_is_not_kept_but_they_may_be_given_one(front):
    front.get("/public/", cookie="csrftoken=x; theme=dark")
    assert not front.memory.pages
    kept = front.get("/public/")[2]
    assert front.get("/public/", cookie="theme=dark")[2] == kept


def test_a_token_for_one_visitor_is_not_kept_for_others(front):
    front.get("/has_token/", cookie="csrftoken=" + "x" * 32)
    assert not front.memory.pages


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_deeds_always_reach_django(front, method):
    front.get("/public/")
    front.get("/public/", method=method)
    front.get("/public/", method=method)
    assert front.asked == 3


def test_head_gets_the_same_headers_and_no_body_and_keeps_nothing(front):
    front.get("/public/", method="HEAD")
    assert not front.memory.pages
    kept = front.get("/public/")
    status, headers, body = front.get("/public/", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["etag"] == kept[1]["etag"]
    assert front.asked == 2


@pytest.mark.parametrize(
    "change", [{"host": "other.example"}, {"x_forwarded_proto": "https"}, {"x_forwarded_host": "evil.example"}]
)
def test_another_host_or_scheme_has_its_own_page(front, settings, change):
    settings.ALLOWED_HOSTS = ["*"]
    kept = front.get("/public/")[2]
    assert front.get("/public/", **change)[2] != kept


def test_junk_in_the_query_crowds_nothing_out(front):
    front.get("/public/")
    for number in range(50):
        front.get("/public/", query=f"junk={number}")
    assert len(front.memory.pages) == 1
    front.get("/public/", query="sort=new")
    kept = front.get("/public/", query="sort=new")[2]
    assert front.get("/public/", query="sort=new")[2] == kept


def test_each_client_gets_the_encoding_it_knows_and_it_is_made_once(front):
    plain = front.get("/public/")
    br = front.get("/public/", accept_encoding="gzip, deflate, br")
    gz = front.get("/public/", accept_encoding="gzip")
    assert brotli.decompress(br[2]) == gzip.decompress(gz[2]) == plain[2]
    assert br[1]["content-encoding"] == "br"
    assert len(br[2]) < len(plain[2]) / 4
    assert front.asked == 1
    assert front.get("/public/", accept_encoding="br;q=0, gzip;q=0")[2] == plain[2]
    assert {"Accept-Encoding", "Cookie"} <= {part.strip() for part in br[1]["vary"].split(",")}


def test_a_browser_that_has_the_page_is_told_so(front):
    etag = front.get("/public/")[1]["etag"]
    status, headers, body = front.get("/public/", if_none_match=etag)
    assert (status, body) == (304, b"")
    assert headers["etag"] == etag
    assert front.get("/public/", if_none_match='"other"')[0] == 200
    front.memory.purge({"thread-1"})
    assert front.get("/public/", if_none_match=etag)[0] == 200


def test_every_visit_has_a_request_id_of_its_own(front):
    front.get("/public/")
    ids = {front.get("/public/")[1]["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert front.get("/public/", x_request_id="given-by-the-proxy")[1]["x-request-id"] == "given-by-the-proxy"
    assert "evil" not in front.get("/public/", x_request_id="evil\r\nX: 1")[1]["x-request-id"]


def test_a_purge_drops_what_shows_it_and_nothing_else(front):
    first, other = front.get("/public/")[2], front.get("/other/")[2]
    front.memory.purge({"thread-1"})
    assert front.get("/public/")[2] != first
    assert front.get("/other/")[2] == other
    front.memory.purge({"*"})
    assert front.get("/other/")[2] != other


def test_a_page_that_was_begun_before_a_purge_is_not_kept(front):
    begun, go_on = threading.Event(), threading.Event()
    quick = front.app

    def slow(environ, start_response):
        response = quick(environ, start_response)  # the page is made…
        begun.set()
        go_on.wait(5)
        return response  # …and finished after the purge

    async def scene():
        front.app = slow
        visit = asyncio.create_task(front.ask("/public/"))
        await asyncio.to_thread(begun.wait, 5)
        front.memory.purge({"thread-1"})
        go_on.set()
        await visit

    run_loop(scene())
    assert not front.memory.pages


def test_a_page_is_not_kept_when_its_purge_is_too_long_ago_to_be_remembered(front, monkeypatch):
    monkeypatch.setattr("community.serving.memory.REMEMBERED", 10)
    begun = front.memory.moment
    front.memory.purge({"thread-1"})
    for number in range(30):
        front.memory.purge({f"thread-{number + 100}"})
    front.get("/public/")
    (page,) = front.memory.pages.values()
    assert not front.memory.keep(("a", b""), page, begun)
    assert front.memory.keep(("a", b""), page, front.memory.moment)


def test_while_the_line_is_down_nothing_is_served_from_memory_nor_kept(front):
    front.get("/public/")
    front.is_trusted = False
    front.get("/public/")
    front.get("/other/")
    assert front.asked == 3
    assert len(front.memory.pages) == 1


def test_memory_is_bounded_and_the_books_are_right(front):
    front.memory.room = 200_000
    for number in range(100):
        front.get("/public/", host=f"h{number}")
    assert 0 < front.memory.used <= 200_000
    assert front.memory.used == sum(page.size for page in front.memory.pages.values())
    assert set(front.memory.by_name["thread-1"]) == set(front.memory.pages)
    front.memory.purge({"thread-1"})
    assert front.memory.used == 0
    assert not front.memory.by_name


def test_a_page_does_not_grow_old_even_without_a_purge(front, monkeypatch):
    first = front.get("/public/")[2]
    monkeypatch.setattr("community.serving.memory.OLDEST", -1.0)
    assert front.get("/public/")[2] != first
