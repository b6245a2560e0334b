"""Pictures of the running demo for `docs/`: python -m tests.browser.screenshots [address] [folder].

`docs/tour.md` shows them. Look at them after every visible change.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers import CHROMIUM_ARGUMENTS, chromium_path

COLOURS = 192
"""A palette of this size keeps a page's picture small, and nobody sees the difference."""
TALL = {390: 844, 1280: 860, 1600: 950}


def stay(page: Page) -> None:
    """The page as it opens."""


def by_title(title: str) -> Callable[[Page], None]:
    """The way to the first link with these words."""
    return lambda page: page.get_by_role("link", name=title).first.click()


def try_to_publish(page: Page) -> None:
    """A question with an order number and a phone number in it, which the gate refuses."""
    page.fill("input[name=title]", "Where is my second pair?")
    page.fill("textarea[name=text]", "I ordered on Monday, NL-1001. Call me on +49 30 901820, please.")
    page.locator("form.ask-form button.primary").click()
    page.locator("[data-refused]").wait_for()


def open_private_item(page: Page) -> None:
    """The first private conversation of the queue."""
    page.locator('[data-testid="view-private"]').click()
    page.locator(".queue-row").first.click()
    page.locator('[data-testid="private-talk"]').wait_for()


def open_item(title: str) -> Callable[[Page], None]:
    """An item of the queue, with all that loads beside it."""

    def opened(page: Page) -> None:
        page.get_by_role("link", name=title).first.click()
        page.locator("#crm-panel .crm-panel").first.wait_for()
        page.locator('[data-testid="private-help"]').wait_for()

    return opened


def open_pushed_item(page: Page) -> None:
    """The question that waits for a CRM, with its panel in sight."""
    open_item("Battery widget")(page)
    page.locator("#crm-panel").scroll_into_view_if_needed()


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, how wide, in which colours, where it begins and what is done there."""

    name: str
    path: str
    width: int = 1280
    colours: str = "light"
    who: str = ""
    do: Callable[[Page], None] = stay


PICTURES = [
    Picture("home", "/"),
    Picture("question", "/questions/?view=solved", do=by_title("Bluetooth drops every minute")),
    Picture("question-phone-dark", "/questions/?view=solved", 390, "dark", do=by_title("Bluetooth drops every minute")),
    Picture("product", "/products/beam-2/"),
    Picture("ask-refused", "/questions/new/", who="ana", do=try_to_publish),
    Picture("consent", "/requests/", 390, who="ana", do=by_title("Look at it")),
    Picture("private-request", "/requests/", 390, who="ana", do=by_title("Charging cable gets warm")),
    Picture("desk", "/desk/", 1600, who="dora", do=open_item("Left side has no sound")),
    Picture("desk-dark", "/desk/", 1600, "dark", who="dora", do=open_item("Left side has no sound")),
    Picture("desk-private", "/desk/", 1600, who="gil", do=open_private_item),
    Picture("crm", "/desk/?q=Battery+widget", 1600, who="dora", do=open_pushed_item),
    Picture("demo", "/demo/"),
]


def main(address: str = "http://localhost:8000", folder: str = "docs/pictures") -> None:
    """Take them all."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for picture in PICTURES:
            print(take(browser, address, picture, Path(folder) / f"{picture.name}.png"))
        browser.close()


def take(browser: Browser, address: str, picture: Picture, file: Path) -> str:
    """One picture of one page, and what became of it."""
    size = {"width": picture.width, "height": TALL[picture.width]}
    page = browser.new_page(viewport=size, color_scheme=picture.colours, reduced_motion="reduce")
    if picture.who:
        page.goto(f"{address}/demo/")
        page.locator(f'form[action$="/{picture.who}/"] button').click()
        page.wait_for_load_state()
    page.goto(address + picture.path)
    page.reload()  # a first visit is shown in a font of the system's until ours is here
    picture.do(page)
    page.wait_for_load_state()
    page.wait_for_timeout(800)  # live parts, fonts and panels that load by themselves
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    page.close()
    return f"{file} {file.stat().st_size // 1000} kB"


if __name__ == "__main__":
    main(*sys.argv[1:])
