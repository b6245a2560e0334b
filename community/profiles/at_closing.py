"""What becomes of what the ground holds of somebody who closes their account."""

from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from community.api.models import ApiKey
from community.catalogue.models import Ownership, Purchase
from community.notifications.models import Device, EmailDelivery, Notification, Preference, Rhythm, Watch
from community.people.closing import Leaving, leaves
from community.policy.models import HeldChange


@leaves(
    _("Address, sign-in, profile, picture and settings"),
    count=lambda person: 1,
    kept=_("are erased. You are signed out everywhere, and nobody can sign in again."),
)
def settings(leaving: Leaving) -> None:
    """What they chose, and by what programs and devices they came. The account itself is emptied last."""
    for rows in (ApiKey.objects, Device.objects, Preference.objects, Rhythm.objects, Watch.objects):
        rows.filter(person=leaving.person).delete()  # type: ignore[attr-defined]
    Watch.objects.filter(other=leaving.person).delete()
    HeldChange.objects.filter(by=leaving.person).delete()


@leaves(
    _("Products you own"),
    count=lambda person: person.ownerships.count(),
    kept=_("are erased here. What a shop keeps of your order is the shop’s."),
)
def products(leaving: Leaving) -> None:
    Ownership.objects.filter(person=leaving.person).delete()
    if leaving.person.email:
        Purchase.objects.filter(email=leaving.person.email.lower()).update(email="")


@leaves(
    _("What we told and mailed you"),
    count=lambda person: EmailDelivery.objects.filter(person=person).count(),
    kept=_("is erased. What others were told of you says “former member”; mails that they have cannot be called back."),
)
def mails(leaving: Leaving) -> None:
    """What waits is not sent. The row of a mail stays as a number, without address and words."""
    Notification.objects.filter(person=leaving.person).delete()
    sent = EmailDelivery.objects.filter(person=leaving.person)
    sent.filter(state=EmailDelivery.State.WAITING).update(state=EmailDelivery.State.DROPPED)
    sent.update(recipient="", subject="", text="", html="", headers={}, calendar="", reply_to="")
    of_them = Notification.objects.filter(event__actor=leaving.person, text__contains=leaving.name)
    of_them.update(text=Replace(F("text"), Value(leaving.name), Value(leaving.called)))
