"""Checks of where a mail belongs and who sent it. The From line alone is never believed."""

import re
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.models import Person
from moderation.escalation.addresses import read_reply_token, tokens_in
from moderation.escalation.inbound.case import HELD, REJECTED, Case, Decision
from moderation.escalation.inbound.letter import all_headers
from moderation.escalation.models import Conversation, InboundMail

DMARC = re.compile(r"\bdmarc\s*=\s*(\w+)", re.IGNORECASE)


def belongs(case: Case) -> Decision | None:
    """Find the conversation: by the signed reply address, else by our own Message-ID among the references."""
    tokens = tokens_in(case.letter.recipients)
    owners = {owner for token in tokens if (owner := read_reply_token(token))}
    if len(owners) == 1:
        conversation_pk, person_pk = owners.pop()
    elif not tokens and (known := by_reference(case)):
        conversation_pk, person_pk = known
        case.is_by_reference = True
    else:
        return Decision(HELD, "wrong_token" if tokens else "no_token")
    case.conversation = Conversation.objects.filter(pk=conversation_pk, customer_id=person_pk).first()
    case.person = case.conversation.customer if case.conversation else None
    return None if case.conversation else Decision(HELD, "wrong_token")


def by_reference(case: Case) -> tuple[int, int] | None:
    """Conversation and person of the mail that this one answers."""
    ours = EmailDelivery.objects.filter(message_id__in=case.letter.references, chain__startswith="conversation-")
    mail = ours.exclude(person=None).order_by("-pk").first()
    return (int(mail.chain.rpartition("-")[2]), mail.person_id) if mail else None


def sender(case: Case) -> Decision | None:
    """It must come from an address we know for this customer, and no trusted server may call it forged.

    Without a reply address the trusted server must even vouch for it.
    """
    result = dmarc(case)
    if result == "fail" or (case.is_by_reference and result != "pass"):
        return Decision(HELD, "not_authentic")
    return None if case.letter.sender in addresses_of(case.person) else Decision(HELD, "unknown_sender")


def dmarc(case: Case) -> str:
    """What our own mail server found out (RFC 8601). Headers that anybody else wrote are not read."""
    trusted = settings.MAIL_AUTHSERV_ID.lower()
    if not trusted:
        return ""
    for value in all_headers(case.letter.headers, "Authentication-Results"):
        if value.split(";")[0].split()[:1] == [trusted]:
            match = DMARC.search(value)
            return match[1].lower() if match else ""
    return ""


def addresses_of(person: Person | None) -> set[str]:
    """The addresses that this person has shown to be theirs."""
    if person is None:
        return set()
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in [person.email, *verified] if address}


def closed(case: Case) -> Decision | None:
    """The matter was closed too long ago to go on."""
    conversation = case.conversation
    too_old = conversation is not None and conversation.is_closed and not conversation.is_reopenable
    return Decision(REJECTED, "closed") if too_old else None


def too_many(case: Case) -> Decision | None:
    """More mails in an hour than a person writes: the breaker. Somebody looks."""
    since = timezone.now() - timedelta(hours=1)
    recent = InboundMail.objects.filter(
        conversation=case.conversation,
        sender=case.letter.sender,
        state=InboundMail.State.ACCEPTED,
        created_at__gt=since,
    )
    return Decision(HELD, "too_many") if recent.count() >= settings.MAILS_AN_HOUR else None


def too_big(case: Case) -> Decision | None:
    """Over the limit. The words are kept and given back with the reason."""
    return Decision(REJECTED, "too_big") if case.mail.size > settings.MAIL_MAX_BYTES else None
