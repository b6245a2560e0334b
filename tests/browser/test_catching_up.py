"""AC-NOTE-3: the line is cut, seven notifications arrive, and within five seconds of the return the bell shows 7."""

import socket
import threading
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from community.live import outlet
from community.notifications.models import Notification
from community.notifications.notifying import notify
from tests.waiting import until

pytestmark = pytest.mark.slow


class Cable:
    """A line to the site that can be pulled out and put back."""

    def __init__(self, port: int) -> None:
        self.port, self.is_in, self.ends = port, True, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            near, _address = self.door.accept()
            if not self.is_in:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.port))
            self.ends += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def pull(self) -> None:
        self.is_in = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def put_back(self) -> None:
        self.is_in = True


def ten_minutes_pass(tabs) -> None:
    """A closed lid: the browsers' timers stand still and are late afterwards; the site has let go of who listened."""
    for tab in tabs:
        tab.clock.fast_forward(600_000)
    outlet.outlet.client.delete(outlet.LISTENED)  # known for 90 seconds only


def test_ac_note_3_the_bell_catches_up_after_ten_minutes_of_sleep_and_two_tabs_agree(page, live_site, live_cast):
    ana = live_cast.ana
    cable = Cable(live_site.port)
    live_site.sign_in(page, ana)
    other = page.context.new_page()
    for tab in (page, other):
        tab.clock.install()
        tab.goto(cable.address + "/accessibility/")
        expect(tab.locator("html")).to_have_attribute("data-live", "on")
    page.evaluate("window.isTheSamePage = true")
    cable.pull()
    page.context.set_offline(True)
    expect(page.locator("html")).to_have_attribute("data-live", "paused")
    for number in range(7):
        notify(ana, "answer", url="/accessibility/", text=f"Something happened, number {number}")
    assert Notification.objects.unread().filter(person=ana).count() == 7
    ten_minutes_pass((page, other))

    cable.put_back()
    page.context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator("#tray-badge")).to_have_text("7", timeout=5000)
    assert page.evaluate("window.isTheSamePage")
    expect(page.locator("[data-announcer]")).to_have_text("Caught up with what happened meanwhile.")

    page.goto(cable.address + "/notifications/")
    page.get_by_role("button", name="Mark all as read").click()
    expect(other.locator("#tray-badge")).to_have_text("", timeout=5000)


def test_ac_note_3_a_number_that_the_server_no_longer_has_is_fetched_anew_and_said(page, live_site, live_cast):
    """Nothing happened meanwhile: the number alone, which nobody knows any more, makes the page ask again."""
    cable = Cable(live_site.port)
    live_site.sign_in(page, live_cast.ana)
    page.goto(cable.address + "/accessibility/")
    expect(page.locator("html")).to_have_attribute("data-live", "on")
    expect(page.locator("live-stream").first).to_be_attached()
    cable.pull()
    page.context.set_offline(True)
    expect(page.locator("html")).to_have_attribute("data-live", "paused")
    page.evaluate("for (const one of document.querySelectorAll('live-stream')) one.setAttribute('since', 987654)")
    cable.put_back()
    with page.expect_response("**/notifications/badge/**", timeout=10_000):
        page.context.set_offline(False)
    expect(page.locator("[data-announcer]")).to_have_text("Caught up with what happened meanwhile.")


def test_a_page_is_live_when_the_site_listens_to_it_and_not_before(page, live_site, live_cast):
    """What happens between the open socket and the site's word would be on no page."""
    held = []

    def between(line):
        line.connect_to_server().on_message(lambda frame: held.append((line, frame)))

    page.route_web_socket("**/live/", between)
    live_site.sign_in(page, live_cast.ana)
    page.goto(live_site.path("/accessibility/"))
    until(lambda: page.wait_for_timeout(50) or held)
    expect(page.locator("html[data-live=on]")).to_have_count(0)
    for line, frame in held:
        line.send(frame)
    expect(page.locator("html[data-live=on]")).to_have_count(1)
