# ruff: noqa: E501 - payloads are not broken into lines
"""F7, F13, A16: a form of another site does nothing, frames are refused, and odd paths and headers open no door."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from community.routes import walk
from tests.security.declared import PROGRAMS, table, verdict
from tests.security.keyring import PARAMETER, address
from tests.security.test_taking import FILLED
from tests.security.watching import writes

pytestmark = pytest.mark.slow

# POST routes that programs use without our cookie: what proves them instead.
DOORWAYS = {
    "/questions/new/guest/": "nothing: the typed text is shown again and nothing is written",
    "/questions/similar/told/": "nothing: it counts for nobody, and names nobody",
    "/search/opened/": "nothing: it counts for nobody, and names nobody",
    "/hooks/email/": "a signature over the mail",
    "/hooks/email/<slug:provider>/": "a signature of the provider, or the password in its address",
    "/hooks/orders/<slug:source>/": "a signature over the message",
    "/hooks/crm/<slug:name>/": "a signature over the message",
    "/notifications/devices/renew/": "the secret that the browser and the site share",
    "/notifications/mail/<str:token>/off/": "the signed token of the mail (RFC 8058)",
    "/notifications/mail/<str:token>/on/": "the signed token of the page",
    "/notifications/mail/<str:token>/less/": "the signed token of the mail",
    "/notifications/mail/<str:token>/as-before/": "the signed token of the page",
}


def refusal(path: str) -> int:
    """What a POST without a token is answered."""
    return 401 if path.startswith(PROGRAMS) else 403


UNSAFE = ("unsafe-inline", "unsafe-eval", "data: *", "http:", "https:", " *")


def posting():
    return [row for row in table() if "POST" in row.methods]


def test_the_doorways_without_a_token_are_the_listed_ones():
    exempt = {"/" + path for path, _name, view in walk(get_resolver().url_patterns) if getattr(view, "csrf_exempt", 0)}
    assert exempt - {path for path in exempt if path.startswith(("/admin/", "/account/social/", PROGRAMS))} == set(
        DOORWAYS
    )


@pytest.mark.parametrize("role", ["ana", "admin", "anonymous"])
def test_a_post_without_a_token_does_nothing(world, browser_of, role):
    client = browser_of(role, enforce_csrf_checks=True)
    for row in posting():
        if row.path in DOORWAYS:
            continue
        with transaction.atomic(), writes() as written:
            response = client.post(address(row.path, world), FILLED)
        assert response.status_code == refusal(row.path), row.path
        assert written == [], row.path


def test_a_post_from_another_site_does_nothing_even_with_the_token(world, browser_of):
    client = browser_of("ana", enforce_csrf_checks=True)
    client.get("/questions/new/")
    token = client.cookies["csrftoken"].value
    own = client.post("/text/preview/", {"text": "x", "csrfmiddlewaretoken": token})
    assert own.status_code == 200
    for origin in (
        "https://evil.example",
        "null",
        "http://testserver.evil.example",
        "http://sub.testserver",
        "https://testserver",
    ):
        for row in posting():
            if row.path in DOORWAYS:
                continue
            form = {**FILLED, "csrfmiddlewaretoken": token}
            with transaction.atomic(), writes() as written:
                response = client.post(address(row.path, world), form, headers={"Origin": origin})
            assert (response.status_code, written) == (refusal(row.path), []), (row.path, origin)
    foreign = {**FILLED, "csrfmiddlewaretoken": "x" * 64}
    assert client.post("/settings/", foreign).status_code == 403
    assert client.post("/settings/", foreign, headers={"X-CSRFToken": "y" * 64}).status_code == 403
    as_text = client.generic("POST", "/text/preview/", '{"text": "x"}', content_type="text/plain")
    assert as_text.status_code == 403


def test_signing_in_and_out_needs_the_token(world):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/account/login/", {"login": "ana", "password": "porchlight-ana"}).status_code == 403
    client.force_login(world.cast.ana)
    assert client.post("/account/logout/").status_code == 403
    client.get("/account/logout/")
    assert client.get("/settings/").status_code == 200


def every_page(world):
    """Own pages and those of sign-in, with errors among them."""
    account = [f"/{path}" for path, _n, _v in walk(get_resolver().url_patterns) if path.startswith("account/")]
    own = [address(row.path, world) for row in table()]
    return [
        *own,
        *[url for url in account if not PARAMETER.search(url)],
        "/nothing/",
        "/admin/",
        "/desk/items/99999999/",
    ]


@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_every_answer_tells_the_browser_what_to_refuse(world, browser_of, role):
    client, wrong = browser_of(role), []
    for url in every_page(world):
        if url == "/account/logout/" or url.startswith(
            "/widgets/"
        ):  # meant for frames: tests/forums/reviews/test_widget
            continue
        for method in ("GET", "PUT"):
            response = client.generic(method, url)
            said = response.headers
            policy = said.get("Content-Security-Policy", "")
            rules = {rule.split()[0]: rule for rule in policy.split(";") if rule.strip()}
            is_file = "sandbox" in rules
            good = (
                not [word for word in UNSAFE if word in policy]
                and (is_file or "frame-ancestors 'none'" in policy)
                and said.get("X-Frame-Options") == "DENY"
                and said.get("X-Content-Type-Options") == "nosniff"
                and said.get("Referrer-Policy") in ("strict-origin-when-cross-origin", "no-referrer", "same-origin")
                and said.get("Cross-Origin-Opener-Policy", "same-origin") == "same-origin"
            )
            if not good:
                wrong.append(f"{method} {url} {response.status_code}: {policy[:80]} {said.get('X-Frame-Options')}")
            for cookie in response.cookies.values():
                if cookie["samesite"] != "Lax" or (cookie.key == "sessionid" and not cookie["httponly"]):
                    wrong.append(f"{url}: cookie {cookie.key}")
    assert not wrong, "\n".join(wrong)


def test_pages_of_a_person_are_kept_by_nobody(world, browser_of):
    """A page made for somebody must not be kept by a shared cache."""
    client, wrong = browser_of("ana"), []
    for row in table():
        if "GET" not in row.methods or row.path.startswith(("/health", "/ready", "/media/")):
            continue
        response = client.get(address(row.path, world))
        kept = response.headers.get("Cache-Control", "")
        varies = "cookie" in response.headers.get("Vary", "").lower()
        if response.status_code == 200 and not ("private" in kept or "no-store" in kept or varies):
            wrong.append(f"{row.path}: {kept!r}")
    assert not wrong, "\n".join(wrong)


OVERRIDES = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]
REWRITES = ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path", "X-Forwarded-Prefix"]


@pytest.mark.parametrize("role", ["anonymous", "mallory"])
def test_headers_that_rename_a_request_rename_nothing(world, browser_of, role):
    client = browser_of(role)
    with writes() as written:
        for name in OVERRIDES:
            assert client.get("/questions/", headers={name: "POST"}).status_code == 200
            url = f"/watching/thread/{world.thread.pk}/?_method=POST&level=watch"
            assert client.get(url, headers={name: "POST"}).status_code != 200
        for name in REWRITES:
            page = client.get("/questions/", headers={name: "/desk/"})
            assert page.status_code == 200
            assert b"desk-queue" not in page.content
            assert client.get("/desk/", headers={name: "/questions/"}).status_code == (
                302 if role == "anonymous" else 404
            )
        for name in ("X-Forwarded-Host", "Forwarded", "X-Forwarded-User", "X-Remote-User", "Remote-User"):
            assert b"evil.example" not in client.get("/questions/", headers={name: "evil.example"}).content
            assert client.get("/settings/people/", headers={name: "kim"}).status_code in (302, 404)
    assert written == []


ODD = ["/desk/;", "/desk/;x=1/", "/desk//", "/Desk/", "/DESK/", "/desk/.", "/desk/./", "/./desk/", "/%64esk/",
       "/desk%2f", "/desk/%2e", "/questions/../desk/", "/questions/%2e%2e/desk/", "/desk.json", "/desk/.json",
       "/desk/?format=json", "/desk/%20", "/desk/%00", "/desk\\", "/desk/index.html", "/desk/..;/", "/static/../desk/",
       "/static/%2e%2e/desk/", "/static/..%2f..%2fcommunity/settings.py", "/media/personas/..%2f..%2fsettings.py"]  # fmt: skip


@pytest.mark.parametrize("role", ["anonymous", "mallory"])
def test_odd_paths_lead_to_no_other_decision(world, browser_of, role):
    client = browser_of(role)
    for path in ODD:
        answered = client.generic("GET", path)
        body = answered.getvalue() if answered.streaming else answered.content
        assert verdict(answered, path) in {"missing", "sign-in", "forbidden", "open"}, path
        assert verdict(answered, path) != "open" or answered.status_code in (301, 302, 400), path
        assert b"SECRET_KEY" not in body, path
        assert b"desk-queue" not in body, path
