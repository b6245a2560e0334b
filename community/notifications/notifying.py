"""notify(): tell a person something, in the tray and by mail, as they wish."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from community.events.models import Event
from community.live.broadcasting import broadcast
from community.notifications.addresses import MARKER
from community.notifications.mailing import queue_mail
from community.notifications.models import Notification
from community.notifications.preferences import wish_for
from community.people.distance import may_reach
from community.people.models import Person
from community.prepared import Prepared


@dataclass(frozen=True)
class Letter:
    """What the mail of a notification says beyond its sentence. Nothing in it may be private.

    `subject` stays the same for all mails of a `chain` ("thread-42"), so that they show as one thread.
    `reply_to` is the person's signed address for replies; `reply_hint` says what becomes of one.
    """

    subject: Any
    excerpt: str = ""
    button: Any = ""
    chain: str = ""
    by: str = ""
    reply_to: str = ""
    reply_hint: Any = ""
    extra: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def notify(
    person: Person,
    kind: str,
    *,
    url: str,
    text: Any,
    event: Event | None = None,
    letter: Letter | None = None,
    sender: int | None = None,
) -> Notification | None:
    """Tell a person, once for each event: a line in the tray and, with a `letter`, a mail; each only if wanted.

    `text` may be lazy: it is said in the person's language. People who cannot sign in are told nothing, and nobody is
    told of what a `sender` (their id) did whom they ignore or have blocked.
    """
    if not person.is_active or person.is_suspended or not may_reach(person, sender):
        return None
    wanted = wish_for(person, kind)
    with translation.override(person.locale or settings.LANGUAGE_CODE):
        sentence = str(text)[:300]
    notification = _put_in_tray(person, kind, url, sentence, event) if wanted.tray else None
    if letter and wanted.mail and event:
        queue_mail(
            "notification",
            to=person,
            key=f"event-{event.pk}-person-{person.pk}",
            kind=kind,
            subject=letter.subject,
            chain=letter.chain,
            reply_to=letter.reply_to,
            context={
                "marker": MARKER if letter.reply_to else "",
                "sentence": sentence,
                "letter": letter,
                "url": url if url.startswith("http") else settings.SITE_URL + url,
            },
        )
    return notification


def _put_in_tray(person: Person, kind: str, url: str, sentence: str, event: Event | None) -> Notification:
    fields = {"kind": kind, "url": url, "text": sentence}
    if event is None:
        notification, is_new = Notification.objects.create(person=person, **fields), True
    else:
        notification, is_new = Notification.objects.get_or_create(person=person, event=event, defaults=fields)
    if is_new:
        show_badge(person)
    return notification


def show_badge(person: Person) -> None:
    """Every open page of the person shows the number of unread notifications."""
    broadcast(f"tray:{person.pk}", "community/notifications/_badge.html", lambda: {"unread": unread_count(person)})


def waiting(person: int) -> QuerySet[Notification, tuple[Any, ...]]:
    """What somebody has not read, up to a hundred."""
    return Notification.objects.filter(person=person).unread().values_list("pk")[:100]


prepared = Prepared(waiting, person=int)


def unread_count(person: Person) -> int:
    """How many notifications wait; counted up to a hundred."""
    return len(prepared.rows(person=person.pk))
