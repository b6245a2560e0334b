"""Template tags of the review queue and of what is public about it."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from moderation.decisions.deeds import DEEDS
from moderation.flags.rule_names import name_of
from moderation.flags.subjects import kind_named

register = template.Library()


@register.filter
def deed_label(kind: str) -> str:
    """What a deed is called."""
    return str(DEEDS[kind].label) if kind in DEEDS else kind


@register.filter
def rule_label(rule: str) -> str:
    """What a rule, score or signal is called."""
    return name_of(rule)


@register.filter
def case_icon(kind: str) -> str:
    """The drawing of a kind of object."""
    subject = kind_named(kind)
    return subject.icon if subject else "flag"


@register.filter
def case_label(kind: str) -> str:
    """What a kind of object is called."""
    subject = kind_named(kind)
    return str(subject.label) if subject else kind


@register.filter
def role_name(role: str) -> str:
    """A role or capability in words."""
    return str(role).replace("_", " ")


@register.filter
def told(number: Any) -> str:
    """A figure, or that it is not told: it is small, or a small one could be reckoned from it."""
    return _("not told") if number is None else f"{number:g}"


@register.simple_tag
def suspension_ladder() -> str:
    """The steps of the ladder, such as 1, 3, 7, 30."""
    return ", ".join(map(str, settings.SUSPENSION_LADDER))


@register.filter
def lasting(hours: float | None) -> str:
    """A length of time as one says it."""
    if hours is None:
        return _("none yet")
    if hours < 0.1:
        return _("under 6 min")
    if hours < 1:
        return _("%(n)s min") % {"n": round(hours * 60)}
    return _("%(n)s h") % {"n": f"{hours:g}"} if hours < 48 else _("%(n)s days") % {"n": round(hours / 24)}
