"""The mail channel, outwards: rows that a job sends, each with an address of its own for the reply."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery
from moderation.escalation.addresses import bounce_address, reply_address

MARKER = "--- Reply above this line / Antwort über diese Zeile ---"
"""Stands above everything we write, so that what comes back below it is ours. The same in every language."""


def mail_message(message: Any) -> EmailDelivery | None:
    """Bring the team's message to the customer's mailbox. None when their address takes no mail."""
    conversation = message.conversation
    return _mail(
        "private_message",
        conversation,
        key=f"message-{message.pk}",
        about=message,
        sender_name=message.alias,
        context={"message": message, "files": list(message.attachments.all())},
    )


def mail_closing(closing: Any, survey: Any) -> EmailDelivery | None:
    """Tell the customer that it is closed, how to go on, and ask once how it was."""
    return _mail(
        "private_closed",
        closing.conversation,
        key=f"closing-{closing.pk}",
        about=closing.conversation.messages.last(),
        context={"closing": closing, "survey": survey if survey.is_open else None},
    )


def mail_question_of_origin(mail: Any) -> EmailDelivery | None:
    """Ask the customer, at the address we know, whether a held mail was theirs. At most once a day and conversation."""
    conversation = mail.conversation
    return _mail(
        "private_held",
        conversation,
        key=f"held-{conversation.pk}-{mail.created_at:%Y%m%d}",
        about=conversation.messages.last(),
        context={"mail": mail},
    )


def mail_rejection(mail: Any, reason: str) -> EmailDelivery | None:
    """Say why a mail could not be taken, and give its words back. Only ever to the customer's known address."""
    conversation = mail.conversation
    return _mail(
        "private_rejected",
        conversation,
        key=f"rejected-{mail.pk}",
        about=conversation.messages.last(),
        context={"mail": mail, "why": reason},
        in_reply_to=mail.message_key if mail.message_key.startswith("<") else "",
    )


def _mail(
    template: str, conversation: Any, *, key: str, about: Any, context: dict[str, Any], **options: Any
) -> EmailDelivery | None:
    customer = conversation.customer
    if EmailDelivery.objects.bounced_to(customer.email):
        return None
    options.setdefault("in_reply_to", last_mail_of(conversation))
    return queue_mail(
        template,
        to=customer,
        key=key,
        chain=f"conversation-{conversation.pk}",
        subject=f"{conversation.title} (#{conversation.pk})",
        reason=_("You get this because you have a private conversation with us."),
        reply_to=reply_address(conversation, customer),
        envelope_from=bounce_address(about, customer) if about else "",
        context={
            "conversation": conversation,
            "marker": MARKER,
            "page": settings.SITE_URL + conversation.get_absolute_url(),
            **context,
        },
        **options,
    )


def last_mail_of(conversation: Any) -> str:
    """The Message-ID of the customer's newest mail, so that our answer stands below it in their mailbox."""
    return conversation.messages.exclude(mail_id="").order_by("-number").values_list("mail_id", flat=True).first() or ""
