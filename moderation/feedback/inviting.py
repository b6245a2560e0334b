"""Asking buyers for a review after a delivery: all of them, in the same words, once, with one reminder.

Whether somebody is asked depends on what stands in `REASONS` and on nothing else: not on what they have written, asked
or complained about here.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Purchase
from community.notifications.kinds import REVIEW_REQUEST
from community.notifications.models import Notification
from community.notifications.notifying import Letter, notify
from community.notifications.preferences import wish_for
from community.people.models import Person
from forums.reviews.models import Review
from moderation.feedback.models import Asking, Exemption

A_ROUND = 500
QUESTION = _("How is your {product}?")
ASKED = _("You got a {product} lately. What is good about it, what is not? Either helps whoever thinks of buying one.")
REMINDED = _("You have had your {product} for a while. What is good about it, what is not? We ask only this once more.")
REASON = _("A shop told us that you bought it. Everybody who did is asked, once, with one reminder.")

Reason = Callable[[Purchase, Person | None], bool]


def unverified(purchase: Purchase, buyer: Person | None) -> bool:
    """Nobody with an account has shown that the order's address is theirs."""
    return buyer is None


def legal(purchase: Purchase, buyer: Person | None) -> bool:
    """The team has a legal reason, written down with the order."""
    return Exemption.objects.standing().filter(order_number=purchase.order_number).exists()


def opted_out(purchase: Purchase, buyer: Person | None) -> bool:
    """They have turned such mails off."""
    return buyer is not None and not wish_for(buyer, REVIEW_REQUEST).way()


def team(purchase: Purchase, buyer: Person | None) -> bool:
    """Who works for the company does not review what it makes."""
    return buyer is not None and buyer.is_team


def reviewed(purchase: Purchase, buyer: Person | None) -> bool:
    """They have said what they think already, in whatever stars."""
    return Review.objects.filter(author=buyer, product=purchase.product_id).exists()


def before(purchase: Purchase, buyer: Person | None) -> bool:
    """They bought a second one."""
    return Asking.objects.asked().filter(person=buyer, product=purchase.product_id).exists()


REASONS: dict[str, Reason] = {
    Asking.Outcome.UNVERIFIED: unverified,
    Asking.Outcome.LEGAL: legal,
    Asking.Outcome.OPTED_OUT: opted_out,
    Asking.Outcome.TEAM: team,
    Asking.Outcome.REVIEWED: reviewed,
    Asking.Outcome.BEFORE: before,
}
"""Why somebody is not asked: the first that holds is kept, and shown in the audit."""


def invite_due(now: datetime | None = None) -> int:
    """Decide about what was delivered long enough ago. Answers how many people were asked. Safe to repeat."""
    now, asked = now or timezone.now(), 0
    since = now - timedelta(days=settings.REVIEW_REQUESTS_UNTIL_DAYS)
    until = now - timedelta(days=settings.REVIEW_REQUESTS_AFTER_DAYS)
    decided = Asking.objects.filter(purchase=OuterRef("pk"))
    due = Purchase.objects.filter(~Exists(decided), delivered_at__gt=since, delivered_at__lte=until)
    for pk in list(due.order_by("delivered_at", "pk").values_list("pk", flat=True)[:A_ROUND]):
        asked += decide(pk)
    return asked


@transaction.atomic
def decide(pk: int) -> bool:
    """Ask one buyer, or keep why not. Two workers come one after the other, and the second finds it decided."""
    rows = Purchase.objects.select_for_update(of=("self",)).select_related("product")
    purchase = rows.filter(pk=pk, asking=None).first()
    if purchase is None:
        return False
    buyer = buyer_of(purchase)
    outcome = next((name for name, holds in REASONS.items() if holds(purchase, buyer)), Asking.Outcome.ASKED)
    facts = {"purchase": purchase, "product": purchase.product, "person": buyer, "outcome": outcome}
    asking = Asking.objects.create(**facts, decided_at=timezone.now())
    if outcome == Asking.Outcome.ASKED:
        ask(asking, ASKED)
    return outcome == Asking.Outcome.ASKED


def buyer_of(purchase: Purchase) -> Person | None:
    """Whose confirmed address the order has."""
    known = EmailAddress.objects.filter(email__iexact=purchase.email, verified=True) if purchase.email else None
    found = known.filter(user__is_active=True).select_related("user").first() if known is not None else None
    return found.user if found else None


def ask(asking: Asking, words: str) -> None:
    """A line in the tray and a mail, which waits for the end of their quiet hours."""
    name, product = asking.product.name, asking.product
    letter = Letter(
        subject=format_lazy(QUESTION, product=name), button=_("Write a review"), chain=asking.chain
    )  # the mail and its reminder say the same to everybody
    notify(
        asking.person,  # type: ignore[arg-type]
        REVIEW_REQUEST,
        url=f"/products/{product.slug}/reviews/new/",
        text=format_lazy(words, product=name),
        letter=letter,
        reason=REASON,
    )


def remind_due(now: datetime | None = None) -> int:
    """Remind once those who were asked and have written nothing. Answers how many."""
    now = now or timezone.now()
    due = Asking.objects.to_remind(now - timedelta(days=settings.REVIEW_REMINDER_AFTER_DAYS))
    return sum(remind(pk) for pk in list(due.order_by("pk").values_list("pk", flat=True)[:A_ROUND]))


@transaction.atomic
def remind(pk: int) -> bool:
    """Remind one; whoever has opted out meanwhile is left alone for good."""
    rows = Asking.objects.select_for_update(of=("self",)).select_related("person", "product", "purchase")
    asking = rows.filter(pk=pk, reminded_at=None, reviewed_at=None, stopped_at=None).first()
    if asking is None or asking.person is None:
        return False
    is_off = opted_out(asking.purchase, asking.person) or legal(asking.purchase, asking.person)
    moment = {"stopped_at": timezone.now()} if is_off else {"reminded_at": timezone.now()}
    Asking.objects.filter(pk=pk).update(**moment)
    if not is_off:
        ask(asking, REMINDED)
    return not is_off


def written(review: Review) -> None:
    """They have written: no reminder, and a request whose mail has not left yet is not sent."""
    open_ones = Asking.objects.asked().filter(person=review.author_id, product=review.product_id, reviewed_at=None)
    for asking in open_ones:
        Asking.objects.filter(pk=asking.pk).update(reviewed_at=review.written_at)
        told = Notification.objects.waiting_for_mail().filter(person=review.author_id, chain=asking.chain)
        told.update(by_mail="", letter=None)
