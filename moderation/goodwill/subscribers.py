"""What follows a credit: the customer and the supervisors hear of it, and the CRM gets it once."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.roles import Capability, Role
from moderation.crm.models import Case
from moderation.crm.models.remote import reference
from moderation.crm.payload import Entry
from moderation.crm.pushing import Kind, enqueue
from moderation.crm.waking import wake
from moderation.goodwill.models import CURRENCY, Credit

CREDITED = _("We have credited you {amount} {currency}.")
ASKED = _("{who} asks for a credit of {amount} {currency}: {title}")
REFUSED = _("The credit of {amount} {currency} was refused: {why}")


def credit_of(event: Event) -> Credit | None:
    rows = Credit.objects.select_related("customer", "by", "item__thread", "item__conversation")
    return rows.filter(pk=event.details.get("credit")).first()


@on(Verb.GOODWILL_GIVEN)
def tell_customer(event: Event) -> None:
    """The customer hears the amount, beside the matter for which it was given."""
    credit = credit_of(event)
    if credit is None:
        return
    words = format_lazy(CREDITED, amount=credit.amount, currency=CURRENCY)
    about = getattr(credit.item, "conversation", None) or credit.item.thread
    letter = Letter(subject=_("A credit for you"), excerpt=str(words), button=_("See what it is about"))
    notify(credit.customer, "case", url=about.get_absolute_url(), text=words, event=event, letter=letter)


@on(Verb.GOODWILL_ASKED_FOR)
def tell_supervisors(event: Event) -> None:
    """Whoever may decide on it for this brand."""
    credit = credit_of(event)
    if credit is None or credit.state != Credit.State.WAITING:
        return
    who, title = credit.by.username, credit.item.title
    words = format_lazy(ASKED, who=who, amount=credit.amount, currency=CURRENCY, title=title)
    for person in Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        if person.can(Capability.SUPERVISE, credit.item.brand_slug) and person.pk != credit.by_id:
            notify(person, "team", url=reverse("moderation:goodwill-list"), text=words, event=event)


@on(Verb.GOODWILL_REFUSED)
def tell_agent(event: Event) -> None:
    credit = credit_of(event)
    if credit is None:
        return
    words = format_lazy(REFUSED, amount=credit.amount, currency=CURRENCY, why=credit.decision)
    notify(credit.by, "team", url=credit.item.get_absolute_url(), text=words, event=event)


@on(Verb.GOODWILL_GIVEN, Verb.CASE_PUSHED)
def tell_crm(event: Event) -> None:
    """Each case of the item gets each credit once, whichever of the two came first: its reference is its key."""
    for case in Case.objects.filter(item=event.subject_id, broken_at=None).order_by("pk"):
        for credit in Credit.objects.given().filter(item=case.item_id).select_related("by").order_by("pk"):
            entry = entry_of(credit)
            key = reference("credit", f"{case.pk}-{credit.pk}")
            enqueue(case, Kind.NOTE, key, entry.payload(), source=entry.source, key=key)
        wake(case.pk)


def entry_of(credit: Credit) -> Entry:
    """The timeline entry in the CRM. What the agent said for the team stays here."""
    words = f"{credit.amount} {CURRENCY} · {credit.get_reason_display()}"
    return Entry(f"credit:{credit.pk}", credit.by.username, str(_("gave a credit")), credit.counts_from, words)
