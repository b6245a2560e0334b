"""AC-SEO-4 and AC-SEO-3: every page a customer can reach by links, walked by a client that knows no scripts.

Whatever is linked is there; whatever is to be sent can be sent by a plain form with its token; whatever may be listed
names its own address; and what cannot be listed says so.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EACH, MOST = 2, 160
"""How many pages of one view are looked at, and how many in all."""
TOKENLESS = {"/questions/new/guest/"}
"""It writes nothing and shows the typed text again: the page before it has no cookie, and so no token to carry."""
NOT_PAGES = ("/feeds/", "/sitemap", "/live/", "/static/", "/media/", "/files/", "/admin/", "/demo/", "/api/")


class Page(HTMLParser):
    """What a browser without scripts finds on a page: links, forms, what it says of itself."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []
        self.canonical: list[str] = []
        self.robots = ""
        self.headings = 0
        self.owned: set[str] = set()
        self.inert = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inert = self.inert or tag == "template"  # what scripts would show
        if self.inert:
            return
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            told = {name: given.get(name, "") for name in ("id", "action")}
            method = given.get("method", "get").lower()
            self.forms.append(told | {"method": method, "has": set(), "is_hidden": "hidden" in given})
        elif tag in ("input", "button", "select", "textarea"):
            self._field(tag, given)
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given["href"])
        elif tag == "meta" and given.get("name") == "robots":
            self.robots = given["content"]
        elif tag == "h1":
            self.headings += 1

    def handle_endtag(self, tag: str) -> None:
        self.inert = self.inert and tag != "template"

    def _field(self, tag: str, given: dict[str, str]) -> None:
        is_button = (tag == "button" and given.get("type", "submit") == "submit") or given.get("type") == "submit"
        what = "submit" if is_button else given.get("name", "")
        if owner := given.get("form"):
            self.owned.add(f"{owner} {what}")
        elif self.forms:
            self.forms[-1]["has"].add(what)  # type: ignore[attr-defined]


def walk(client, start: str = "/") -> dict[str, Page]:
    """Pages by address, following the links of each."""
    waiting, seen, found, times = [start], {start}, {}, {}
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        name = resolve(urlsplit(path).path).view_name
        if times.get(name, 0) >= EACH:
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, (path, answer.status_code)
        if "text/html" not in answer["Content-Type"]:
            continue
        times[name] = times.get(name, 0) + 1
        found[path] = page = Page(answer.content.decode())
        for link in page.links:
            there = urlsplit(urljoin(path, link))
            address = there.path + (f"?{there.query}" if there.query else "")
            is_ours = there.netloc == "" and there.scheme == "" and there.path.startswith("/")
            if is_ours and address not in seen and not there.path.startswith(NOT_PAGES):
                seen.add(address)
                waiting.append(address)
    return found


@pytest.fixture
def community(cast):
    """A question with an answer and a comment, a review, a tag."""
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    ana_reviews(cast)
    work()


def wrong_forms(page: Page) -> list[str]:
    """Forms that nobody could send without scripts, or that would be refused."""
    faults = []
    for form in page.forms:
        has = form["has"] | {owned.partition(" ")[2] for owned in page.owned if owned.startswith(f"{form['id']} ")}
        if form["method"] == "post" and "csrfmiddlewaretoken" not in has and form["action"] not in TOKENLESS:
            faults.append(f"no token: {form['action']}")
        # a search is sent by Enter; a hidden form is for the buttons beside each row that name it, if there are any
        if form["method"] == "post" and "submit" not in has and not form["is_hidden"]:
            faults.append(f"no button: {form['action']}")
    return faults


def test_ac_seo_4_every_page_that_is_linked_for_a_visitor_is_there_and_its_forms_can_be_sent(client, cast, community):
    pages = walk(client)
    assert {"/", "/questions/", "/products/", "/tags/", "/people/", "/reviews/", "/rules/"} <= set(pages)
    assert len(pages) >= 20
    assert [path for path, page in pages.items() if page.headings != 1] == []
    assert [path for path, page in pages.items() if any(link.startswith("javascript:") for link in page.links)] == []
    assert {path: wrong for path, page in pages.items() if (wrong := wrong_forms(page))} == {}


def test_ac_seo_3_what_is_linked_names_its_own_address_or_says_that_it_is_not_to_be_listed(client, cast, community):
    pages = walk(client)
    silent = [path for path, page in pages.items() if len(page.canonical) != 1 and "noindex" not in page.robots]
    assert not silent, silent
    for address in {address for page in pages.values() for address in page.canonical}:
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_ac_seo_4_every_page_that_is_linked_for_ana_is_there_and_its_forms_carry_their_token(client, cast, community):
    client.force_login(cast.ana)
    pages = walk(client)
    assert {"/settings/", "/notifications/", "/questions/new/"} <= set(pages)
    assert len(pages) >= 35
    assert {path: wrong for path, page in pages.items() if (wrong := wrong_forms(page))} == {}
    assert [path for path, page in pages.items() if page.headings != 1] == []
