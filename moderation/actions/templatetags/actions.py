"""Template tags of the audit log."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from community.events.models import Event
from moderation.actions.saying import as_sentence, reason_of

register = template.Library()


@register.filter
def sentence(event: Event) -> SafeString:
    """What happened, in words."""
    return mark_safe(as_sentence(event))  # noqa: S308 - a rendered template


@register.filter
def reason(event: Event) -> str:
    """Why."""
    return reason_of(event)


@register.filter
def address(subject: Any) -> str:
    """Where the thing can be seen; empty when it has no page."""
    find = getattr(subject, "get_absolute_url", None)
    return find() if find else ""
