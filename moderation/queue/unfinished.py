"""Notes to the team that somebody has begun."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.threads.unfinished import Where, belongs
from moderation.queue.models import Item


@belongs("note")
def notes(person: Any, ids: list[int]) -> dict[int, Where]:
    """Beside items that the person may work on."""
    items = Item.objects.visible_to(person).filter(pk__in=ids)
    return {
        one.pk: Where(_("Your note on"), one.title, reverse("moderation:item-detail", args=[one.pk])) for one in items
    }
