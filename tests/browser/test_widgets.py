"""AC-API-7 in a browser: on a page of another site with a strict content policy, by keyboard, without a cookie."""

from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from moderation.chat.models import Chat, Duty, Seat
from tests.browser.axe import findings
from tests.scenes import TITLE, ana_asks, ben_answers

PAGE = """<!doctype html><html lang="en"><title>The shop</title><h1>The shop</h1><a href="#terms">Terms</a>
<script src="{site}/widgets/launcher.js" data-product="beam-2" data-show="{show}" defer></script></html>"""


@contextmanager
def shop(site: str, show: str):
    """Another site: an address of its own, and a policy that allows our script and our frames, and nothing inline."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            body = PAGE.format(site=site, show=show).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            policy = f"default-src 'none'; script-src {site}; frame-src {site}; base-uri 'none'; form-action 'none'"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def visitor(live_site, cast, page):
    """Somebody with a session here, on the shop's page; what the browser refuses and what it sends is kept."""
    live_site.sign_in(page, cast.ana)
    page.refused, page.sent = [], []
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: page.sent.append(request))
    return page


def cookies_sent(page, site: str) -> list[str]:
    """Which requests from the shop's page to us carried a cookie."""
    ours = [request for request in page.sent if request.url.startswith(site)]
    assert ours
    return [request.url for request in ours if "cookie" in request.all_headers()]


def opened(page) -> object:
    """The button by keyboard alone; answers the frame. A key goes where the one before it has led: wait for that."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Help")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("iframe")).to_be_visible()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    return page.frame_locator("iframe")


def test_ac_api_7_questions_are_found_and_asked_from_another_site(live_site, cast, visitor):
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    with shop(live_site.url, "questions") as address:
        visitor.goto(address)
        assert visitor.locator("iframe").count() == 0, "nothing is loaded before it is wanted"
        frame = opened(visitor)
        expect(frame.get_by_role("link", name=TITLE)).to_be_visible()
        inside = "document.body.lastElementChild.shadowRoot.querySelector('iframe')"
        assert visitor.evaluate(f"{inside}.contentDocument") is None
        with pytest.raises(Error, match="cross-origin"):
            visitor.evaluate(f"{inside}.contentWindow.document.body")
        visitor.keyboard.press("Tab")  # over into the frame, which is another process
        expect(frame.get_by_role("link", name=cast.beam2.name)).to_be_focused()
        visitor.keyboard.press("Tab")
        expect(frame.get_by_label("What is going on?")).to_be_focused()
        visitor.keyboard.type("The lid of the case squeaks")
        visitor.keyboard.press("Enter")
        expect(frame.get_by_role("button", name="Ask it")).to_be_visible()
        assert cookies_sent(visitor, live_site.url) == []
        assert visitor.refused == []
        with visitor.context.expect_page() as asked:
            frame.get_by_role("button", name="Ask it").press("Enter")
        ours = asked.value
        expect(ours.get_by_label("What is going on?")).to_have_value("The lid of the case squeaks")
        assert ours.evaluate("window.opener") is None
        visitor.get_by_role("button", name="Close").press("Escape")
        expect(visitor.locator("iframe")).to_be_hidden()
        expect(visitor.get_by_role("button", name="Help")).to_be_focused()
        assert not visitor.context.cookies(address)


def test_ac_api_7_a_chat_begins_on_another_site_and_is_held_in_a_window_of_ours(live_site, cast, visitor):
    Duty.objects.begin(by=cast.dora, is_beyond_hours=True)
    heard = timezone.now() + timedelta(minutes=10)  # no page of hers says every quarter of a minute that she is here
    Seat.objects.create(person=cast.dora, doing="here", socket="desk", seen_at=heard)
    slug = cast.beam2.slug
    with shop(live_site.url, "chat") as address:
        visitor.goto(address)
        frame = opened(visitor)
        expect(frame.get_by_text("Somebody is here, and nobody is before you.")).to_be_visible()
        frame.get_by_label("What is it about").fill("No sound on the left")
        assert cookies_sent(visitor, live_site.url) == []
        with visitor.context.expect_page() as begun:
            frame.get_by_role("button", name="On to the chat").click()
        ours = begun.value
        assert urlsplit(ours.url).path == "/requests/chat/new/", slug
        expect(ours.get_by_label("What is it about")).to_have_value("No sound on the left")
        ours.get_by_label("What happens").fill("Since fw 3.2 the left side is silent.")
        ours.get_by_test_id("chat-begin").click()
        expect(ours.get_by_test_id("chat-place")).to_contain_text("You are next.")
        assert Chat.objects.get().conversation.item.product == cast.beam2
        assert visitor.refused == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frames_are_open_to_everybody(live_site, cast, page, theme):
    ana_asks(cast)
    page.emulate_media(color_scheme=theme)
    for path in ("questions/", "questions/?q=bluetooth+drops", "chat/", ""):
        page.goto(live_site.path(f"/widgets/products/beam-2/{path}"))
        assert findings(page) == []
