"""Template tags of the house, loaded in every template."""

from uuid import uuid4

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def dom_id(row: Model, part: str = "") -> str:
    """The id of a row's element on the page: `post-7`, or `post-7-comments` for a part of it."""
    name = f"{row._meta.model_name}-{row.pk}"
    return f"{name}-{part}" if part else name


@register.simple_tag
def once() -> SafeString:
    """The hidden one-time key of a form: sent twice, done once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4().hex)
