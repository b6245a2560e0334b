"""The switch in the settings, and what the service worker shows, in a real browser.

The machine's Chromium has no push service of its own: there the browser asks a fake one, and what that one was given is
handed to the worker through the debugger, as a push service would.
"""

import json

import pytest
from playwright.sync_api import expect

from community.notifications.models import Device
from community.notifications.notifying import notify
from community.notifications.push_keys import site_keys
from tests.browser.axe import findings
from tests.community.notifications.push_service import FakePushService
from tests.waiting import until

pytestmark = pytest.mark.slow

SUBSCRIBE = """([fields, key]) => {
    let current = JSON.parse(localStorage.getItem("subscribed") ?? "null");
    const made = () => current && ({
        endpoint: current.endpoint,
        toJSON: () => ({ endpoint: current.endpoint, keys: { p256dh: current.p256dh, auth: current.auth } }),
        unsubscribe: async () => { current = null; localStorage.removeItem("subscribed"); return true; },
    });
    PushManager.prototype.getSubscription = async () => made();
    PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
        if (applicationServerKey !== key || !userVisibleOnly) throw new Error("not the site's key");
        current = fields;
        localStorage.setItem("subscribed", JSON.stringify(fields));
        return made();
    };
}"""


@pytest.fixture
def service(live_site):
    running = FakePushService(site_keys().public)
    yield running
    running.stop()


IS_ACTIVE = """async () => Boolean((await navigator.serviceWorker.getRegistration("/notifications/"))?.active)"""


def deliver(page, base: str, said: dict) -> None:
    """As the browser's push service would. A worker that is not active yet would never hear of it."""
    until(lambda: page.evaluate(IS_ACTIVE))
    line = page.context.new_cdp_session(page)
    known = {}
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: known.update({one["scopeURL"]: one["registrationId"] for one in event["registrations"]}),
    )
    line.send("ServiceWorker.enable")
    until(lambda: page.wait_for_timeout(50) or f"{base}/notifications/" in known)
    message = {"origin": base + "/", "registrationId": known[f"{base}/notifications/"], "data": json.dumps(said)}
    line.send("ServiceWorker.deliverPushMessage", message)


def test_a_browser_is_turned_on_shows_what_is_new_and_is_turned_off(page, live_site, live_cast, service):
    ana = live_cast.ana
    script = f"({SUBSCRIBE})({json.dumps([service.browser().fields, site_keys().public])})"
    page.context.add_init_script(script)
    page.context.grant_permissions(["notifications"], origin=live_site.url)
    live_site.sign_in(page, ana)
    page.goto(live_site.url + "/settings/notifications/")
    page.get_by_role("button", name="Turn this browser on").click()
    expect(page.get_by_role("button", name="Turn this browser off")).to_be_visible()
    expect(page.locator("#devices li")).to_have_count(1)
    expect(page.locator("#devices")).to_contain_text("Chrome, Linux")
    assert findings(page) == []

    notify(ana, "answer", url="/accessibility/", text="ben answered your question “Why?”.")
    until(lambda: service.shown)
    deliver(page, live_site.url, service.shown[0])
    shown = """async () => (await (await navigator.serviceWorker.getRegistration("/notifications/")).getNotifications())
        .map((one) => [one.title, one.body, one.data.url])"""
    until(lambda: page.evaluate(shown))
    assert page.evaluate(shown) == [["Northlight Community", "ben answered your question “Why?”.", "/accessibility/"]]

    page.reload()
    page.get_by_role("button", name="Turn this browser off").click()
    expect(page.get_by_role("button", name="Turn this browser on")).to_be_visible()
    expect(page.locator("#devices")).to_contain_text("None of your browsers")
    assert not Device.objects.exists()


def test_a_browser_without_permission_or_push_service_says_so_in_words(page, live_site, live_cast):
    live_site.sign_in(page, live_cast.ana)
    page.context.grant_permissions(["notifications"], origin=live_site.url)
    page.goto(live_site.url + "/settings/notifications/")
    page.evaluate(
        "() => { PushManager.prototype.subscribe = async () => { throw new DOMException('none', 'AbortError'); }; }"
    )
    page.get_by_role("button", name="Turn this browser on").click()
    expect(page.locator("push-switch [role=status]")).to_contain_text("could not reach its push service")
    page.add_init_script("delete window.PushManager")
    page.reload()
    expect(page.locator("push-switch [role=status]")).to_contain_text("This browser cannot do it")
    expect(page.locator("push-switch button")).to_be_hidden()
