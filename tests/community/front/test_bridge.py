"""Requests in, answers out: bodies of all sizes, files, and what the front refuses by itself."""

import asyncio
import gzip
from pathlib import Path

from tests.community.front import pages
from tests.loops import run_loop


def test_a_body_in_pieces_arrives_whole(front):
    status, _, body = front.get("/echo/", method="POST", pieces=[b"a" * 10, b"b" * 10, b""], content_type="text/plain")
    assert (status, body) == (200, b"a" * 10 + b"b" * 10 + b" 20")


def test_a_declared_body_that_is_too_large_is_refused_before_it_is_sent(front):
    status, headers, _ = front.get("/echo/", method="POST", content_length="10000000000")
    assert status == 413
    assert headers["connection"] == "close"
    assert front.asked == 0


def test_an_undeclared_body_that_grows_too_large_is_refused(front):
    status, _, _ = front.get("/echo/", method="POST", pieces=[b"x" * 60_000, b"x" * 60_000])
    assert status == 413
    assert front.asked == 0


def test_a_length_that_is_no_number_is_refused(front):
    assert front.get("/echo/", method="POST", content_length="-5")[0] == 400


def test_a_body_that_takes_too_long_is_refused(front, monkeypatch):
    monkeypatch.setattr("community.serving.bridge.SLOWEST", 0.05)
    sent = []

    async def receive():
        await asyncio.sleep(5)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/echo/", "query_string": b"", "headers": []}
    run_loop(front.door.answer(scope, receive, send))
    assert sent[0]["status"] == 408
    assert front.asked == 0


def test_streams_and_files_pass_through_whole(front):
    assert front.get("/stream/")[2] == b"one two three"
    status, headers, body = front.get("/file/")
    assert status == 200
    assert body == Path(pages.__file__).read_bytes()
    assert headers["content-length"] == str(len(body))


def test_a_page_for_one_person_is_compressed_too(front):
    _, headers, body = front.get("/unnamed/", accept_encoding="gzip", cookie="sessionid=a")
    assert headers["content-encoding"] == "gzip"
    assert b"connection drops" in gzip.decompress(body)
    assert headers["content-length"] == str(len(body))


def test_short_answers_are_sent_as_they_are(front):
    _, headers, _ = front.get("/echo/", method="POST", body=b"hi", accept_encoding="gzip")
    assert "content-encoding" not in headers
