"""A name at another place: proved by a sign-in there, or only suggested, until somebody rules it out."""

import re
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person, name_key
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.identities.weighing import PROOF, Reason, confidence, for_handle

LONGEST = 80
PLACE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,79}")


def clean_place(place: str) -> str:
    """Where the name is used, such as `mastodon` or `x.com`."""
    found = place.strip().casefold().removeprefix("www.")
    if not PLACE.fullmatch(found):
        raise Refusal(_("Say where this name is used, such as mastodon or youtube."), code="no_place", status=422)
    return found


def clean_handle(name: str) -> str:
    """The name without the sign before it."""
    found = name.strip().lstrip("@").strip()
    if not found or len(found) > LONGEST or any(sign.isspace() or not sign.isprintable() for sign in found):
        raise Refusal(_("Give one name, such as @ana_beats."), code="no_name", status=422)
    return found


class HandleQuerySet(models.QuerySet["Handle"]):
    """Which names, and how one becomes known."""

    def visible_to(self, viewer: Any) -> Self:
        """The team at the desk; which customers they may see is asked with the customer."""
        if viewer is None or not viewer.is_authenticated or not viewer.can(Capability.WORK_THE_QUEUE):
            return self.none()
        return self

    def proved(self) -> Self:
        return self.filter(state=Handle.State.PROVED)

    def called(self, place: str, name: str) -> Self:
        return self.filter(place=place, name_key=name_key(name))

    @transaction.atomic
    def suggest(
        self, person: Person, place: str, name: str, *, by: Person, told_by: str = "seen", url: str = ""
    ) -> Any:
        """Somebody who writes elsewhere seems to be this person. It stays a suggestion until they sign in with it."""
        place, name = clean_place(place), clean_handle(name)
        owner = self.called(place, name).proved().exclude(person=person).select_related("person").first()
        if owner is not None:
            raise Refusal(
                _("@%(name)s at %(place)s is %(who)s: they signed in with it.")
                % {"name": name, "place": place, "who": owner.person.username},
                code="proved_by_other",
            )
        reasons = for_handle(person, name, told_by=told_by)
        told = {"name": name, "evidence": [[each.code, each.points] for each in reasons], "by": by, "url": url[:300]}
        row, is_new = self.get_or_create(
            person=person, place=place, name_key=name_key(name), defaults={**told, "confidence": confidence(reasons)}
        )
        if row.state == Handle.State.RULED_OUT:
            raise Refusal(_("Somebody of the team ruled this out before."), code="ruled_out")
        if is_new:
            record(Verb.HANDLE_SUGGESTED, actor=by, subject=person, handle=row.pk, place=place)
        return row

    @transaction.atomic
    def prove(self, person: Person, place: str, name: str) -> Any:
        """They signed in by an account elsewhere: the name is theirs, and nobody else's suggestion any more."""
        facts = {"name": name, "state": Handle.State.PROVED, "confidence": PROOF, "evidence": [["signed_in", PROOF]]}
        known = self.called(place, name).filter(person=person, state=Handle.State.PROVED).first()
        if known is not None:
            return known
        for other in self.called(place, name).exclude(person=person).exclude(state=Handle.State.RULED_OUT):
            other.change_to(Handle.State.RULED_OUT, by=None)
        row, _is_new = self.update_or_create(
            person=person, place=place, name_key=name_key(name), defaults={**facts, "decided_at": timezone.now()}
        )
        record(Verb.HANDLE_PROVED, actor=person, subject=person, handle=row.pk, place=place)
        return row

    @transaction.atomic
    def unprove(self, person: Person, place: str, name: str) -> None:
        """The account elsewhere was taken away again: what is left is that somebody was called so."""
        for row in self.called(place, name).filter(person=person).proved():
            row.delete()
            record(Verb.HANDLE_UNPROVED, actor=person, subject=person, place=place)


class Handle(models.Model):
    """One name at one place, and whose it is, as far as we know."""

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        PROVED = "proved"
        RULED_OUT = "ruled_out"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handles")
    place = models.CharField(max_length=80)
    name = models.CharField(max_length=LONGEST)
    name_key = models.CharField(max_length=160)
    url = models.CharField(max_length=300, blank=True, help_text="where it was seen")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    evidence = models.JSONField(default=list, help_text="reasons with their points")
    confidence = models.PositiveSmallIntegerField(default=0, help_text="per cent; 100 is a proof")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HandleQuerySet.as_manager()

    class Meta:
        ordering = ["-confidence", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "name_key"], name="one_row_per_person_and_handle"),
            models.UniqueConstraint(
                fields=["place", "name_key"],
                condition=models.Q(state="proved"),
                name="one_owner_per_proved_handle",
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.name} at {self.place}"

    @property
    def is_proved(self) -> bool:
        return self.state == self.State.PROVED

    @property
    def is_ruled_out(self) -> bool:
        return self.state == self.State.RULED_OUT

    @property
    def reasons(self) -> list[Reason]:
        """What speaks for it."""
        return [Reason(code, points) for code, points in self.evidence]

    @transaction.atomic
    def rule_out(self, *, by: Person) -> None:
        """It is somebody else; not suggested for this person again."""
        if self.is_proved:
            raise Refusal(_("They signed in with this name: it is theirs."), code="proved")
        self.change_to(self.State.RULED_OUT, by=by)

    @transaction.atomic
    def suggest_again(self, *, by: Person) -> None:
        """Ruling it out was a mistake."""
        if not self.is_ruled_out:
            raise Refusal(_("This is not ruled out."), code="not_ruled_out")
        if Handle.objects.called(self.place, self.name).proved().exists():
            raise Refusal(_("Somebody signed in with this name meanwhile."), code="proved_by_other")
        self.change_to(self.State.SUGGESTED, by=by)

    def change_to(self, state: str, *, by: Person | None) -> None:
        """Another state, written down."""
        self.state, self.decided_at = state, timezone.now()
        self.save(update_fields=["state", "decided_at"])
        verb = Verb.HANDLE_RULED_OUT if state == self.State.RULED_OUT else Verb.HANDLE_SUGGESTED
        record(verb, actor=by, subject=self.person, handle=self.pk, place=self.place)
