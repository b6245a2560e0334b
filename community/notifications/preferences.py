"""What a person wants to hear of, and where: the usual unless they said otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.notifications.kinds import KINDS, Kind, listed
from community.notifications.models import Notification, Preference, Unsubscription
from community.prepared import PreparedRow


@dataclass(frozen=True)
class Wish:
    """One kind, and where it is wanted: in a mail of its own, in the tray, in the digest, on the person's devices."""

    kind: Kind
    mail: bool
    tray: bool
    digest: bool
    push: bool

    @property
    def by_mail(self) -> str:
        """At once, in the digest, or not at all."""
        return "now" if self.mail else "digest" if self.digest else "never"

    def way(self, is_tracked: bool = False) -> str:
        """How a mail brings it; what is only tracked waits for the digest."""
        if self.mail and not (is_tracked and not self.kind.is_own):
            return Notification.ByMail.ALONE
        return Notification.ByMail.DIGEST if self.mail or self.digest else ""


def _wish(kind: Kind, said: Preference | None) -> Wish:
    source = said or kind
    return Wish(kind, kind.mail and source.mail, source.tray, kind.mail and source.digest, source.push)


def wishes_of(person: Any) -> list[Wish]:
    """All kinds that one can choose about, with what the person wants."""
    said = {row.kind: row for row in Preference.objects.filter(person=person)}
    return [_wish(kind, said.get(kind.key)) for kind in listed(person.is_team)]


def wish_for(person: Any, key: str) -> Wish:
    """What the person wants of one kind."""
    return _wish(KINDS[key], Preference.objects.filter(person=person, kind=key).first())


def wishes_for(people: Collection[int]) -> dict[tuple[int, str], Wish]:
    """What these people have said, by person and kind, in one question; who said nothing is not in it."""
    rows = said_by.all(people=list(people))
    return {(row.person_id, row.kind): _wish(KINDS[row.kind], row) for row in rows if row.kind in KINDS}


said_by = PreparedRow(lambda people: Preference.objects.filter(person__among=people), people=list)


def usual(key: str) -> Wish:
    """What holds until somebody chooses."""
    return _wish(KINDS[key], None)


def wish(
    person: Any,
    key: str,
    *,
    mail: bool | None = None,
    tray: bool | None = None,
    digest: bool | None = None,
    push: bool | None = None,
) -> None:
    """Say what is wanted of a kind; what is not named stays."""
    now = wish_for(person, key)
    chosen = {"mail": mail, "tray": tray, "digest": digest, "push": push}
    fields = {name: getattr(now, name) if value is None else value for name, value in chosen.items()}
    Preference.objects.update_or_create(person=person, kind=key, defaults=fields)


@transaction.atomic
def turn_mail_off(person: Any, key: str) -> Unsubscription:
    """The link in a mail was used: no more mails of this kind, and no lines in the digest."""
    now = wish_for(person, key)
    standing = Unsubscription.objects.filter(person=person, kind=key, undone_at__isnull=True).order_by("pk").last()
    before = standing if standing and now.by_mail == "never" else now
    wish(person, key, mail=False, digest=False)
    Notification.objects.filter(person=person, kind=key, mailed_at__isnull=True).update(by_mail="")
    return Unsubscription.objects.create(person=person, kind=key, mail=before.mail, digest=before.digest)


@transaction.atomic
def undo(unsubscription: Unsubscription) -> bool:
    """Mails of this kind as before. Works once; False when it was used before."""
    fresh = Unsubscription.objects.filter(pk=unsubscription.pk, undone_at__isnull=True)
    if not fresh.update(undone_at=timezone.now()):
        return False
    wish(unsubscription.person, unsubscription.kind, mail=unsubscription.mail, digest=unsubscription.digest)
    return True
