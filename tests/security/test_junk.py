# ruff: noqa: E501 - payloads are not broken into lines
"""A16, C7, H2, H9: odd paths, override headers, foreign ways back, junk in every parameter. Never a fault."""

import re
import sys
import time
from urllib.parse import quote, urlencode, urljoin

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict

from community.text.diffs import diff_html
from tests.databases import ROOT
from tests.security.declared import table
from tests.security.keyring import address

pytestmark = pytest.mark.slow

LONG = "x" * 10_000
JUNK = ["a\0b", LONG, "9" * 25, "9" * 5000, "0" * 9 + "1" * 5000, "-1", "1e9", "²", "٣", "((((([%\\", "' OR 1=1;SELECT pg_sleep(5)--",
        "{{7*7}}", "../../../../etc/passwd", "\r\nX-Evil: yes", "\U0001f600" * 50, "user__password__startswith",
        "0001-01-01T00:00:00~1", "9999-12-31T23:59:59-14:00~1", "0001-01-01T00:00:00+14:00~1", "2026-01-01~" + "9" * 25,
        "9999999999999999-99", "2026-13-45T99:99:99", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "0000000000000001-" + "9" * 18]  # fmt: skip
FOREIGN = ["https://evil.example/", "//evil.example", "///evil.example", "////evil.example/", "/\\evil.example", "\\\\evil.example",
           "/\t/evil.example", "http:evil.example", "https:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
           "data:text/html,x", "vbscript:x", " https://evil.example", "\thttps://evil.example", "https:evil.example", "http://localhost@evil.example",
           "http://testserver@evil.example", "http://testserver.evil.example", "//testserver@evil.example", "/%09/evil.example", "/%5cevil.example",
           "%2f%2fevil.example", "https%3a%2f%2fevil.example", "//evil.example/%2e%2e", "/..//evil.example", ".evil.example", "@evil.example",
           "//[::1]", "//evil。example", "https://evil.example\\@testserver", "https://testserver:80@evil.example", "/\n/evil.example", "\x01https://evil.example",
           "\u00a0//evil.example", "ftp://evil.example", "blob:https://evil.example/x", "file:///etc/passwd", "//evil.example:80", "/\r\nX-Evil: yes"]  # fmt: skip


OURS = tuple(str(ROOT / wing) for wing in ("community", "forums", "moderation"))


@pytest.fixture
def names_read(monkeypatch):
    """Which query parameters a page looks at, by watching it read them: each with the line of ours that does."""
    seen: dict[str, tuple[str, int]] = {}
    original = QueryDict.get

    def get(self, name, *default):
        seen.setdefault(name, line_of_ours())
        return original(self, name, *default)

    monkeypatch.setattr(QueryDict, "get", get)

    def of(client, url):
        seen.clear()
        close(client.get(url))
        return {name: line for name, line in seen.items() if name != "csrfmiddlewaretoken"}

    return of


def line_of_ours() -> tuple[str, int]:
    """Who asks: the nearest line of the product."""
    frame = sys._getframe(2)
    while frame.f_back and not frame.f_code.co_filename.startswith(OURS):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def by_get(world):
    """Each page of our own that a GET reaches."""
    return [address(row.path, world) for row in table() if "GET" in row.methods]


