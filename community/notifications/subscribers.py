"""Who is told of what happens to people: roles and keys given and taken, a change that had waited is published."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.kinds import KINDS
from community.notifications.mailing import queue_mail
from community.notifications.notifying import notify
from community.people.models import Person
from community.policy.changing import waiting_of
from community.policy.models import HeldChange

GIVEN = _("You have a new role: {role}.")
TAKEN = _("You no longer have the role: {role}.")
CLOSING = _("Your account will be closed in fourteen days, as you asked.")
NOT_YOU = _("If that was not you, or you changed your mind, sign in and keep it: nothing has changed until then.")
KEY_TAKEN = _("An administrator took back your key “{name}”: {reason}")
SENT = _("Somebody has looked at your message, and it is sent: {title}")
PUBLISHED = _("Somebody has looked at your change, and everybody reads it now: {title}")


@on(Verb.ROLE_GRANTED, Verb.ROLE_REVOKED)
def tell_about_role(event: Event) -> None:
    """The person reads it in the tray; who did it themselves knows already."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None or person.pk == event.actor_id:
        return
    words = GIVEN if event.verb == Verb.ROLE_GRANTED else TAKEN
    role = str(event.details["role"]).replace("_", " ")
    notify(person, "team", url="/settings/", text=format_lazy(words, role=role), event=event)


@on(Verb.CLOSING_ASKED)
def tell_about_closing(event: Event) -> None:
    """Also by mail, in case it was somebody else at their desk."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None:
        return
    url = "/settings/closing/"
    notify(person, "security", url=url, text=CLOSING, event=event)
    words = {"opening": CLOSING, "closing": NOT_YOU, "url": settings.SITE_URL + url, "button": _("Keep my account")}
    reason = KINDS["security"].reason
    queue_mail("account", to=person, key=f"closing-{event.pk}", subject=CLOSING, reason=reason, context=words)


@on(Verb.API_KEY_REVOKED)
def tell_about_key(event: Event) -> None:
    """Whose program stands still hears it, and why, unless they took the key themselves."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is not None and person.pk != event.actor_id and event.details.get("reason"):
        words = format_lazy(KEY_TAKEN, name=event.details["name"], reason=event.details["reason"])
        notify(person, "team", url="/settings/keys/", text=words, event=event)


@on(Verb.CHANGE_PUBLISHED)
def tell_about_change(event: Event) -> None:
    """Their words are there. When they are not published, the team's reasons say so."""
    change = HeldChange.objects.select_related("by").filter(pk=event.subject_id).first()
    waiting = waiting_of(change) if change else None
    if change is not None and waiting is not None:
        words = format_lazy(SENT if waiting.is_private else PUBLISHED, title=waiting.title)
        notify(change.by, "edits", url=waiting.url, text=words, event=event)
