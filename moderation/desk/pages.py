"""The pages of the desk: what stands at its left, and who opens which."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _l

from community.people.roles import Capability
from moderation.gaps.tending import TENDING as TENDING_GAPS

PAGES = [
    ("moderation:desk", "inbox", _l("Queue"), {Capability.WORK_THE_QUEUE}),
    ("moderation:escalation-list", "lock", _l("Private help"), {Capability.OFFER_PRIVATE_HELP}),
    ("forums:canned-list", "message-square", _l("Reply templates"), {Capability.WORK_THE_QUEUE}),
    ("moderation:gap-list", "search", _l("Gaps"), TENDING_GAPS),
    ("moderation:case-list", "shield", _l("Review"), {Capability.MODERATE}),
    ("moderation:fairness", "star", _l("Reviews"), {Capability.MODERATE}),
    ("moderation:order-list", "shopping-bag", _l("Shop orders"), {Capability.ADMINISTER}),
    ("moderation:crm-connections", "plug", _l("CRM"), {Capability.CONNECT_CRM, Capability.SUPERVISE}),
    ("moderation:goodwill-list", "gift", _l("Credits"), {Capability.SUPERVISE}),
    ("moderation:order-settings", "sliders", _l("Order and team"), {Capability.WORK_THE_QUEUE, Capability.SUPERVISE}),
    ("moderation:ring-list", "users", _l("Rings of votes"), {Capability.MODERATE}),
    ("moderation:action-list", "clipboard", _l("Actions"), {Capability.SEE_AUDIT}),
    ("moderation:concern-list", "ear", _l("Concerns"), {Capability.HEAR_CONCERNS}),
]
"""The pages of the desk, and the capabilities of which one opens them."""


def pages_of(person: Any) -> Iterator[tuple[str, str, Any]]:
    """Address, icon and name of each page that this person may open."""
    for name, icon, label, capabilities in PAGES:
        with suppress(NoReverseMatch):
            if any(map(person.can, capabilities)):
                yield reverse(name), icon, label


def first_page_of(person: Any) -> str:
    """Where the desk begins for them; whoever works here can at least tell the auditor something."""
    return next((url for url, _icon, _label in pages_of(person)), reverse("moderation:concern-list"))
