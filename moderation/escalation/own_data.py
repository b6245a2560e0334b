"""A person's private conversations, as they read them themselves."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from moderation.escalation.models import Conversation, Invitation, PrivateMessage, Survey

Row = dict[str, Any]


@takes_along("private_requests", _("Your private conversations with the team, by page, mail, chat and call"))
def conversations(person: Person) -> Iterator[Row]:
    for one in Conversation.objects.filter(customer=person).prefetch_related("legs").order_by("pk"):
        messages = PrivateMessage.objects.filter(conversation=one).select_related("author").order_by("number")
        yield {
            "title": one.title,
            "state": one.state,
            "begun_at": one.created_at,
            "version": one.version,
            "environment": one.environment,
            "ways": [leg.channel for leg in one.legs.all()],
            "messages": [message_of(message) for message in messages],
        }


def message_of(message: PrivateMessage) -> Row:
    """One message, under the name that the person read."""
    told = {"side": message.side, "by": message.byline, "via": message.via, "at": message.created_at}
    files = [attachment.name for attachment in message.attachments.all()]
    return {**told, "text": message.words, "files": files}


@takes_along("consents", _("What you agreed to when private help was offered"))
def consents(person: Person) -> Any:
    columns = ("thread__title", "purpose", "channels", "state", "created_at", "decided_at")
    return Invitation.objects.filter(customer=person).order_by("pk").values(*columns)


@takes_along("surveys", _("What you answered when we asked whether it helped"))
def surveys(person: Person) -> Any:
    rows = Survey.objects.filter(closing__conversation__customer=person, answered_at__isnull=False).order_by("pk")
    return rows.values("score", "words", "answered_at")
