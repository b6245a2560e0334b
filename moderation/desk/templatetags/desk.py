"""Template tags of the desk."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.people.roles import Capability
from community.policy.checks.personal_data import found
from moderation.desk.pages import pages_of

register = template.Library()
TAG = re.compile(r"(<[^>]*>)")


ORDER_PAGES = [
    ("moderation:order-settings", _l("Order"), {Capability.WORK_THE_QUEUE, Capability.SUPERVISE}),
    ("moderation:hours-settings", _l("Hours and promises"), {Capability.SUPERVISE}),
    ("moderation:team-list", _l("The team"), {Capability.SUPERVISE}),
    ("moderation:approval-list", _l("Approvals"), {Capability.ANSWER_AS_STAFF}),
]
"""The tabs of the pages about how the day is worked: who is first, until when, by whom."""
REVIEW_PAGES = [
    ("moderation:fairness", _l("Fairness")),
    ("moderation:insider-list", _l("Insiders")),
    ("moderation:campaign-list", _l("Campaigns")),
    ("moderation:asking-audit", _l("Asking buyers")),
    ("moderation:review-file-list", _l("Bring in")),
    ("moderation:review-handout", _l("Hand out")),
    ("forums:photo-list", _l("Photos")),
    ("moderation:ledger", _l("Public ledger")),
]
"""The tabs of the team's pages about reviews."""


@register.simple_tag
def desk_pages(person: Any, path: str) -> list[tuple[str, str, Any, bool]]:
    """Address, icon and name of each page of the desk that this person may open, and whether `path` is of it."""
    return [(url, icon, label, is_of(path, url)) for url, icon, label in pages_of(person)]


@register.simple_tag
def review_pages(path: str) -> list[tuple[str, Any, bool]]:
    """Address and name of each tab, and which is open: the one whose address fits best."""
    pages = [(reverse(name), label) for name, label in REVIEW_PAGES]
    here = max((url for url, _label in pages if path.startswith(url)), key=len, default="")
    return [(url, label, url == here) for url, label in pages]


@register.simple_tag
def order_pages(person: Any, path: str) -> list[tuple[str, Any, bool]]:
    """Address and name of each tab that this person may open, and which is open."""
    mine = [(reverse(name), label) for name, label, capabilities in ORDER_PAGES if any(map(person.can, capabilities))]
    return [(url, label, path.startswith(url)) for url, label in mine]


def is_of(path: str, url: str) -> bool:
    """Whether a page belongs to a page of the desk: its own address, or one below it. Below the queue lies all else."""
    if url == reverse("moderation:order-settings"):
        return any(path.startswith(reverse(name)) for name, _label, _capabilities in ORDER_PAGES)
    if url == reverse("moderation:escalation-list"):
        return path.startswith((url, reverse("moderation:callback-list")))
    return path == url or (url != reverse("moderation:desk") and path.startswith(url))


@register.filter
def waiting(since: datetime) -> str:
    """How long somebody has waited, as short as a chip: 12 min, 3 h 05, 4 d."""
    minutes = max(0, int((timezone.now() - since) / timedelta(minutes=1)))
    hours, days = minutes // 60, minutes // 1440
    if days:
        return _("%(days)s d") % {"days": days}
    if hours:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": minutes % 60}
    return _("%(minutes)s min") % {"minutes": minutes}


@register.filter
def lasting(length: timedelta) -> str:
    """A length of time, as short as a chip."""
    return waiting(timezone.now() - length)


@register.filter
def names_of(people: list[Any]) -> str:
    """ana, chris and ben."""
    return get_text_list([person.username for person in people], _("and"))


WEIGHT_NAMES = {
    "target_minutes": _l("target in minutes"),
    "loyalty_weight": _l("weight of loyalty"),
    "influence_weight": _l("weight of influence"),
    "long_tail_percent": _l("share of the long tail in percent"),
}


@register.filter
def weight_name(name: str) -> str:
    """What a weight of the formula is called."""
    return str(WEIGHT_NAMES[name])


@register.filter
def marked(post: Any) -> SafeString:
    """The post's safe HTML with personal data marked, so that an agent sees at once what should not stand there."""
    pieces = {escape(post.source[start:end]) for _kind, start, end in found(post.source)}
    if not pieces:
        return mark_safe(post.html)  # noqa: S308 - made safe when it was written
    seen = re.compile("|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)))
    parts = TAG.split(post.html)
    texts = (part if number % 2 else seen.sub(_in_marks, part) for number, part in enumerate(parts))
    return mark_safe("".join(texts))  # noqa: S308 - safe parts with our own marks


def _in_marks(match: re.Match[str]) -> str:
    return format_html("<mark>{}</mark>", mark_safe(match[0]))  # noqa: S308 - a piece of safe HTML
