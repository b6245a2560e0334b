"""One day of a story in the test's own process, whose clock the test moves: HTTP for the crowd, browsers for some."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from playwright.sync_api import Page

from community.people.models import Person
from tests.jobs import work
from tests.scenes import as_, one_line

BERLIN = ZoneInfo("Europe/Berlin")


class Day:
    """One Monday: what time it is, and who sits at which browser."""

    def __init__(self, clock, server, new_context, cast):
        self.clock, self.server, self.new_context, self.cast = clock, server, new_context, cast

    def at(self, words: str) -> None:
        """It is so late now; what was left to the worker is done."""
        hour, minute = map(int, words.split(":"))
        work()
        self.clock.move_to(datetime(2026, 11, 23, hour, minute, tzinfo=BERLIN))

    def browser(self, person: Person | None, size=(390, 844)) -> Page:
        context = self.new_context(viewport=dict(zip(("width", "height"), size, strict=True)))
        if person:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": as_(person).cookies[name].value, "url": self.server.url}])
        return context.new_page()

    def open(self, page: Page, path: str) -> None:
        page.goto(self.server.url + path)


def posted(person: Person, path: str, **data) -> str:
    """What somebody sends by a form; answers where it led."""
    answer = as_(person).post(path, data)
    assert answer.status_code == 302, (path, answer.status_code, one_line(answer)[-1500:])
    return answer["Location"]
