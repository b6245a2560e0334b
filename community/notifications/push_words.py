"""What a device shows: a sentence, and the page to open. Never the words of anybody's post."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.notifications.models import Notification
from community.people.models import Person

LAST = "last-of-the-day"


def words_of(told: Notification, person: Person) -> dict[str, Any]:
    """One notification, with the number of what is bundled in its line. A newer one of its tag takes its place."""
    others = Notification.objects.filter(folded_into=told).unread().count()
    with translation.override(person.locale or settings.LANGUAGE_CODE):
        more = ngettext("and %(n)d more", "and %(n)d more", others) % {"n": others} if others else ""
    return {
        "title": settings.SITE_NAME,
        "body": f"{told.text} ({more})" if more else told.text,
        "url": told.url if told.url.startswith("/") else reverse("community:notification-list"),
        "tag": f"{told.kind} {told.chain}" if told.chain else f"notification-{told.pk}",
    }


def last_of_the_day(person: Person) -> dict[str, Any]:
    """In the last place of the day: there is more, and this device stays quiet until tomorrow."""
    with translation.override(person.locale or settings.LANGUAGE_CODE):
        body = _("There is more that is new for you. Nothing else is shown here today.")
    return {"title": settings.SITE_NAME, "body": body, "url": reverse("community:notification-list"), "tag": LAST}
