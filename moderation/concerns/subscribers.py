"""Who hears that a concern is there: the auditors, and of an answer whoever gave their name."""

from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from community.people.models import Person
from community.people.roles import CAPABILITIES, Capability
from moderation.concerns.models import Concern

HEARING = [role for role, capabilities in CAPABILITIES.items() if Capability.HEAR_CONCERNS in capabilities]


@on(Verb.CONCERN_RAISED)
def tell_the_auditors(event: Event) -> None:
    """Each of them, without a word of it: the tray may be open beside somebody."""
    concern = Concern.objects.filter(pk=event.subject_id).first()
    if concern is None:
        return
    for auditor in Person.objects.filter(is_active=True, grants__role__in=HEARING).distinct():
        if auditor.can(Capability.HEAR_CONCERNS):
            words = _("Somebody of the team has a word for you alone")
            notify(auditor, "team", url=concern.get_absolute_url(), text=words, event=event)


@on(Verb.CONCERN_ANSWERED)
def tell_the_writer(event: Event) -> None:
    """Without a name there is nobody to tell: they have the address."""
    concern = Concern.objects.select_related("by").filter(pk=event.subject_id).first()
    if concern and concern.by:
        words = _("The auditor has answered you")
        notify(concern.by, "team", url=concern.get_absolute_url(), text=words, event=event)
