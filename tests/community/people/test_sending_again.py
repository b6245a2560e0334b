"""Somebody signs in or out while a form is open."""

import pytest
from django.test import Client

from tests.security.test_forms import TOKEN

PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/settings/feeds/?page=1"}


@pytest.fixture
def browser(cast) -> Client:
    """Ana's browser, in which tokens count."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ana)
    return client


def test_a_part_of_a_page_comes_anew_as_a_whole_and_says_so(browser):
    said = browser.post("/settings/feeds/", {}, **PART)
    assert (said.status_code, said.headers["HX-Redirect"]) == (403, "/settings/feeds/?page=1")
    assert said.content == b""
    page = browser.get("/settings/feeds/?page=1").content.decode()
    assert "Please send it once more" in page
    assert TOKEN.search(page)


def test_whoever_is_signed_out_signs_in_and_comes_back_to_where_they_wrote(browser):
    browser.logout()
    said = browser.post("/settings/feeds/", {}, **PART)
    assert said.status_code == 401
    assert said.headers["HX-Redirect"] == "/account/login/?next=%2Fsettings%2Ffeeds%2F%3Fpage%3D1"


def test_a_whole_page_says_what_to_do(browser):
    said = browser.post("/settings/feeds/", {})
    assert said.status_code == 403
    assert "Please send it once more" in said.content.decode()
    assert "<body" in said.content.decode()
