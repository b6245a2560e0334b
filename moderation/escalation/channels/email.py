"""The mail channel, outwards: rows that a job sends, each with an address of its own for the reply."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.notifications.addresses import MARKER, reply_address
from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery

CODE = "c"
"""What the reply addresses of private conversations begin with, see `by_mail`."""


def key_of(message: Any) -> str:
    """What the mail that brings a message is known by."""
    return f"message-{message.pk}"


def mail_message(message: Any) -> EmailDelivery | None:
    """Bring the team's message to the customer's mailbox. None when their address takes no mail."""
    conversation = message.conversation
    return _mail(
        "private_message",
        conversation,
        key=key_of(message),
        wait=settings.UNDO_SECONDS if message.via == "page" else 0,
        sender_name=message.alias,
        context={"message": message, "files": list(message.attachments.all())},
    )


def mail_closing(closing: Any, survey: Any) -> EmailDelivery | None:
    """Tell the customer that it is closed, how to go on, and ask once how it was."""
    return _mail(
        "private_closed",
        closing.conversation,
        key=f"closing-{closing.pk}",
        context={"closing": closing, "survey": survey if survey.is_open else None},
    )


def mail_transcript(chat: Any) -> EmailDelivery | None:
    """Send the customer what was said in a chat. A reply to it goes on with the conversation."""
    return _mail(
        "private_transcript", chat.conversation, key=f"chat-{chat.pk}", context={"chat": chat, "said": list(chat.said)}
    )


def mail_call(template: str, callback: Any, *, key: str, calendar: str = "") -> EmailDelivery | None:
    """Tell the customer of a booked, moved, cancelled or missed call, with the event for their calendar."""
    context = {"callback": callback, "call_page": settings.SITE_URL + callback.get_absolute_url()}
    return _mail(template, callback.conversation, key=key, context=context, calendar=calendar)


def mail_code(conversation: Any, code: str, *, key: str) -> EmailDelivery | None:
    """Send the code that a customer reads out on the phone. It is forgotten here once it is sent."""
    return _mail("call_code", conversation, key=key, context={"code": code}, is_secret=True)


def _mail(template: str, conversation: Any, *, key: str, context: dict[str, Any], **options: Any) -> Any:
    customer = conversation.customer
    if EmailDelivery.objects.bounced_to(customer.email):
        return None
    return queue_mail(
        template,
        to=customer,
        key=key,
        chain=chain_of(conversation),
        subject=title_of(conversation),
        reason=_("You get this because you have a private conversation with us."),
        reply_to=reply_address(CODE, conversation.pk, customer),
        context={
            "conversation": conversation,
            "marker": MARKER,
            "page": settings.SITE_URL + conversation.get_absolute_url(),
            **context,
        },
        in_reply_to=last_mail_of(conversation),
        **options,
    )


def chain_of(conversation: Any) -> str:
    """All mails of a conversation are one thread in the mailbox."""
    return f"conversation-{conversation.pk}"


def title_of(conversation: Any) -> str:
    """The subject of all mails of a conversation."""
    return f"{conversation.title} (#{conversation.pk})"


def last_mail_of(conversation: Any) -> str:
    """The Message-ID of the customer's newest mail, so that our answer stands below it in their mailbox."""
    return conversation.messages.exclude(mail_id="").order_by("-number").values_list("mail_id", flat=True).first() or ""
