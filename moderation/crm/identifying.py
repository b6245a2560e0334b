"""What a person is known by in each CRM; and contacts there follow when somebody's accounts or address change."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.people.models import Person
from moderation.crm.models import Case, CasePush, RemoteRef
from moderation.crm.models.remote import reference
from moderation.crm.payload import contact_payload
from moderation.crm.recreating import say_head_again
from moderation.identities.knowing import Way, knows
from moderation.identities.unity import accounts_of
from moderation.identities.weighing import PROOF

FOUND_BY_ADDRESS = 80
"""A contact that was there before us was found by a confirmed address, or chosen by a person."""


@knows
def contacts(person: Person) -> Iterable[Way]:
    """What each CRM calls them: contacts that we made are theirs, others were found."""
    rows = RemoteRef.objects.filter(kind="contact", ref=reference("contact", person.pk)).select_related("connection")
    found = set(person.crm_matches.exclude(chosen="").values_list("connection", "chosen"))
    for row in rows.order_by("pk"):
        is_found = (row.connection_id, row.remote_id) in found
        why = _("found there by a confirmed address") if is_found else _("made by us")
        sure = FOUND_BY_ADDRESS if is_found else PROOF
        yield Way("contact", row.connection.name, row.remote_id, (why,), sure, person, row.url)


@on(Verb.PEOPLE_MERGED, Verb.PEOPLE_UNMERGED)
def move_cases(event: Event) -> None:
    """Cases of the account that was merged hang below the one contact; taken back, below their own again."""
    concerned = [event.details["gone"]] + ([event.details["kept"]] if event.verb == Verb.PEOPLE_UNMERGED else [])
    for case in told_cases(concerned):
        say_head_again(case, "contact")
        say_head_again(case, "case")


@on(Verb.ADDRESS_CHANGED)
def tell_new_address(event: Event) -> None:
    """The contact over there gets the new address: the same contact, once for each connection."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None:
        return
    accounts = [account.pk for account in accounts_of(person)]
    waiting = CasePush.objects.filter(kind=CasePush.Kind.CONTACT, state=CasePush.State.WAITING, tries=0)
    for push in waiting.filter(case__customer__in=accounts, case__connection__isnull=False).select_related("case"):
        push.payload = contact_payload(push.case.contact, push.case.connection)
        push.save(update_fields=["payload"])
    for case in {case.connection_id: case for case in told_cases(accounts)}.values():
        if case.connection.sends_contact_data:
            say_head_again(case, "contact")


def told_cases(accounts: list[int]) -> Iterable[Case]:
    """The cases of these accounts that a CRM has."""
    rows = Case.objects.filter(customer__in=accounts, broken_at=None).exclude(remote_id="")
    return rows.select_related("connection", "item", "customer").order_by("pk")
