"""Kept fragments: rendered once for everybody, never with anybody in them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from community.live import fragments
from community.live.fragments import Shelf, kept
from community.live.pages import shows
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _empty_shelves(monkeypatch):
    monkeypatch.setattr(fragments, "shelf", Shelf(10_000))
    fragments.shared.clear()


def test_a_fragment_is_rendered_once_for_its_version():
    made = []

    def render():
        made.append(1)
        return f"<p>{len(made)}</p>"

    assert kept(render, "thread", 42, 1) == kept(render, "thread", 42, 1) == "<p>1</p>"
    assert kept(render, "thread", 42, 2) == "<p>2</p>"
    fragments.shelf.texts.clear()
    assert kept(render, "thread", 42, 1) == "<p>1</p>", "the shared cache still has it"


def test_nobody_is_in_a_kept_fragment(cast: Cast):
    source = '{% kept "row" 7 version %}{{ title }}: {{ user.username }}{{ request.path }}{{ csrf_token }}{% endkept %}'
    request = RequestFactory().get("/somewhere/")
    context = {"title": "It hums", "version": 1, "user": cast.ana, "request": request, "csrf_token": "secret"}
    assert Template(source).render(Context(context)) == "It hums: "


def test_a_fragment_named_by_its_address_knows_the_address_only():
    source = '{% kept "topbar" request.path|section %}{{ request.path }} {{ request.user }}{% endkept %}'
    request = RequestFactory().get("/products/beam-2/")
    request.user = AnonymousUser()
    assert Template(source).render(Context({"request": request})) == "/products/ "
    assert Template(source).render(Context({})) == "/ ", "an error page may have no request"


def test_the_shelf_has_an_end():
    shelf = Shelf(100)
    for number in range(50):
        shelf.put(f"k{number}", "x" * 10)
    assert shelf.used == sum(map(len, shelf.texts.values())) == 100
    assert shelf.get("k0") is None
    assert shelf.get("k49") == "x" * 10


def test_a_page_names_what_it_shows_once_each():
    response = shows(shows(HttpResponse(), "thread-1", "questions"), "thread-1", "product-2")
    assert response["Surrogate-Key"] == "thread-1 questions product-2"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
