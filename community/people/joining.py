"""Becoming a member: said once, with an address that is known to be theirs."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal


def welcome(person: Person) -> None:
    """Somebody has an account now."""
    record(Verb.PERSON_JOINED, actor=person, subject=person)


@transaction.atomic
def confirm_address(person: Person) -> None:
    """The address is known to be theirs without a code: for people made by a command, an import or a test."""
    EmailAddress.objects.update_or_create(
        user=person, primary=True, defaults={"email": person.email.lower(), "verified": True}
    )


def owner_of(address: str) -> Person | None:
    """Whose mailbox it is: the account that has confirmed this address, or that was used with it."""
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    if confirmed:
        return confirmed.user
    return Person.objects.filter(email__iexact=address, last_login__isnull=False).first()


def is_taken(name: str) -> bool:
    """Whether somebody has this name, in any spelling."""
    return Person.objects.holding(name).exists()


@transaction.atomic
def join(name: str, address: str, locale: str = "en") -> Person:
    """A new account for somebody who has just shown that the mailbox is theirs. They sign in with codes by mail.

    An unfinished sign-up with this address, which anybody may have begun, loses the address.
    """
    unfinished = Person.objects.filter(email__iexact=address)
    EmailAddress.objects.filter(email__iexact=address, verified=False).delete()
    unfinished.update(email="")
    try:
        with transaction.atomic():
            person = Person.objects.create_user(name, address.lower(), locale=locale)
    except IntegrityError as error:
        raise Refusal(_("Somebody just took this name. Please choose another."), code="name_taken") from error
    confirm_address(person)
    welcome(person)
    return person
