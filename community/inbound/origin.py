"""Checks of where a mail belongs and who sent it. The From line alone is never believed."""

import re
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from community.inbound.case import HELD, REJECTED, Case, Decision
from community.inbound.letter import Letter, all_headers
from community.inbound.models import InboundMail
from community.inbound.purposes import Place, find_place, purpose_of
from community.notifications.addresses import read_reply_token, tokens_in
from community.notifications.models import EmailDelivery
from community.people.models import Person

DMARC = re.compile(r"\bdmarc\s*=\s*(\w+)", re.IGNORECASE)
COUNTED = (InboundMail.State.ACCEPTED, InboundMail.State.REJECTED)


def belongs(case: Case) -> Decision | None:
    """Find the place: by the signed reply address, else by a Message-ID that we know among the references."""
    tokens = tokens_in(case.letter.recipients)
    places = [place for token in tokens if (place := place_of_token(token))]
    if tokens and len({(place.person.pk, place.chain) for place in places}) != 1:
        return Decision(HELD, "wrong_token")
    case.place = places[0] if places else place_by_reference(case.letter)
    case.is_by_reference = not places
    return None if case.place else Decision(HELD, "no_token")


def place_of_token(token: str) -> Place | None:
    """Where mail to this address of ours belongs; None when we did not write the address, or the place is gone."""
    owner = read_reply_token(token)
    return find_place(purpose_of(owner.code), owner.about, owner.person) if owner else None


def place_by_reference(letter: Letter) -> Place | None:
    """The place of the mail that this one answers: one of ours, or one that came in before."""
    ours = EmailDelivery.objects.filter(message_id__in=letter.references).exclude(reply_to="").order_by("-pk").first()
    if ours:
        return next((place for token in tokens_in([ours.reply_to]) if (place := place_of_token(token))), None)
    theirs = InboundMail.objects.filter(message_key__in=letter.references, state=InboundMail.State.ACCEPTED)
    before = theirs.order_by("-pk").first()
    return before.place if before else None


def sender(case: Case) -> Decision | None:
    """It must come from an address we know for this person, and no trusted server may call it forged.

    Without a reply address the trusted server must even vouch for it; so it must for the team, which speaks for the
    house, and for somebody else whom the place hears.
    """
    result, place = dmarc(case.letter), case.place
    if place is None or result == "fail" or (case.is_by_reference and result != "pass"):
        return Decision(HELD, "not_authentic")
    if case.letter.sender in addresses_of(place.person):
        case.author = place.person
    elif result == "pass" and (colleague := owner_of(case.letter.sender)) and place.hears(colleague):
        case.author = colleague
    else:
        return Decision(HELD, "unknown_sender")
    if not case.author.is_active or case.author.is_suspended:
        return Decision(HELD, "suspended")
    is_forgeable = settings.MAIL_AUTHSERV_ID and result != "pass"
    return Decision(HELD, "not_authentic") if case.author.is_team and is_forgeable else None


def dmarc(letter: Letter) -> str:
    """What our own mail server found out (RFC 8601). Headers that anybody else wrote are not read."""
    trusted = settings.MAIL_AUTHSERV_ID.lower()
    if not trusted:
        return ""
    for value in all_headers(letter.headers, "Authentication-Results"):
        if value.split(";")[0].split()[:1] == [trusted]:
            match = DMARC.search(value)
            return match[1].lower() if match else ""
    return ""


def addresses_of(person: Person) -> set[str]:
    """The addresses that this person has shown to be theirs."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in [person.email, *verified] if address}


def owner_of(address: str) -> Person | None:
    """The one person who has shown that an address is theirs."""
    verified = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return verified.user if verified and address else None


def closed(case: Case) -> Decision | None:
    """The matter was closed too long ago to go on."""
    return Decision(REJECTED, "closed") if case.place and case.place.is_over else None


def too_many(case: Case) -> Decision | None:
    """More mails in an hour about one matter than a person writes: the breaker. Somebody looks."""
    hour = timezone.now() - timedelta(hours=1)
    of_sender = InboundMail.objects.filter(chain=case.place.chain if case.place else "", sender=case.letter.sender)
    recent = of_sender.filter(state__in=COUNTED, created_at__gt=hour).count()
    return Decision(HELD, "too_many") if recent >= settings.MAILS_AN_HOUR else None


def too_big(case: Case) -> Decision | None:
    """Over the limit. The words are kept and given back with the reason."""
    return Decision(REJECTED, "too_big") if case.mail.size > settings.MAIL_MAX_BYTES else None
