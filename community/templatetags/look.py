"""Template tags of the look: icons, hues, stars, relative times, and reading on. Loaded in every template."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.people import badges
from community.people.languages import language_name
from community.text.excerpts import excerpt

register = template.Library()
register.filter("language_name", language_name)

# The first mark that is found names it: Edge calls itself Chrome too, and Chrome calls itself Safari.
BROWSERS = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


@cache
def sprite() -> str:
    """The address of the sprite, which a page asks for dozens of times."""
    return static("images/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite. With a label it speaks; without one it only decorates."""
    return drawn(name, str(label))


@lru_cache(maxsize=1_000)
def drawn(name: str, label: str) -> SafeString:
    """The drawing with its words: the same each time, and on some pages a hundred times."""
    source = f"{sprite()}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, source)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', source)


@register.simple_tag
def marked(pieces: list[Any]) -> SafeString:
    """A text in pieces, with those marked that were looked for."""
    return SafeString("".join(f"<mark>{escape(p.text)}</mark>" if p.is_hit else escape(p.text) for p in pieces))


@register.simple_tag
def stars(rating: float, outof: int = 5) -> SafeString:
    """Stars filled to the nearest half, said in words to those who cannot see them."""
    halves = round(float(rating or 0) * 2)
    names = [
        "star" if halves >= 2 * n else "star-half" if halves == 2 * n - 1 else "star-off" for n in range(1, outof + 1)
    ]
    drawn = format_html_join("", '<svg{}><use href="{}#{}"/></svg>', ((_off(name), sprite(), name) for name in names))
    words = _("%(rating)s of %(outof)s stars") % {"rating": f"{float(rating or 0):g}", "outof": outof}
    return format_html('<span class="stars" role="img" aria-label="{}">{}</span>', words, drawn)


def _off(name: str) -> SafeString:
    return SafeString(' class="off"') if name == "star-off" else SafeString("")


@register.filter
def hue(degrees: int | None) -> str:
    """The class of a variable colour: 204 degrees is `hue-20`."""
    return f"hue-{round((degrees or 0) / 10) % 36}"


@register.filter
def initial(name: object) -> str:
    """The letter of a drawn avatar."""
    letters = [sign for sign in str(name or "") if sign.isalnum()]
    return letters[0].upper() if letters else "?"


@register.filter
def ago(at: datetime | None) -> str:
    """How long ago, in few words; the date once it is more than a week."""
    if at is None:
        return ""
    past = timezone.now() - at
    if past < timedelta(minutes=1):
        return _("just now")
    if past < timedelta(hours=1):
        return _("%s min ago") % (past.seconds // 60)
    if past < timedelta(days=1):
        return _("%s h ago") % (past.seconds // 3600)
    if past < timedelta(days=7):
        return ngettext("%s day ago", "%s days ago", past.days) % past.days
    day = timezone.localtime(at).date()
    return day_in_words(day, day.year == timezone.localtime().year, get_language())


@lru_cache(maxsize=5_000)
def day_in_words(day: date, is_this_year: bool, language: str | None) -> str:
    """A day in the words of a language."""
    return str(date_format(day, "j M" if is_this_year else "j M Y"))


@register.simple_tag
def when(at: datetime | str) -> SafeString:
    """How long ago, with the exact time on hover. Lists have dozens of them. Kept reports hold theirs as a text."""
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = timezone.localtime(at)
    exact = exactly(local.replace(tzinfo=None), get_language())
    return format_html('<time datetime="{}" title="{}" data-ago>{}</time>', local.isoformat(), exact, ago(at))


@lru_cache(maxsize=20_000)
def exactly(local: datetime, language: str | None) -> str:
    """A local time in the words of a language: the same ones are shown again and again."""
    return str(date_format(local, "DATETIME_FORMAT"))


@register.filter
def plain_excerpt(source: str) -> str:
    """The first words of a Markdown text."""
    return excerpt(source, 160)


@register.filter
def device(user_agent: str) -> str:
    """A browser and a system in words that people know, from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), _("A browser"))
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


@register.simple_tag
def team_name() -> str:
    """What the company's people are called beside their names, such as “Northlight team”."""
    return settings.TEAM_NAME


@register.simple_tag(takes_context=True)
def here(context: template.Context, prefix: str) -> SafeString:
    """`aria-current` for a link of the main navigation, when the page lies under it."""
    request: HttpRequest | None = context.get("request")
    is_here = request is not None and request.path.startswith(prefix)
    return SafeString(' aria-current="page"') if is_here else SafeString("")


@register.filter
def marks(person: Any) -> list[tuple[str, Any]]:
    """The badges that stand beside somebody's name: key and badge."""
    return badges.marks(person.badges) if person.badges else []
