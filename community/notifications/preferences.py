"""What a person wants to hear of, and where: the usual unless they said otherwise."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.notifications.kinds import KINDS, Kind
from community.notifications.models import Preference, Unsubscription


@dataclass(frozen=True)
class Wish:
    """One kind, and whether its mails and its lines in the tray are wanted."""

    kind: Kind
    mail: bool
    tray: bool


def wishes_of(person: Any) -> list[Wish]:
    """All kinds with what the person wants."""
    said = {row.kind: row for row in Preference.objects.filter(person=person)}
    return [Wish(kind, (said.get(key) or kind).mail, (said.get(key) or kind).tray) for key, kind in KINDS.items()]


def wish_for(person: Any, key: str) -> Wish:
    """What the person wants of one kind."""
    said = Preference.objects.filter(person=person, kind=key).first() or KINDS[key]
    return Wish(KINDS[key], said.mail, said.tray)


def wish(person: Any, key: str, *, mail: bool | None = None, tray: bool | None = None) -> None:
    """Say what is wanted of a kind; what is not named stays."""
    now = wish_for(person, key)
    Preference.objects.update_or_create(
        person=person,
        kind=key,
        defaults={"mail": now.mail if mail is None else mail, "tray": now.tray if tray is None else tray},
    )


@transaction.atomic
def turn_mail_off(person: Any, key: str) -> Unsubscription:
    """The link in a mail was used: no more mails of this kind."""
    wish(person, key, mail=False)
    return Unsubscription.objects.create(person=person, kind=key)


@transaction.atomic
def undo(unsubscription: Unsubscription) -> bool:
    """Mails of this kind again. Works once; False when it was used before."""
    fresh = Unsubscription.objects.filter(pk=unsubscription.pk, undone_at__isnull=True)
    if not fresh.update(undone_at=timezone.now()):
        return False
    wish(unsubscription.person, unsubscription.kind, mail=True)
    return True