def close(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_the_parameters_of_a_page_are_found(browser_of, names_read):
    found = names_read(browser_of("anonymous"), "/questions/")
    assert {"after", "before", "q", "view", "tag", "product"} <= found.keys()
    assert all(file.startswith(OURS) for file, _line in found.values())


@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_junk_in_every_parameter_of_every_page(world, browser_of, names_read, role):
    """All of it for each line of ours that reads a parameter, on the first page where it does. On the other pages that
    share the line, and where an administrator's page reads what a visitor's does, a third by turns."""
    client, visitor, wrong = browser_of(role), browser_of("anonymous"), []
    known: set[tuple[str, tuple[str, int]]] = set()
    for turn, url in enumerate(by_get(world)):
        if role == "admin":
            known |= names_read(visitor, url).items()
        for name, line in sorted(names_read(client, url).items()):
            is_known = (name, line) in known
            known.add((name, line))
            for junk in JUNK[turn % 3 :: 3] if is_known else JUNK:
                with transaction.atomic():
                    response = client.get(url, {name: junk})
                    transaction.set_rollback(True)
                if response.status_code >= 500 or "X-Evil" in response.headers or b"root:x:0" in close(response):
                    wrong.append(f"{url} {name}={junk[:30]!r}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


FIELDS = ["title", "text", "product", "product_version", "version", "environment", "tags", "peers_first", "seen", "anyway",
          "from_note", "reason", "take_over", "nap", "until", "assignee", "connection", "source", "status", "push", "repair",
          "rule", "account-data-wording", "decision", "channels", "purpose", "send", "score", "words", "result", "note",
          "summary", "ask", "promised_at", "place", "once", "doing", "stopped", "role", "brand", "expires_at", "about",
          "locale", "time_zone", "order_number", "alias", "languages", "hours", "topics", "name", "rate", "spokesperson",
          "setting_url", "view", "q", "keep", "black_out", "as_staff", "photo", "List-Unsubscribe"]  # fmt: skip


@pytest.mark.parametrize("role", ["ana", "admin"])
def test_junk_in_every_field_of_every_form(world, browser_of, role):
    client, wrong = browser_of(role), []
    for row in table():
        if "POST" not in row.methods or row.path.startswith("/demo/"):
            continue
        url = address(row.path, world)
        for junk in ("9" * 5000, LONG * 4, "²", "2026-13-45T99:99:99", []):
            with transaction.atomic():
                response = client.post(
                    url, dict.fromkeys(FIELDS, junk), headers={"HX-Request": "true"} if junk == "²" else {}
                )
                if response.status_code >= 500 or "X-Evil" in response.headers:
                    wrong.append(f"{url} with {junk[:20]!r}: {response.status_code}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def test_junk_as_a_body_is_refused_calmly(world, browser_of):
    """H3: bodies that are no form, on every address that takes one."""
    client, wrong = browser_of("admin"), []
    bodies = [
        (b"[" * 50_000, "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"a=%", "application/x-www-form-urlencoded; charset=utf-99"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
    ]
    for row in table():
        if "POST" not in row.methods:
            continue
        for body, kind in bodies:
            with transaction.atomic():
                response = client.generic("POST", address(row.path, world), body, content_type=kind)
                if response.status_code >= 500:
                    wrong.append(f"{row.path} {kind} {body[:10]!r}: {response.status_code}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def leads_away(response) -> bool:
    """Whether a browser would leave the site for it."""
    for name in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
        to = "".join(sign for sign in response.headers.get(name, "") if sign > " ").replace("\\", "/")
        if to and not urljoin("http://testserver/account/", to).startswith("http://testserver/"):
            return True
    return "X-Evil" in response.headers


def test_no_way_back_leads_to_another_site(client, cast):
    """C7: `next` in the address and in the form, signed out and in."""
    names, me = ("next", "return", "url", "redirect", "back"), cast.confirm(cast.chris)
    entry = {"login": "chris", "password": "porchlight-chris"}
    for foreign in FOREIGN:
        back = dict.fromkeys(names, foreign)
        client.logout()
        page = client.get("/account/login/", back)
        assert not leads_away(page), foreign
        assert not re.search(r'(?:href|action)="[^"/]*//[^"]*evil', page.content.decode()), foreign
        cache.clear()
        assert not leads_away(client.post("/account/login/?" + urlencode(back), {**entry, **back})), foreign
        client.force_login(me)
        for path in ("/account/login/", "/account/signup/", "/account/reauthenticate/"):
            assert not leads_away(client.get(path, back)), (path, foreign)
        again = {"password": "porchlight-chris", **back}
        assert not leads_away(client.post("/account/reauthenticate/?" + urlencode(back), again)), foreign
        assert not leads_away(client.post("/account/logout/?" + urlencode(back), back)), foreign


def test_a_way_back_on_this_site_is_taken(client, cast):
    cast.confirm(cast.chris)
    answered = client.post(
        "/account/login/?next=/questions/new/",
        {"login": "chris", "password": "porchlight-chris", "next": "/questions/new/"},
    )
    assert answered["Location"] == "/questions/new/"


@pytest.mark.parametrize("evil", ["\r\nX-Evil: yes", "%0d%0aX-Evil:%20yes", "\u560d\u560aX-Evil: yes", "evil.example"])
def test_nothing_of_a_request_becomes_a_header(client, cast, evil):
    """H9, F3: neither in a redirect, nor through Host, nor in a download's name."""
    for path in (
        f"/questions/1/x{quote(evil)}/",
        f"/questions/?q={quote(evil)}",
        f"/settings/?x={quote(evil)}",
        f"/people/{quote(evil)}/",
    ):
        response = client.get(
            path,
            headers={
                "X-Request-ID": evil.strip(),
                "Referer": "https://evil.example/",
                "HX-Current-URL": "https://evil.example/",
            },
        )
        assert "X-Evil" not in response.headers
        assert not leads_away(response)
        assert "\n" not in str(response.headers.get("X-Request-ID", ""))
    out = client.get("/settings/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/there/"})
    assert "evil.example" not in out.headers["HX-Redirect"]
    reset = client.get("/account/password/reset/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in reset.content


def test_texts_made_to_be_slow_to_compare_are_compared_at_once():
    """H1: the difference of two wordings is on a public page, so whoever writes must not choose what it costs."""
    began = time.perf_counter()
    for old, new in (
        ("a b " * 8000, "b a a " * 5300),
        ("a\nb\n" * 8000, "b\na\na\n" * 5300),
        ("a" * 32_000, "b" * 32_000),
        (" \n" * 16_000, "\n " * 16_000),
        ("a b " * 170, "b a a " * 113),
        ("x " * 16_000, "x " * 15_999),
    ):
        assert diff_html(old, new)
    assert time.perf_counter() - began < 5
