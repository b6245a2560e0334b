"""Closing one's account: asked for, taken back within fourteen days, and then done, once and for all.

What becomes of each kind of thing is said by the app that keeps it, in its `at_closing.py`:

@leaves(_("Files you shared"), count=lambda person: person.attachments.count(), kept=_("…"), removed=_("…"))
def files(leaving): …

They are done in the transaction of the closing, while the account is still itself; its name and its ways in go last.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.fragments import forget_fragments
from community.people.audience import Audience
from community.people.distance import Block, Ignore
from community.people.models import Person, Persona
from community.refusals import Refusal

DAYS = 14


class ClosingQuerySet(models.QuerySet["Closing"]):
    """Which closings, and how one is asked for."""

    def standing(self) -> Self:
        """Asked for, and neither taken back nor done."""
        return self.filter(withdrawn_at=None, done_at=None)

    def due(self) -> Self:
        return self.standing().filter(due_at__lte=timezone.now())

    @transaction.atomic
    def ask(self, person: Person, *, texts: str) -> "Closing":
        """In fourteen days the account is closed. Asked twice, it is one wish, and its day stays."""
        if person.current_grants:
            sentence = _("You have a role here. Ask an administrator to take it back first.")
            raise Refusal(sentence, code="has_role")
        due = timezone.now() + timedelta(days=DAYS)
        row, is_new = self.standing().get_or_create(person=person, defaults={"texts": texts, "due_at": due})
        if is_new:
            record(Verb.CLOSING_ASKED, actor=person, subject=person, due=row.due_at.isoformat())
        return row


class Closing(models.Model):
    """The wish, with what is to become of the texts."""

    class Texts(models.TextChoices):
        KEEP = "keep"
        REMOVE = "remove"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="closings")
    texts = models.CharField(max_length=6, choices=Texts.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        app_label = "people"
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="closing_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(withdrawn_at=None, done_at=None),
                name="one_standing_closing_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"closing {self.pk}"

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """They stay. Nothing happens when it is done or taken back already."""
        if type(self).objects.standing().filter(pk=self.pk, person=by).update(withdrawn_at=timezone.now()):
            record(Verb.CLOSING_WITHDRAWN, actor=by, subject=by)


@dataclass(frozen=True)
class Leaving:
    """Somebody who goes: with which name until now, by which one from now on, and whether their texts go too."""

    person: Person
    name: str
    called: str
    takes_texts: bool


@dataclass(frozen=True)
class Effect:
    """What becomes of one kind of thing, in words for the preview."""

    label: Any
    count: Callable[[Person], int]
    kept: Any
    removed: Any
    do: Callable[[Leaving], None]


_effects: list[Effect] = []


def leaves(label: Any, *, count: Callable[[Person], int], kept: Any, removed: Any = "") -> Callable[..., Any]:
    """Register what becomes of something; `removed` says it where texts go as well, when that differs."""

    def register(do: Callable[[Leaving], None]) -> Callable[[Leaving], None]:
        _effects.append(Effect(label, count, kept, removed or kept, do))
        return do

    return register


def effects_for(person: Person) -> list[dict[str, Any]]:
    """The preview: each kind of thing of which there is any, with what becomes of it."""
    told = [(effect, effect.count(person)) for effect in _effects]
    return [
        {"label": effect.label, "count": count, "kept": effect.kept, "removed": effect.removed}
        for effect, count in told
        if count
    ]


def close_account(row: Closing) -> None:
    """Do it. Whoever took it back in the last moment stays."""
    with transaction.atomic():
        due = Closing.objects.due().select_for_update(of=("self",)).select_related("person")
        closing = due.filter(pk=row.pk).first()
        if closing is None or closing.person.current_grants:
            return
        person = closing.person
        leaving = Leaving(person, person.username, new_name(), closing.texts == Closing.Texts.REMOVE)
        for effect in _effects:
            effect.do(leaving)
        person.take_picture_down(by=person)
        empty(person, leaving.called)
        closing.done_at = timezone.now()
        closing.save(update_fields=["done_at"])
        record(Verb.ACCOUNT_CLOSED, actor=None, subject=person, took_texts=leaving.takes_texts)
        transaction.on_commit(forget_fragments)


def empty(person: Person, name: str) -> None:
    """Nobody signs in with it any more, and nothing in it says whose it was."""
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user=person).delete()
    for mine in (Audience, Ignore, Block, Persona):
        mine.objects.filter(person=person).delete()  # type: ignore[attr-defined]
    person.end_sessions()
    closed = Person(
        pk=person.pk, username=name, created_at=first_of_month(person.created_at), is_active=False,
        locale=person.locale, hue=person.hue,
    )  # fmt: skip
    closed.set_unusable_password()
    closed.save(force_update=True)


def first_of_month(moment: datetime) -> datetime:
    """The day on which somebody joined could tell who they were."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def new_name() -> str:
    """Such as former-member-8f3a: one of many."""
    while True:
        name = f"former-member-{secrets.token_hex(3)}"
        if not Person.objects.holding(name).exists():
            return name
