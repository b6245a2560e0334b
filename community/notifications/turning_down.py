"""“Less like this”: the link of a mail that turns down the very thing that brought it, without signing in.

A person may put the kind into the digest, hear less or nothing of the place, or have no more mails of the kind. Each
has an undo, which knows what was said before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.notifications.kinds import KINDS, Kind
from community.notifications.models import Level, Notification
from community.notifications.preferences import wish, wish_for
from community.notifications.watched import Place, level_of, place_at, set_level
from community.people.models import Person

LINK, UNDO = "notifications.less", "notifications.less.undo"


@dataclass(frozen=True)
class Less:
    """Whose mail it was, of which kind, and the place that brought it."""

    person: Person
    kind: Kind
    cause: str

    @property
    def place(self) -> Place | None:
        return place_at(self.cause, self.person)

    @property
    def ways(self) -> list[tuple[str, Any]]:
        """What can be chosen, the mildest first."""
        here = [("track", _("Only in the digest, for “{name}”")), ("mute", _("Nothing more about “{name}”"))]
        place = self.place
        placed = [(key, words.format(name=place.name)) for key, words in here] if place else []
        return [*placed, ("digest", _("All mails like this in the digest")), ("never", _("No mails like this at all"))]

    @transaction.atomic
    def choose(self, way: str) -> str:
        """Do one of the ways. Answers the token that takes it back."""
        now = wish_for(self.person, self.kind.key)
        before = [now.mail, now.digest, level_of(self.person, self.cause)]
        if way in Level.values:
            set_level(self.person, self.cause, way)
        else:
            wish(self.person, self.kind.key, mail=False, digest=way == "digest")
        calm: dict[str, Callable[[], Any]] = {"track": self._into_digest, "digest": self._into_digest}
        calm.get(way, self._forget_waiting)()
        return signing.dumps([self.person.pk, self.kind.key, self.cause, *before], salt=UNDO)

    def _waiting(self) -> Any:
        told = Notification.objects.waiting_for_mail().filter(person=self.person, kind=self.kind.key)
        return told.filter(cause=self.cause) if self.cause else told

    def _into_digest(self) -> None:
        self._waiting().update(by_mail=Notification.ByMail.DIGEST)

    def _forget_waiting(self) -> None:
        self._waiting().update(by_mail="")


def less_url(told: Notification) -> str:
    """Absolute, from the configured address only; it never expires, because mails do not."""
    token = signing.dumps([told.person_id, told.kind, told.cause], salt=LINK)
    return settings.SITE_URL + reverse("community:mail-less", args=[token])


def read_less(token: str) -> Less:
    """What the link is about; an altered one finds nothing."""
    person, kind, cause = _read(token, LINK, 3)
    return Less(get_object_or_404(Person, pk=person), KINDS[kind], cause)


@transaction.atomic
def undo_less(token: str) -> Less:
    """As it was before."""
    person, kind, cause, mail, digest, level = _read(token, UNDO, 6)
    less = Less(get_object_or_404(Person, pk=person), KINDS[kind], cause)
    wish(less.person, kind, mail=mail, digest=digest)
    if less.place:
        set_level(less.person, cause, level)
    return less


def _read(token: str, salt: str, length: int) -> list[Any]:
    try:
        found: list[Any] = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if len(found) != length or found[1] not in KINDS:
        raise Http404
    return found
