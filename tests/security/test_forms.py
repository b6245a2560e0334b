"""A browser sends each form: Django's test client asks for no token, so a form without one passes every other test."""

import re

import pytest
from django.urls import resolve

from tests.security.declared import table
from tests.security.keyring import address

pytestmark = pytest.mark.slow

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
ACTION = re.compile(r'^<form\b[^>]*?\b(?:hx-post|action)="([^"?#]*)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken"\s+value="\w{32,}"')


def without_token(html: str, here: str) -> list[str]:
    """Where the forms of this page send something that Django would refuse."""
    found = [form for form in FORM.findall(html) if 'method="post"' in form.split(">", 1)[0] and not TOKEN.search(form)]
    targets = [(ACTION.search(form) or ["", ""])[1] or here for form in found]
    return [target for target in targets if not getattr(resolve(target).func, "csrf_exempt", False)]


@pytest.mark.parametrize("role", ["ana", "agent", "manager", "admin"])
def test_every_form_that_somebody_is_shown_can_be_sent(world, browser_of, role):
    """Automations could not be kept by anybody for want of it."""
    client, wrong, seen = browser_of(role), set(), 0
    for row in table():
        if "GET" not in row.methods or row.operations:
            continue
        here = address(row.path, world)
        response = client.get(here)
        if response.streaming or "html" not in response.headers.get("Content-Type", ""):
            continue
        html = response.content.decode()
        seen += len(TOKEN.findall(html))
        wrong |= {f"{here} → {target}" for target in without_token(html, here)}
    assert wrong == set()
    assert seen > 200


def test_a_form_without_a_token_is_found():
    html = '<form method="post" action="/desk/next/?view=next">{}<button>Go</button></form><form method="get"></form>'
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    assert without_token(html.format(""), "/desk/") == ["/desk/next/"]
    assert without_token(html.format(token.format("")), "/desk/") == ["/desk/next/"]
    assert without_token(html.format(token.format("a" * 64)), "/desk/") == []
    assert without_token('<form class="x" method="post">', "/desk/") == []
    assert without_token('<form class="x" method="post"></form>', "/desk/next/") == ["/desk/next/"]
