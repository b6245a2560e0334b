"""Template tags of the audit log."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from community.events.models import Event
from community.routes import opens
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
def address(subject: Any, person: Any) -> str:
    """Where this person can see the thing; empty when it has no page, or none for them: auditors read the log alone."""
    find = getattr(subject, "get_absolute_url", None)
    url = find() if find else ""
    return url if url and opens(person, url) else ""
