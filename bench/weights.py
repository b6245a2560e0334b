"""What a first view of a page weighs: everything a browser fetches for it, gzip."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

LINKS = re.compile(r"""<(?:script[^>]+src|img[^>]+src|link[^>]+rel="(?:stylesheet|icon)"[^>]*href)="([^"]+)""")
STYLES_FIRST = re.compile(r"""<link[^>]+href="([^"]+)"[^>]*rel="stylesheet""")
IMPORTS = {
    "css": re.compile(r"""@import\s+(?:url\()?["']?([^"')]+)"""),
    "js": re.compile(r"""(?:^|[;\s])import\s*(?:[\w{}\s,*]+from\s*)?["']([^"']+\.js[^"']*)["']"""),
}


@dataclass
class Weights:
    """Bytes by kind, and the number of requests."""

    html: int = 0
    css: int = 0
    js: int = 0
    other: int = 0
    requests: int = 0

    @property
    def is_light(self) -> bool:
        return self.html <= 30_000 and self.css <= 20_000 and self.js <= 45_000 and self.requests <= 12


def weigh(base: str, path: str) -> Weights:
    found, seen = Weights(), set()
    with httpx.Client(headers={"Accept-Encoding": "gzip"}, follow_redirects=True, timeout=30) as client:
        page, found.html = fetch(client, urljoin(base, path))
        found.requests = 1
        waiting = [urljoin(base, link) for link in LINKS.findall(page) + STYLES_FIRST.findall(page)]
        while waiting:
            url = waiting.pop().partition("#")[0]
            if url in seen or url.startswith("data:"):
                continue
            seen.add(url)
            text, size = fetch(client, url)
            kind = url.partition("?")[0].rpartition(".")[2]
            setattr(
                found, kind if kind in IMPORTS else "other", getattr(found, kind if kind in IMPORTS else "other") + size
            )
            found.requests += 1
            waiting += [urljoin(url, link) for link in IMPORTS[kind].findall(text)] if kind in IMPORTS else []
    return found


def fetch(client: httpx.Client, url: str) -> tuple[str, int]:
    """The text, and how many bytes it was on the line."""
    with client.stream("GET", url) as response:
        response.raise_for_status()
        size = sum(len(piece) for piece in response.iter_raw())
    response = client.get(url)
    return response.text, size
