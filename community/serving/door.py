"""Who gets a ready page and who goes to Django; and which of Django's answers may become ready pages.

A ready page is made for a visitor without any cookie, whom nothing tells apart from anybody else, and is given to such
visitors only, and to those whose cookies say nothing about them.
"""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from community.serving.answers import Answer, compressed, encoding_for, with_vary
from community.serving.bridge import Bridge, Receive, Refused, Send, Stream
from community.serving.memory import Key, Memory, Page

TELLS_APART = {b"authorization", b"range", b"hx-request", b"x-requested-with", b"idempotency-key"}
"""A request with one of these headers is Django's: its answer may be for one person or one purpose only."""
PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages", settings.LANGUAGE_COOKIE_NAME})
"""Cookies that tell visitors apart: who carries one of them is Django's."""
HARMLESS_VARY = {b"cookie", b"accept-language", b"accept-encoding", b"hx-request"}
SANE_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}")
WORDS = {400: "Bad request", 408: "The request took too long", 413: "That is too large"}


class Visit:
    """What the front needs to know of a request, read from its headers once."""

    __slots__ = ("encoding", "etag", "has_cookies", "is_somebody", "key", "request_id")

    def __init__(self, scope: dict[str, Any]) -> None:
        host = proto = language = accepted = b""
        self.etag = self.request_id = b""
        self.has_cookies = self.is_somebody = False
        is_anybody = scope["method"] in ("GET", "HEAD")
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"accept-encoding":
                accepted = value
            elif name == b"accept-language":
                language = value
            elif name == b"if-none-match":
                self.etag = value
            elif name == b"x-request-id":
                self.request_id = value
            elif name in (b"x-forwarded-proto", b"x-forwarded-host"):
                proto += b"|" + value
            elif name == b"cookie":
                self.has_cookies = True
                self.is_somebody |= is_personal(value)
            elif name in TELLS_APART:
                self.is_somebody |= name == b"authorization"
                is_anybody = False
        self.encoding = encoding_for(accepted)
        self.key: Key | None = None
        if is_anybody and not self.is_somebody:
            self.key = (scope["scheme"], proto, host, language_for(language), scope["path"], scope["query_string"])


class Door:
    """Answers every request: from memory, or from Django, keeping what may be kept."""

    def __init__(self, memory: Memory, bridge: Bridge, is_trusted: Callable[[], bool]) -> None:
        self.memory = memory
        self.bridge = bridge
        self.is_trusted = is_trusted

    async def answer(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        visit = Visit(scope)
        if visit.key is not None and self.is_trusted():
            page = self.memory.get(visit.key)
            if page is not None:
                await give(send, ready(page, visit), scope["method"])
                return
        begun = self.memory.moment
        may_keep = visit.key is not None and scope["method"] == "GET" and not visit.has_cookies and self.is_trusted()
        try:
            answer = await self.bridge.ask(scope, receive)
        except Refused as refused:
            await give(send, plain(refused.status), scope["method"])
            return
        if isinstance(answer, Stream):
            await self._pass_on(send, answer, scope["method"])
            return
        if visit.is_somebody:
            answer = for_one(answer)
        elif may_keep and visit.key is not None and is_for_everybody(answer):
            page = Page(with_etag(answer), frozenset(answer.header(b"surrogate-key").decode().split()))
            self.memory.keep(visit.key, page, begun)
            await give(send, conditional(page.in_encoding(visit.encoding), visit.etag), scope["method"])
            return
        await give(send, compressed(answer, visit.encoding, quickly=True), scope["method"])

    async def _pass_on(self, send: Send, stream: Stream, method: str) -> None:
        await send({"type": "http.response.start", "status": stream.status, "headers": stream.headers})
        async for piece in self.bridge.pieces(stream):
            if method != "HEAD":
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def is_for_everybody(answer: Answer) -> bool:
    """Whether an answer to somebody unknown may be shown to everybody unknown: it must say so itself, in every way."""
    control = answer.header(b"cache-control").lower()
    vary = {part.strip().lower() for key, value in answer.headers if key == b"vary" for part in value.split(b",")}
    return (
        answer.status == 200
        and bool(answer.header(b"surrogate-key"))
        and not answer.header(b"set-cookie")
        and not answer.header(b"content-encoding")
        and b"public" in control
        and b"private" not in control
        and b"no-store" not in control
        and vary <= HARMLESS_VARY | {b""}
    )


def for_one(answer: Answer) -> Answer:
    """An answer to somebody who can be told apart, which no cache on the way may take for everybody's."""
    if not answer.header(b"surrogate-key"):
        return answer
    headers = [pair for pair in answer.headers if pair[0] not in (b"surrogate-key", b"cache-control")]
    return Answer(answer.status, [*headers, (b"cache-control", b"private, no-store")], answer.body)


def ready(page: Page, visit: Visit) -> Answer:
    """The kept page for this visit, under its own request id."""
    answer = conditional(page.in_encoding(visit.encoding), visit.etag)
    request_id = visit.request_id if SANE_ID.fullmatch(visit.request_id) else uuid4().hex.encode()
    return Answer(
        answer.status, [*answer.headers, (b"x-request-id", request_id), (b"cache-status", b"front; hit")], answer.body
    )


def conditional(answer: Answer, asked: bytes) -> Answer:
    """304 when the browser has this very page."""
    etag = answer.header(b"etag")
    if not asked or not etag or etag.removeprefix(b"W/") not in asked:
        return answer
    unneeded = (b"content-length", b"content-type", b"content-encoding")
    return Answer(304, [pair for pair in answer.headers if pair[0] not in unneeded], b"")


def with_etag(answer: Answer) -> Answer:
    """The answer under a name made from its text; what belongs to one visit only is taken off."""
    etag = b'W/"' + hashlib.blake2b(answer.body, digest_size=12).hexdigest().encode() + b'"'
    passing = (b"etag", b"x-request-id", b"date", b"server-timing")
    headers = [pair for pair in answer.headers if pair[0] not in passing]
    return Answer(answer.status, with_vary([*headers, (b"etag", etag)], b"Cookie"), answer.body)


async def give(send: Send, answer: Answer, method: str) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body, "more_body": False})


def plain(status: int) -> Answer:
    """The front's own refusal, before Django has seen the request. The connection is not used again."""
    body = WORDS[status].encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    return Answer(status, [*headers, (b"connection", b"close"), (b"x-request-id", uuid4().hex.encode())], body)


@lru_cache(maxsize=2_000)
def is_personal(cookies: bytes) -> bool:
    """Whether a Cookie header holds one that tells visitors apart."""
    names = {pair.partition("=")[0].strip() for pair in cookies.decode("latin1").split(";")}
    return not PERSONAL.isdisjoint(names)


@lru_cache(maxsize=2_000)
def language_for(accepted: bytes) -> str:
    """The language in which Django would answer."""
    for code, _ in parse_accept_lang_header(accepted.decode("latin1")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)
