"""Who is told of what happens to people: roles given and taken."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from community.people.models import Person

GIVEN = _("You have a new role: {role}.")
TAKEN = _("You no longer have the role: {role}.")


@on(Verb.ROLE_GRANTED, Verb.ROLE_REVOKED)
def tell_about_role(event: Event) -> None:
    """The person reads it in the tray; who did it themselves knows already."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None or person.pk == event.actor_id:
        return
    words = GIVEN if event.verb == Verb.ROLE_GRANTED else TAKEN
    role = str(event.details["role"]).replace("_", " ")
    notify(person, "team", url="/settings/", text=format_lazy(words, role=role), event=event)
