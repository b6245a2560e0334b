"""A2: whoever follows every link there is, and knocks at every address, meets no word that is not for them."""

import re
from collections import deque

import pytest

from tests.security.declared import table
from tests.security.keyring import address

LINK = re.compile(r'(?:href|action|src|data-[\w-]+|hx-get|content)="(/[^"#]*)')
NOT_FOLLOWED = ("/static/", "/account/logout", "/demo/")
MOST = 1000
TEAM = {"unread", "note", "purpose", "subject", "message", "reply", "file", "bytes", "held", "done", "closing", "order"}
KEYED = {"facts", "appealtext"}  # behind a secret in the address of the statement, which the crawl holds
REVIEW = {"flagnote", "noticenote", "appealfile", "change"}
MAY_READ = {
    "anonymous": set(), "member": set(), "mallory": set(), "owner": set(), "partner": set(), "champion": {"change"},
    "auditor": {"concern"},
    # the team of this brand reads what was said in private, but no secret of the CRM, no draft and not what is masked
    "agent": TEAM,
    "manager": TEAM | REVIEW | {"reason"},
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
    while waiting and len(seen) < MOST:
        url = waiting.popleft().replace("&amp;", "&")
        if url in seen or url.startswith(NOT_FOLLOWED):
            continue
        seen.add(url)
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


@pytest.mark.parametrize("role", sorted(MAY_READ))
def test_nobody_meets_a_word_that_is_not_for_them(world, browser_of, role):
    pages = crawl(browser_of(role), world)
    assert len(pages) > 60
    met = {(name, url) for url, text in pages.items() for name, word in world.canaries.items() if word in text}
    assert {(name, url) for name, url in met if name not in MAY_READ[role] | KEYED} == set()
    assert {name for name, _url in met} >= MAY_READ[role] - {"purpose", "reason", "bytes", "held", "order"}, (
        "the crawl saw too little"
    )
