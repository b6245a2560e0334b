"""Keeping a text that could not be published, without losing what the person had begun in the same place."""

import re
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.people.models import Person
from community.policy.checks.copied import kept_elsewhere
from community.refusals import Refusal
from forums.threads.models import Draft

TOO_MANY = 429
FRESH = timedelta(seconds=3)


def keep_when_too_many(refusal: Refusal | None, text: str, *, by: Person, place: str) -> None:
    """Whoever has to wait finds the text again, on this device and on any other."""
    if refusal is not None and refusal.status == TOO_MANY:
        keep_beside(text, by=by, place=place)


@kept_elsewhere
def is_kept_draft(person: Any, text: str) -> bool:
    """Most of these words were kept for them on the server before: they were typed then."""
    words = set(re.findall(r"\w+", text.lower()))
    drafts = Draft.objects.visible_to(person).filter(updated_at__lt=timezone.now() - FRESH)
    return any(
        words and len(words & set(re.findall(r"\w+", f"{title} {kept}".lower()))) * 2 >= len(words)
        for title, kept in drafts.values_list("title", "text")
    )


def keep_beside(text: str, *, by: Person, place: str, title: str = "") -> None:
    """The text becomes the person's draft there; below what they had begun, when there is room for both."""
    begun = Draft.objects.visible_to(by).filter(place=place).first()
    if not text.strip() or (begun and text in begun.text):
        return
    texts = [f"{begun.text}\n\n{text}", text] if begun and begun.text.strip() else [text]
    for words in texts:
        with suppress(Refusal):
            Draft.objects.keep(by=by, place=place, text=words, title=(begun.title if begun else "") or title, seen=None)
            return
