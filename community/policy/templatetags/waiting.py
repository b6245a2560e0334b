"""What waits for a look, for the person who waits."""

import time
from typing import Any

from django import template
from django.db import models

from community.live.fragments import kept
from community.policy.changing import waiting_of
from community.policy.expecting import expected
from community.policy.models import HeldChange

register = template.Library()


@register.inclusion_tag("components/_waiting_change.html", takes_context=True)
def waiting_change(context: dict[str, Any], row: models.Model | None, kind: str) -> dict[str, Any]:
    """The change that the reader has made to an object and nobody has looked at yet; nothing when there is none."""
    change = HeldChange.objects.of(row, context["user"], kind) if row is not None and row.pk else None
    return {"change": change, "waiting": waiting_of(change) if change else None, **once_of(context)}


def once_of(context: dict[str, Any]) -> dict[str, Any]:
    """What the form in it needs."""
    return {"csrf_token": context.get("csrf_token"), "request": context.get("request")}


@register.simple_tag
def expected_look() -> str:
    """How long it usually takes: "usually within 3 hours"."""
    return kept(expected, "expected-look", int(time.time() // 600))
