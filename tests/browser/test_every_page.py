"""Pages of customers that `test_look` leaves out, and all of moderators: axe finds nothing, nothing is too wide."""

import sys

import pytest
from django.urls import resolve
from procrastinate.contrib.django.models import ProcrastinateJob

from community.routes import Route, routes
from tests import jobs
from tests.browser.test_look import MEMBERS, PUBLIC, looked_over, opened
from tests.security.conftest import NO_HURRY
from tests.security.keyring import address, knows
from tests.security.world import build, person_of
from tests.waiting import until

ROLES = ("ana", "champion", "member", "anonymous")
"""Who looks at a page: the first of them whom it is for."""
MODERATORS = ("manager", "admin", "auditor")
"""Who looks at what moderators see."""
ELSEWHERE = ("/admin/", "/desk/", "/hooks/", "/health/", "/ready/", "/feeds/", "/sitemap", "/files/", "/media/")
"""What the team sees, and what machines read."""


def of_customers() -> list[Route]:
    """The pages of customers that nobody has looked at yet."""
    named = [path.partition("?")[0] for path in PUBLIC + MEMBERS if path.startswith("/") and path != "/nothing-here/"]
    seen = {resolve(path).view_name for path in named}
    return [
        route
        for route in routes()
        if "GET" in route.methods and not route.path.startswith(ELSEWHERE) and route.name not in seen
        if route.access in ("anyone", "signed_in")
    ]


def of_moderators() -> list[Route]:
    """The desk's pages of whoever moderates, and the audit log."""
    for_them = ("moderate", "see_audit")
    desk = [route for route in routes() if route.path.startswith("/desk/")]
    return [route for route in desk if "GET" in route.methods and route.access in for_them]


def settled() -> bool:
    """Whether the site's worker has nothing to do."""
    due = ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
    return not due.extra(where=["scheduled_at IS NULL OR scheduled_at <= now()"]).exists()


@pytest.fixture
def world(cast, settings, tmp_path, monkeypatch):
    """One of everything in the running site, whose own worker does the jobs."""
    for module in [module for name, module in sys.modules.items() if name.startswith("tests.")]:
        if getattr(module, "work", None) is jobs.work:
            monkeypatch.setattr(module, "work", lambda: until(settled))
    for name, value in NO_HURRY.items():
        setattr(settings, name, value)
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    return build(cast)


def page_of(route: Route, pages, live_site, world) -> tuple[str, object] | None:
    """The page, opened by the first whom it is for; None where it is a piece, a file or a redirect for all of them."""
    for role in pages:
        if not knows(route.path, role):
            continue
        path = address(route.path, world)
        told = pages[role].request.get(live_site.path(path), max_redirects=0)
        if told.status == 200 and "<main" in told.text():
            pages[role].goto(live_site.path(path))
            return path, pages[role]
    return None


def walk(browser, live_site, world, roles, asked) -> tuple[list[str], list[str]]:
    """What is found on these pages, and which of them are pages at all."""
    pages = {role: opened(browser) for role in roles}
    for role, page in pages.items():
        if person := person_of(world, role):
            live_site.sign_in(page, person)
    found, looked = [], []
    for route in asked:
        if here := page_of(route, pages, live_site, world):
            path, page = here
            looked.append(route.name)
            found += [f"{path} {finding}" for finding in looked_over(page)]
    for page in pages.values():
        page.context.close()
    return found, looked


def test_axe_finds_nothing_on_any_page_of_customers(browser, live_site, world):
    found, looked = walk(browser, live_site, world, ROLES, of_customers())
    assert found == []
    assert len(looked) > 55, looked


def test_axe_finds_nothing_on_any_page_of_moderators(browser, live_site, world):
    found, looked = walk(browser, live_site, world, MODERATORS, of_moderators())
    assert found == []
    assert len(looked) > 35, looked
