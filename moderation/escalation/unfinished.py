"""Private messages that somebody has begun, as the customer or for the team."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.threads.unfinished import Where, belongs
from moderation.escalation.models import Conversation


@belongs("request")
def to_the_team(person: Any, ids: list[int]) -> dict[int, Where]:
    """The customer's."""
    own = Conversation.objects.owned_by(person).filter(pk__in=ids)
    return {one.pk: Where(_("Your private message"), one.title, one.get_absolute_url()) for one in own}


@belongs("conversation")
def to_the_customer(person: Any, ids: list[int]) -> dict[int, Where]:
    """The team's."""
    worked = Conversation.objects.worked_by(person).filter(pk__in=ids)
    return {
        one.pk: Where(_("Your private message"), one.title, reverse("moderation:item-detail", args=[one.item_id]))
        for one in worked
    }
