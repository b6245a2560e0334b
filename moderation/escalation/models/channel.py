"""The ways in which a private conversation can go on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal


class Channel(models.TextChoices):
    """A way for words to travel between the customer and the team."""

    PAGE = "page", _("Private page")
    MAIL = "mail", _("E-mail")
    CHAT = "chat", _("Live chat")
    CALL = "call", _("Phone")


WRITTEN = (Channel.PAGE, Channel.MAIL)
"""Ways that are open from the moment they are agreed to; the others begin when both sides are there."""


def refuse_without_offering(person: Person, brand: Brand | None) -> None:
    """Raise a Refusal for people who do not help in private for this brand."""
    if not person.can(Capability.OFFER_PRIVATE_HELP, brand.slug if brand else None):
        raise Refusal("Only the team of this brand can help in private.", code="not_staff", status=403)
