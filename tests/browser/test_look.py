"""Every kind of page in a real browser: axe finds nothing, nothing overflows, a first view is light, words are kept."""

import pytest

from tests.browser.axe import OF_COLOURS, RULES, findings
from tests.scenes import ana_asks, ben_answers
from tests.waiting import until

PUBLIC = ["/", "/questions/", "QUESTION", "/products/",
          "/products/beam-2/", "/products/beam-2/reviews/", "/tags/", "/tags/bluetooth/", "/people/", "/people/ben/",
          "/people/dora-bluetooth/", "/search/", "/search/?q=bluetooth", "/questions/new/",
          "/standing/", "/standing/levels/", "/standing/badges/", "/standing/badges/warm_welcome/",
          "/accessibility/", "/account/login/", "/account/signup/", "/account/login/code/",
          "/account/password/reset/", "/nothing-here/"]  # fmt: skip
MEMBERS = ["/", "QUESTION", "AGAIN", "/questions/new/", "/people/ben/", "/search/?q=bluetooth", "/standing/mine/",
           "/settings/", "/settings/audience/", "/settings/distance/", "/settings/security/", "/settings/feeds/",
           "/settings/notifications/", "/settings/watching/", "/settings/mails/",
           "/products/beam-2/reviews/new/", "/notifications/", "/requests/",
           "/account/email/", "/account/password/change/", "/account/2fa/", "/account/sessions/",
           "/account/logout/"]  # fmt: skip
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
KILO = 1024


@pytest.fixture
def question(cast):
    """Ana's question, solved by Ben, verified by Dora for fw 3.2."""
    question = ana_asks(cast)
    answer = ben_answers(
        cast, question, "Turn **LE Audio** off.\n\n1. Forget it\n2. Pair again\n\n```python\nprint(1)\n```"
    )
    question.accept(answer, by=cast.ana)
    question.verify(answer, by=cast.dora, product_version=cast.fw32)
    return question


def opened(browser):
    return browser.new_context(viewport=WIDTHS["phone"], reduced_motion="reduce").new_page()


def problems(page, live_site, question, paths):
    found = []
    for path in paths:
        path = question.get_absolute_url() if path == "QUESTION" else path
        path = f"/threads/{question.pk}/again/" if path == "AGAIN" else path
        page.goto(live_site.path(path))
        found += [f"{path} {finding}" for finding in looked_over(page)]
    return found


AT_ONCE = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("*, ::before, ::after { transition-property: none !important }")
  document.adoptedStyleSheets.push(sheet)
}"""
"""Colours do not fade into each other, or axe would see what is between day and night."""


def looked_over(page):
    """What axe finds on a page, on a phone and on a desk, by day and by night, and by how much it is too wide."""
    page.evaluate(AT_ONCE)
    found = []
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)
        for colours, rules in (("light", RULES), ("dark", OF_COLOURS)):
            page.emulate_media(color_scheme=colours)
            found += [f"{width}, {colours}: {finding}" for finding in findings(page, rules)]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{width}: {wide} px too wide"] if wide > 0 else []
    return found


def test_axe_finds_nothing_on_public_pages(browser, live_site, question):
    page = opened(browser)
    assert problems(page, live_site, question, PUBLIC) == []
    page.context.close()


def test_axe_finds_nothing_on_the_pages_of_members(browser, live_site, cast, question):
    page = opened(browser)
    live_site.sign_in(page, cast.ana)
    assert problems(page, live_site, question, MEMBERS) == []
    page.context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/questions/",
        "QUESTION",
        "/products/beam-2/",
        "/products/beam-2/reviews/",
        "/questions/new/",
        "/search/?q=bluetooth",
    ],
)
def test_a_first_view_is_light(browser, live_site, question, path):
    page = browser.new_context().new_page()
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))  # not the bare method: it cannot be marked
    page.goto(live_site.path(question.get_absolute_url() if path == "QUESTION" else path), wait_until="networkidle")
    answers = [(request.url, request.sizes()["responseBodySize"]) for request in list(requests)]
    assert len(answers) <= 12, [url for url, _size in answers]
    assert all(url.startswith(live_site.url) for url, _size in answers)
    weight = {kind: sum(size for url, size in answers if f".{kind}" in url) for kind in ("css", "js")}
    html = answers[0][1] if answers[0][0].startswith(live_site.url) else 0
    assert html <= 30 * KILO
    assert 0 < weight["css"] <= 20 * KILO, weight
    assert 0 < weight["js"] <= 45 * KILO, weight
    page.context.close()


def test_pages_say_nothing_in_the_console(browser, live_site, cast, question):
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    live_site.sign_in(page, cast.ana)
    for path in ["/", question.get_absolute_url(), "/questions/new/", "/settings/"]:
        page.goto(live_site.path(path))
        page.wait_for_timeout(150)
    assert said == []
    page.context.close()


def test_the_skip_link_and_the_focus_are_never_hidden(page, live_site, question):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(live_site.path(question.get_absolute_url()))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _step in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect()
  if (document.activeElement === document.body || document.activeElement.closest(".topbar, .skip")) return true
  const bar = document.querySelector(".topbar").getBoundingClientRect()
  return box.bottom > bar.bottom || box.bottom <= bar.top
}"""


