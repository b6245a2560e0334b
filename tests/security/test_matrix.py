"""A1, A15: every route × every role × every method answers as its view declares, and looking changes nothing."""

from collections import Counter
from importlib import import_module

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.template.backends.django import Template
from django.test import Client
from django.views import defaults

from tests.security.declared import METHODS, Row, table, verdict
from tests.security.keyring import KEYS, PARAMETER, UnknownKey, address, keys_of
from tests.security.watching import writes
from tests.security.world import ROLES, World

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/questions/"}
SAFE = ("GET", "HEAD", "OPTIONS")
# The view itself refuses the deed (403) to people who may open the page: said here with the rule that does it.
OWN_RULES = {
    "/posts/<int:pk>/edit/": "authors and moderators edit",
    "/questions/<int:pk>/accept/<int:post_pk>/": "the asker and the team accept",
    "/questions/<int:pk>/withdraw-solution/<int:post_pk>/": "the asker and the team take it back",
    "/questions/<int:pk>/verify/<int:post_pk>/": "the team verifies",
    "/questions/<int:pk>/take-back-need/": "the team of its brand takes it back",
    "/questions/<int:pk>/withdraw-verification/<int:post_pk>/": "the team takes it back",
    "/posts/<int:pk>/vote/": "nobody votes for their own",
    "/hooks/crm/<slug:name>/": "signed messages only",
    "/hooks/email/": "signed messages only",
    "/hooks/email/<slug:provider>/": "signed messages only",
    "/hooks/orders/<slug:source>/": "signed messages only",
    "/desk/crm/connections/<int:connection_id>/": "supervisors read, administrators write",
    "/desk/flags/appeals/<int:appeal_id>/": "the first reviewer does not answer",
    "/desk/talks/<int:call_id>/ways/": "only whoever is on the line",
    "/desk/talks/<int:call_id>/end/": "only whoever is on the line",
    "/desk/views/<int:view_id>/drop/": "who keeps a view drops it, and supervisors what is for all",
    "/questions/<int:pk>/deeds/same-problem/": "the asker's own problem is counted already",
}
TELLS_STRANGERS = {"/requests/links/<str:ticket>/"}  # 401 with the way to sign-in, before it looks at the link
# A GET that writes, and why that is right.
WRITES_BY_GET = {
    "/requests/links/<str:ticket>/": {"events_event", "procrastinate_jobs"},  # each opened file is on record
    "/questions/<int:pk>/": {"notifications_notification"},  # whoever looks at it has read what they were told of it
    "/questions/<int:pk>/<slug:slug>/": {"notifications_notification"},
}


BY_PROGRAMS = ("PUT", "PATCH", "DELETE", "OPTIONS")
"""What no form and no link sends."""
ALL = [*ROLES, "ana", "mallory"]


def combinations(row: Row, world: World, role: str, turn: int) -> list[tuple[str, dict[str, str]]]:
    """What a role asks of a route: the methods that it knows, with and without htmx where a browser can send them.

    What a route does not know is refused to all in one place, before it looks at who asks. So nobody and the
    administrator, and whoever a capability lets in, try all of that, and every other role a part by turns: one of the
    four methods of programs, the others with htmx or without. Each is asked of each route by three roles or more.
    """
    is_let_in = bool(row.capabilities) and not row.refusal(world, role)
    tries_all = role in ("anonymous", "admin") or is_let_in
    turn += ALL.index(role)
    asked: list[tuple[str, dict[str, str]]] = []
    for method in METHODS:
        ways = [{}, HTMX] if method in ("GET", "POST") else [{}]
        if method not in row.methods and not tries_all:
            if method in BY_PROGRAMS and method != BY_PROGRAMS[turn % 4]:
                continue
            ways = [ways[turn % len(ways)]]
        asked += [(method, headers) for headers in ways]
    return asked


def test_what_a_route_does_not_know_is_asked_of_it_by_three_roles_in_each_way(world):
    for turn, row in enumerate(table()):
        asked = Counter(
            (method, bool(headers)) for role in ALL for method, headers in combinations(row, world, role, turn)
        )
        assert min(asked.values()) >= 3, (row.path, asked)
        assert len(asked) == len(METHODS) + 2, row.path


def test_every_parameter_of_every_route_has_a_key():
    for row in table():
        assert len(keys_of(row.path)) == len(PARAMETER.findall(row.path))


def test_a_new_parameter_without_a_key_is_found():
    with pytest.raises(UnknownKey):
        keys_of("/ideas/<int:idea_id>/")
    with pytest.raises(UnknownKey):
        keys_of("/questions/<int:pk>/links/<int:link_pk>/")


def test_no_key_of_the_ring_is_left_over():
    used = {key for row in table() for key in keys_of(row.path)}
    assert set(KEYS) - used == {"/account/2fa/webauthn/keys/<int:pk>"}


@pytest.fixture
def plain_refusals(monkeypatch):
    """Refusals are whole pages to whoever asks for a page. To all the other methods they are their status alone, and
    so is every page to HEAD: of tens of thousands of answers nobody reads the rest.
    """
    urls, whole = import_module(settings.ROOT_URLCONF), Template.render

    def render(template, context=None, request=None):
        return "" if request is not None and request.method == "HEAD" else whole(template, context, request)

    def shown(page, bare):
        def handler(request, exception):
            is_page = request.method == "GET" and not request.htmx
            return page(request, exception) if is_page else bare()

        return handler

    not_found = shown(defaults.page_not_found, HttpResponseNotFound)
    monkeypatch.setattr(urls, "handler404", not_found, raising=False)
    monkeypatch.setattr(Template, "render", render)
    monkeypatch.setattr(urls, "handler403", shown(defaults.permission_denied, HttpResponseForbidden), raising=False)


@pytest.mark.parametrize("role", ALL)
def test_each_route_answers_this_role_as_declared(world, browser_of, plain_refusals, role):
    client, wrong = browser_of(role), []
    for turn, row in enumerate(table()):
        url = address(row.path, world)
        for method, headers in combinations(row, world, role, turn):
            said, wrote = asked(client, method, url, headers)
            expected = row.expected(world, role, method)
            if row.path in OWN_RULES and "open" in expected:
                expected |= {"forbidden", "sign-in"} if "hooks" in row.path else {"forbidden"}
            if row.path in TELLS_STRANGERS and role in ("anonymous", "suspended") and method in row.methods:
                expected = {"sign-in"}
            if said not in expected:
                wrong.append(f"{method} {url} htmx={bool(headers)}: {said}, not {'/'.join(sorted(expected))}")
            if wrote - WRITES_BY_GET.get(row.path, set()) and (method in SAFE or said not in ("open",)):
                wrong.append(f"{method} {url} wrote {sorted(wrote)} though {said}")
    assert not wrong, "\n".join(wrong)


def asked(client: Client, method: str, url: str, headers: dict[str, str]) -> tuple[str, set[str]]:
    """The verdict and the tables written to; everything is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic(), writes() as written:
        response = client.generic(method, url, headers=headers)
        if response.streaming:
            response.getvalue()
        transaction.set_rollback(True)
    client.cookies = cookies
    return verdict(response, url), set(written)
