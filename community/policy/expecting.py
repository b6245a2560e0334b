"""How long somebody whose words wait for a look will wait, told from how long others waited lately."""

from datetime import timedelta
from statistics import median

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.events.models import Event
from community.events.verbs import Verb

HELD = [Verb.POST_HELD, Verb.CHANGE_HELD]
LOOKED_AT = [Verb.POST_PUBLISHED, Verb.POST_HIDDEN, Verb.CHANGE_PUBLISHED, Verb.CHANGE_DECLINED]
ENOUGH, MOST, LATELY = 5, 50, timedelta(days=30)
HOUR = timedelta(hours=1)


def usual_wait() -> timedelta:
    """What half of those who waited in the last month waited less than; the setting, while there were too few."""
    same = {"subject_type": OuterRef("subject_type"), "subject_id": OuterRef("subject_id")}
    began = Event.objects.filter(**same, verb__in=HELD, pk__lt=OuterRef("pk")).order_by("-pk").values("created_at")[:1]
    looked_at = Event.objects.filter(verb__in=LOOKED_AT, created_at__gt=timezone.now() - LATELY).order_by("-pk")
    ends = looked_at.annotate(began=Subquery(began)).values_list("began", "created_at")[: 4 * MOST]
    spans = [ended - begun for begun, ended in ends if begun is not None][:MOST]
    if len(spans) < ENOUGH:
        return timedelta(hours=settings.LOOKED_AT_WITHIN_HOURS)
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def expected() -> str:
    """The same in words for the person who waits: "usually within 3 hours"."""
    hours = max(1, -(-usual_wait() // HOUR))
    if hours <= 1:
        return _("usually within an hour")
    if hours <= 24:
        return ngettext("usually within %(n)s hour", "usually within %(n)s hours", hours) % {"n": hours}
    days = -(-hours // 24)
    return ngettext("usually within %(n)s day", "usually within %(n)s days", days) % {"n": days}
