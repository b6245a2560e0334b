"""Template tags of the house, loaded in every template."""

import json
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from community.forms_opened import key_again
from community.live.fragments import kept
from community.member_pages import FRAME, finished
from community.people.crisis import Crisis, public_notice
from community.people.roles import Capability
from community.undoing import undo_in

register = template.Library()


@register.simple_tag
def dom_id(row: Model, part: str = "") -> str:
    """The id of a row's element on the page: `post-7`, or `post-7-comments` for a part of it."""
    name = f"{row._meta.model_name}-{row.pk}"
    return f"{name}-{part}" if part else name


register.filter("undo_in", undo_in)


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """The hidden one-time key of a form: sent twice, done once, and it says when the form was opened.

    A kept page gets its keys when it is finished.
    """
    return format_html(
        '<input type="hidden" name="once" value="{}">', context.get("once_key") or key_again(context.get("request"))
    )


@register.simple_tag(takes_context=True)
def member_frame(context: template.Context) -> SafeString:
    """The top of a page for somebody with an account, kept for them and finished with the bell and the token of now."""
    return mark_safe(finished(context["request"], FRAME))  # noqa: S308 - what templates have rendered


@register.simple_tag
def site_notice() -> str:
    """What everybody reads above every page while crisis mode is on and says something; empty otherwise."""
    return kept(public_notice, "site-notice")


@register.inclusion_tag("components/_crisis_bar.html")
def crisis_bar(person: Any) -> dict[str, Any]:
    """Crisis mode, for everybody on the desk; whoever may change it gets the way there."""
    row = Crisis.objects.now()
    may_change = row is not None and person.can(Capability.MODERATE)
    return {"crisis": row, "url": reverse("moderation:wave-list") if may_change else ""}


@register.filter
def json_ld(facts: Any) -> SafeString:
    """Facts for search engines as a JSON-LD block; nothing in them can end the block."""
    text = json.dumps(facts, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