def test_targets_are_large_enough(page, live_site, question):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_site.path(question.get_absolute_url()))
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .button, nav a, .tabs a, .menu a")]
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 24)
        .map(it => it.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_the_theme_is_remembered_and_set_before_the_page_is_painted(page, live_site, question):
    page.goto(live_site.path("/"))
    page.click("[data-theme-switch] button[value=dark]")
    page.goto(live_site.path("/products/"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert page.locator("[data-theme-switch] [aria-pressed=true]").get_attribute("value") == "dark"


def test_the_phone_menu_opens_by_keyboard_and_closes_by_escape(phone, live_site, question):
    phone.goto(live_site.path("/"))
    phone.locator("details.phone-only summary").focus()
    phone.keyboard.press("Enter")
    assert phone.locator("details.phone-only nav a", has_text="Products").is_visible()
    phone.keyboard.press("Escape")
    assert not phone.locator("details.phone-only nav a").first.is_visible()
    assert phone.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_menu_works_without_script(browser, live_site, question):
    page = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()
    page.goto(live_site.path("/"))
    page.click("details.phone-only summary")
    page.click("details.phone-only nav a:has-text('Products')")
    assert page.url.endswith("/products/")
    page.context.close()


def test_the_keyboard_searches_goes_home_and_can_be_silenced(page, live_site, question):
    page.goto(live_site.path("/products/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("?")  # typed, not a shortcut
    assert not page.locator("#keys").is_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") != "q"


KEPT = "Object.keys(localStorage).some(key => key.startsWith('draft:'))"


def test_the_composer_marks_previews_and_keeps_what_is_typed(page, live_site, cast, question):
    live_site.sign_in(page, cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    area = page.locator("#text")
    area.fill("Try the cable")
    area.select_text()
    page.keyboard.press("Control+b")
    assert area.input_value() == "**Try the cable**"
    page.locator("[data-mode=preview]").last.click()
    page.wait_for_selector("[data-previewed] strong")
    until(lambda: page.evaluate(KEPT))
    page.reload()
    assert page.locator("#text").input_value() == "**Try the cable**"


def test_a_sent_text_is_not_offered_again(page, live_site, cast, question):
    live_site.sign_in(page, cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator("#text").fill("The cable helped me until the update came.")
    until(lambda: page.evaluate(KEPT))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=The cable helped me until the update came.")
    page.goto(live_site.path(question.get_absolute_url()))
    assert page.locator("#text").input_value() == ""


def test_on_paper_a_question_is_its_words_over_the_whole_line(page, live_site, cast, question):
    page.set_viewport_size({"width": 720, "height": 1000})
    page.goto(live_site.path(question.get_absolute_url()))
    page.emulate_media(media="print", color_scheme="dark")
    for post in page.locator(".post .prose").all():
        assert post.bounding_box()["width"] > 500
    for gone in (".topbar", ".votes", ".post .foot", "footer", "[data-share]"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.locator("body").evaluate("(it) => getComputedStyle(it).color") == "rgb(0, 0, 0)"
