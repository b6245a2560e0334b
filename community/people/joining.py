"""Becoming a member: said once, with an address that is known to be theirs."""

from allauth.account.models import EmailAddress
from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person


def welcome(person: Person) -> None:
    """Somebody has an account now."""
    record(Verb.PERSON_JOINED, actor=person, subject=person)


@transaction.atomic
def confirm_address(person: Person) -> None:
    """The address is known to be theirs without a code: for people made by a command, an import or a test."""
    EmailAddress.objects.update_or_create(
        user=person, primary=True, defaults={"email": person.email.lower(), "verified": True}
    )
