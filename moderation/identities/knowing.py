"""By what somebody is known: everything that leads to one person, with what speaks for it and how sure that is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _

from community.people.contacting import masked_address
from community.people.models import Person
from community.people.phones import masked_phone
from community.text.mentions import profile_url
from moderation.identities.models import Handle
from moderation.identities.weighing import PROOF

UNPROVED_ADDRESS, SAID_PHONE = 30, 60


@dataclass(frozen=True)
class Way:
    """One thing by which a person is known. `origin` is the account that it came by."""

    kind: str
    label: str
    value: str
    evidence: tuple[str, ...]
    confidence: int
    origin: Person
    url: str = ""
    handle: Handle | None = field(default=None, compare=False)

    @property
    def is_proved(self) -> bool:
        return self.confidence == PROOF


Teller = Callable[[Person], Iterable[Way]]
TELLERS: list[Teller] = []


def knows(teller: Teller) -> Teller:
    """Register a function that tells by what one account is known."""
    TELLERS.append(teller)
    return teller


def ways_of(accounts: Iterable[Person]) -> list[Way]:
    """Everything that leads to the person of these accounts; contact data is masked."""
    return [way for person in accounts for teller in TELLERS for way in teller(person)]


@knows
def account(person: Person) -> Iterable[Way]:
    url = profile_url(person.handle)
    yield Way("account", _("Account"), person.username, (_("signs in here"),), PROOF, person, url)


@knows
def addresses(person: Person) -> Iterable[Way]:
    """Their mail addresses: confirmed ones are a proof, others are what they typed."""
    for row in EmailAddress.objects.filter(user=person).order_by("-primary", "pk"):
        why = _("confirmed by a link in a mail") if row.verified else _("typed in, never confirmed")
        sure = PROOF if row.verified else UNPROVED_ADDRESS
        yield Way("mail", _("Mail"), masked_address(row.email), (why,), sure, person)


@knows
def phones(person: Person) -> Iterable[Way]:
    if person.phone:
        yield Way("phone", _("Telephone"), masked_phone(person.phone), (_("said by themselves"),), SAID_PHONE, person)


@knows
def subjects(person: Person) -> Iterable[Way]:
    """The accounts at identity providers with which they sign in."""
    for row in SocialAccount.objects.filter(user=person).order_by("pk"):
        yield Way("subject", _("Sign-on"), row.provider, (_("signs in through it"),), PROOF, person)


@knows
def handles(person: Person) -> Iterable[Way]:
    """Names elsewhere, with those that were ruled out last."""
    for row in sorted(person.handles.all(), key=lambda each: each.is_ruled_out):
        evidence = tuple(reason.sentence for reason in row.reasons)
        sure = 0 if row.is_ruled_out else row.confidence
        yield Way("handle", row.place, f"@{row.name}", evidence, sure, person, row.url, row)
