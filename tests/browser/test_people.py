"""Accounts in a real browser: joining with a code, a passkey, a tray that is told live, and being shown the door."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.slow


def code_for(site, address: str) -> str:
    """The code in the newest mail to the address, from the files that a laptop's site writes its mails to."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for path in sorted(Path(site.var, "mail").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
            mail = message_from_bytes(path.read_bytes().split(b"\n" + b"-" * 79)[0], policy=default)
            found = re.search(r"^ {4}([A-Z0-9-]+)$", mail.get_body(("plain",)).get_content(), re.MULTILINE)
            if mail["To"] == address and found:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address}")


def test_somebody_joins_on_a_phone_with_a_code(live_site, phone: Page):
    phone.goto(live_site.path("/account/signup/"))
    phone.fill("input[name=email]", "nina@example.org")
    phone.fill("input[name=username]", "nina")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/account/confirm-email/**")
    phone.fill("input[name=code]", code_for(live_site, "nina@example.org"))
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-person]")).to_have_count(1)


def test_the_bell_counts_without_a_reload(live_site, live_cast: Cast, page: Page):
    question = ana_asks(live_cast)
    live_site.sign_in(page, live_cast.ana)
    page.goto(live_site.path("/notifications/"))
    expect(page.locator("html[data-live=on]")).to_have_count(1)
    ben_answers(live_cast, question)
    expect(page.locator("#tray-badge")).to_have_text("1")
    expect(page.locator("#tray")).to_contain_text("ben (champion) answered your question")


def test_somebody_suspended_loses_the_open_page_at_once(live_site, live_cast: Cast, page: Page):
    live_site.sign_in(page, live_cast.mallory)
    page.goto(live_site.path("/notifications/"))
    expect(page.locator("html[data-live=on]")).to_have_count(1)
    live_cast.mallory.suspend(by=live_cast.hana, reason="Insults")
    expect(page.locator("html[data-live=off]")).to_have_count(1)
    page.reload()
    expect(page).to_have_url(re.compile("/account/login/"))


def test_a_passkey_is_added_and_opens_the_door(live_site, live_cast: Cast, page: Page):
    live_cast.confirm(live_cast.ana)
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.goto(live_site.path("/account/login/"))
    page.fill("input[name=login]", "ana")
    page.fill("input[name=password]", "porchlight-ana")
    page.keyboard.press("Enter")
    expect(page.locator("[data-person]")).to_have_count(1)
    page.goto(live_site.path("/account/2fa/webauthn/add/"))
    page.fill("input[name=password]", "porchlight-ana")
    page.keyboard.press("Enter")
    page.check("input[name=passwordless]")
    page.wait_for_load_state()  # the button's script is there
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "/2fa/" in address and "/add/" not in address)  # the key is kept
    expect(page.locator("main")).not_to_contain_text("error")

    page.context.clear_cookies()
    page.goto(live_site.path("/account/login/"))
    page.click("#passkey_login")
    expect(page.locator("[data-person]")).to_have_count(1)
