"""An HTTP answer in one piece, and its compressed copies."""

import gzip
from dataclasses import dataclass
from functools import lru_cache

import brotli

Headers = list[tuple[bytes, bytes]]
WORTH_IT = 600
"""Shorter bodies are sent as they are."""
TEXTS = (b"text/", b"application/json", b"application/xml", b"application/rss", b"application/atom", b"image/svg")


@dataclass
class Answer:
    """Status, headers with lower-case names, and the whole body."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: bytes) -> bytes:
        return next((value for key, value in self.headers if key == name), b"")


@lru_cache(maxsize=500)
def encoding_for(accepted: bytes) -> str:
    """The encoding we send to a client with this Accept-Encoding: br, gzip or empty for none."""
    refused = {b"0", b"0.0", b"0.00", b"0.000"}
    offers = set()
    for offer in accepted.lower().split(b","):
        name, _, weight = offer.partition(b";")
        if weight.strip().removeprefix(b"q=") not in refused:
            offers.add(name.strip())
    return "br" if b"br" in offers else "gzip" if b"gzip" in offers else ""


def compressed(answer: Answer, encoding: str, *, quickly: bool = False) -> Answer:
    """The answer in an encoding. `quickly` for what is sent once; what is kept is worth more effort."""
    headers = [pair for pair in answer.headers if pair[0] != b"content-length"]
    body = answer.body
    if is_compressible(answer):
        headers = with_vary(headers, b"Accept-Encoding")
        if encoding == "br":
            body = brotli.compress(body, mode=brotli.MODE_TEXT, quality=4 if quickly else 6)
        elif encoding == "gzip":
            body = gzip.compress(body, compresslevel=3 if quickly else 7, mtime=0)
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
    headers.append((b"content-length", b"%d" % len(body)))
    return Answer(answer.status, headers, body)


def is_compressible(answer: Answer) -> bool:
    """Text of some length that nobody has encoded yet."""
    return (
        len(answer.body) >= WORTH_IT
        and not answer.header(b"content-encoding")
        and answer.header(b"content-type").startswith(TEXTS)
    )


def with_vary(headers: Headers, name: bytes) -> Headers:
    """The headers, with this name among those that the answer depends on."""
    vary = b", ".join(value for key, value in headers if key == b"vary")
    if name.lower() in vary.lower():
        return headers
    rest = [pair for pair in headers if pair[0] != b"vary"]
    return [*rest, (b"vary", vary + b", " + name if vary else name)]
