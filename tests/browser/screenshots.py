"""Pictures of the running demo for `docs/`: python -m tests.browser.screenshots [address] [folder].

Light and dark, 390 and 1280 px, the desk also 1600 px. Look at them after every visible change.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browsers import CHROMIUM_ARGUMENTS, chromium_path

PUBLIC = {"home": "/", "questions": "/questions/", "question": "FIRST", "products": "/products/", "product": "PRODUCT",
          "people": "/people/", "profile": "/people/ben/", "persona": "/people/dora/", "sign-in": "/account/login/",
          "join": "/account/signup/", "not-found": "/nothing-here/", "demo": "/demo/"}  # fmt: skip
MEMBER = {
    "ask": "/questions/new/",
    "notifications": "/notifications/",
    "requests": "/requests/",
    "settings": "/settings/",
}
STAFF = {"desk": "/desk/", "desk-private": "/desk/escalations/", "desk-crm": "/desk/crm/"}


def main(address: str = "http://localhost:8000", folder: str = "docs/pictures") -> None:
    """Take them all."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for width in (390, 1280, 1600):
            for colours in ("light", "dark"):
                size = {"width": width, "height": 844 if width < 500 else 900}
                page = browser.new_context(viewport=size, color_scheme=colours, reduced_motion="reduce").new_page()
                sets = [("", PUBLIC), ("ana", MEMBER), ("dora", STAFF)] if width < 1600 else [("dora", STAFF)]
                for person, pages in sets:
                    if person:
                        step_in(page, address, person)
                    for name, path in pages.items():
                        take(page, address, path, Path(folder) / f"{name}-{width}-{colours}.png")
                page.context.close()
        browser.close()


def step_in(page: Page, address: str, person: str) -> None:
    """Borrow the shoes of one of the demo's people."""
    page.goto(f"{address}/demo/")
    page.locator(f'form[action$="/{person}/"] button').click()
    page.wait_for_load_state()


def take(page: Page, address: str, path: str, file: Path) -> None:
    """One picture of one page, if the page is there."""
    start = {"FIRST": "/questions/?view=solved", "PRODUCT": "/products/"}.get(path, path)
    page.goto(address + start)
    if path == "FIRST":
        page.locator(".list h3 a").first.click()
    elif path == "PRODUCT":
        page.locator("a.product").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(file))
    print(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
