"""A2, AC-PEOPLE-4: whoever follows every link, and knocks at every address, meets no word that is not for them."""

import re
from collections import Counter, deque

import pytest

from tests.security.declared import table
from tests.security.faces import ACCOUNT, MAIL, OUTSIDE, behind_a_persona
from tests.security.keyring import address

LINK = re.compile(r'(?:href|action|src|data-[\w-]+|hx-get|content)="(/[^"#]*)')
NOT_FOLLOWED = ("/static/", "/account/logout", "/demo/")
MOST, VARIANTS = 1000, 8
"""How many pages, and how many of one page in other orders and filters, which show the same words again."""
TEAM = {"unread", "note", "purpose", "subject", "message", "reply", "file", "bytes", "held", "done", "closing", "order",
        "merge"}  # fmt: skip
KEYED = {"facts", "appealtext"}  # behind a secret in the address of the statement, which the crawl holds
REVIEW = {"flagnote", "noticenote", "appealfile", "change"}
MAY_READ = {
    "anonymous": set(), "member": set(), "mallory": set(), "owner": set(), "partner": set(), "champion": {"change"},
    "auditor": {"concern", "reason"},
    # the team of this brand reads what was said in private, but no secret of the CRM, no draft and not what is masked
    "agent": TEAM,
    "manager": TEAM | REVIEW | {"reason", "article"},
    # and Ana what is hers, but neither notes nor what the team told itself
    "ana": {"purpose", "subject", "message", "reply", "file", "bytes", "held", "done", "order", "mailbox", "draft",
            "owner"},
}  # fmt: skip


def crawl(client, world) -> dict[str, str]:
    """Every page within reach: all addresses with real objects first, then every link found on the way."""
    starts = [address(row.path, world) for row in table() if "GET" in row.methods]
    odd = ["/nothing/here/", "/people/ana/?tab=questions", "/questions/?q=heliotrope", "/people/?q=heliotrope",
           "/account/email/", "/settings/", "/sitemap.xml", "/feed/", "/robots.txt", "/desk/?q=heliotrope"]  # fmt: skip
    waiting, seen, found = deque([*starts, *odd]), set(), {}
    variants: Counter[str] = Counter()
    while waiting and len(seen) < MOST:
        url = waiting.popleft().replace("&amp;", "&")
        path = url.partition("?")[0]
        if url in seen or url.startswith(NOT_FOLLOWED) or (variants[path] >= VARIANTS and url not in starts):
            continue
        seen.add(url)
        variants[path] += 1
        for headers in ({}, {"HX-Request": "true"}) if url in starts else ({},):
            response = client.get(url, headers=headers)
            body = response.getvalue() if response.streaming else response.content
            text = body.decode("utf-8", "replace") + str(response.headers)
            found[url] = found.get(url, "") + text
            if "Location" in response.headers:
                waiting.append(response["Location"])
            if "html" in response.headers.get("Content-Type", ""):
                waiting.extend(LINK.findall(text))
    return found


@pytest.fixture(scope="module")
def made_of_world():
    return behind_a_persona


@pytest.fixture(scope="module")
def walked() -> dict[str, dict[str, str]]:
    """What each role has seen so far."""
    return {}


@pytest.fixture
def pages_of(world, browser_of, walked):
    """Every page within reach of a role, which walks there once."""

    def pages(role: str) -> dict[str, str]:
        if role not in walked:
            walked[role] = crawl(browser_of(role), world)
        return dict(walked[role])

    return pages


def by_role(role: str):
    """The tests of a role are for one process, which has walked for the first of them."""
    return pytest.param(role, marks=pytest.mark.xdist_group(f"walk of {role}"))


@pytest.mark.parametrize("role", [by_role(role) for role in sorted(MAY_READ)])
def test_nobody_meets_a_word_that_is_not_for_them(world, pages_of, role):
    pages = pages_of(role)
    assert len(pages) > 60
    met = {(name, url) for url, text in pages.items() for name, word in world.canaries.items() if word in text}
    assert {(name, url) for name, url in met if name not in MAY_READ[role] | KEYED} == set()
    assert {name for name, _url in met} >= MAY_READ[role] - {"purpose", "reason", "bytes", "held", "order"}, (
        "the crawl saw too little"
    )


def searches(begun: str) -> list[str]:
    places = ["/people/?q=", "/search/?q=", "/search/?q=by:", "/text/people/?q=", "/questions/?q=", "/tags/?q="]
    return [f"{place}{begun}" for place in places]


@pytest.mark.parametrize("role", [by_role(role) for role in OUTSIDE])
def test_ac_people_4_no_page_tells_the_account_behind_a_persona(world, browser_of, pages_of, role):
    client, pages = browser_of(role), pages_of(role)
    more = ["/people/dora-bluetooth/", "/people/dora-bluetooth/?tab=questions", "/feeds/people/dora-bluetooth/",
            "/people/boards.csv", "/sitemaps/people.xml", world.thread.get_absolute_url(),
            "/settings/persona/"]  # fmt: skip
    for url in [*more, *searches("doroth"), *searches("kranz")]:
        response = client.get(url)
        pages[url] = response.content.decode() + str(response.headers)
    asked_for = {url for url in pages if ACCOUNT in url}  # their own address is said back to them
    told = {url for url, text in pages.items() if ACCOUNT in text.replace(f"@{ACCOUNT} or", "").casefold()} - asked_for
    assert told == set()
    assert {url for url, text in pages.items() if MAIL in text} == set()
    assert "Dora, Bluetooth" in pages[world.thread.get_absolute_url()]
