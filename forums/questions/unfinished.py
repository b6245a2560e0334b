"""A question that somebody has begun to ask."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.threads.unfinished import Where, belongs


@belongs("ask")
def questions(person: Any, ids: list[int]) -> dict[int, Where]:
    """There is one at a time."""
    return {0: Where(_("A new question"), "", reverse("forums:question-new"))}
