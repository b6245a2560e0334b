"""notify() and tell(): tell one person something, or many; in the tray, by mail and on their devices, as they wish.

Both only write rows, and both may be repeated: nobody is told of one event twice. Mails are written later, by
`rounds`, which knows how many somebody wants and when.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from community.events.models import Event
from community.notifications.badges import show_badges
from community.notifications.folding import fold
from community.notifications.kinds import KINDS
from community.notifications.models import Notification
from community.notifications.newcomers import told_from
from community.notifications.preferences import Wish, usual, wishes_for
from community.notifications.pushing import push_all
from community.notifications.turns import take_turns
from community.people.distance import out_of_reach
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

    def spoken(self) -> dict[str, str]:
        """Its words in the language of the moment, as the row keeps them."""
        words = {"excerpt": self.excerpt, "button": self.button, "reply_to": self.reply_to, "hint": self.reply_hint}
        return {name: str(value) for name, value in words.items() if value}


@dataclass(frozen=True)
class Telling:
    """What one person is told. `text` and `reason` may be lazy: they are said in the person's language.

    `cause` is the place by which it reached them ("product:7", "thread:42"), which the mail's "less like this" can
    turn down; without a `reason` it is the kind's own. What is only tracked is told in the tray and in the digest.
    """

    person: Person
    kind: str
    text: Any
    url: str
    letter: Letter | None = None
    reason: Any = ""
    cause: str = ""
    is_tracked: bool = False

    def row(self, event: Event | None, wish: Wish) -> Notification:
        """The row, not saved yet."""
        with translation.override(self.person.locale or settings.LANGUAGE_CODE):
            return Notification(
                person=self.person,
                event=event,
                kind=self.kind,
                url=self.url,
                text=str(self.text)[:500],
                reason=str(self.reason or KINDS[self.kind].reason)[:200],
                title=str(self.letter.subject)[:300] if self.letter else "",
                chain=self.letter.chain if self.letter else "",
                cause=self.cause,
                letter=self.letter.spoken() if self.letter else None,
                in_tray=wish.tray,
                by_mail=wish.way(self.is_tracked) if self.letter else "",
            )


def notify(
    person: Person,
    kind: str,
    *,
    url: str,
    text: Any,
    event: Event | None = None,
    letter: Letter | None = None,
    sender: int | None = None,
    reason: Any = "",
    cause: str = "",
) -> None:
    """Tell a person, once for each event: a line in the tray and, with a `letter`, a mail; each only if wanted.

    People who cannot sign in are told nothing, and nobody is told of what a `sender` (their id) did whom they ignore
    or have blocked.
    """
    tell([Telling(person, kind, text, url, letter, reason, cause)], event=event, sender=sender)


@transaction.atomic
def tell(tellings: Sequence[Telling], *, event: Event | None, sender: int | None = None) -> None:
    """Tell many people of one event, in a handful of statements. Whoever has heard of it is not told again."""
    welcome = reachable([one.person.pk for one in tellings], sender)
    if event is not None:
        welcome -= {pk for (pk,) in told_of.rows(event=event.pk, people=list(welcome))}
    said = wishes_for(welcome)
    rows: dict[int, Notification] = {}
    on_devices: list[Notification] = []
    for one in tellings:
        if one.person.pk in welcome and one.person.pk not in rows:
            wish = said.get((one.person.pk, one.kind)) or usual(one.kind)
            rows[one.person.pk] = one.row(event, wish)
            on_devices += [rows[one.person.pk]] if wish.push and not one.is_tracked else []
    told = list(rows.values())
    Notification.objects.bulk_create(told, ignore_conflicts=event is not None, batch_size=500)
    in_tray = [row for row in told if row.in_tray]
    for chain in {row.chain for row in in_tray}:
        fold(chain, [row.person_id for row in in_tray if row.chain == chain])
    show_badges([row.person_id for row in in_tray])
    take_turns([row.person_id for row in told if row.by_mail], max(timezone.now(), told_from(event)))
    push_all(on_devices, event)


def reachable(people: Collection[int], sender: int | None) -> set[int]:
    """Who of these may sign in, and does not keep the sender at a distance."""
    welcome = {pk for (pk,) in may_sign_in.rows(people=list(people), now_at=timezone.now())}
    return welcome - (out_of_reach(sender) - {sender})


may_sign_in = Prepared(
    lambda people, now_at: Person.objects.active().not_suspended(now_at).filter(pk__among=people).values_list("pk"),
    people=list,
    now_at=datetime,
)
told_of = Prepared(
    lambda event, people: Notification.objects.filter(event=event, person__among=people).values_list("person"),
    event=int,
    people=list,
)
