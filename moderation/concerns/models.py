"""Concerns: what somebody of the team tells the auditor, and nobody else."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from community.tokens import new_token

LONGEST = 8_000


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Which concerns."""

    def visible_to(self, person: Any) -> Self:
        """The auditor's are all; of the others everybody has their own. No other role opens any, also not above it."""
        return self if person.can(Capability.HEAR_CONCERNS) else self.filter(by=person.pk).exclude(by=None)

    def opened_with(self, token: str, person: Any) -> Self:
        """The one with this address. Without a name the address itself is what its writer has."""
        rows = self.filter(token=token)
        return rows if person.can(Capability.HEAR_CONCERNS) else rows.filter(Q(by=person.pk) | Q(by=None))

    def with_last_word(self) -> Self:
        """With whose word is the last, and when it was said."""
        last = Word.objects.filter(concern=OuterRef("pk")).order_by("-pk")
        side, at = Subquery(last.values("side")[:1]), Subquery(last.values("created_at")[:1])
        return self.annotate(last_side=side, last_at=at).order_by("-last_at")

    @transaction.atomic
    def raise_with(self, text: str, *, by: Person, is_nameless: bool) -> "Concern":
        """Tell the auditor. Nameless: no row, no event and no line of the log then says who it was."""
        if not by.can(Capability.RAISE_CONCERNS):
            raise Refusal(_("This is for people who work here."), code="not_team", status=403)
        concern = self.create(by=None if is_nameless else by)
        concern.say(text, side=Word.Side.WRITER)
        return concern


class Concern(models.Model):
    """One matter between a person of the team and the auditor."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    by = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="concerns", help_text="or nameless"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"concern {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that its writer and the auditor share."""
        return reverse("moderation:concern-detail", args=[self.token])

    @transaction.atomic
    def say(self, text: str, *, side: str, by: Person | None = None) -> "Word":
        """One more word. The log of the team's deeds hears of the auditor's only as a deed, and never of the writer."""
        if not text.strip():
            raise Refusal(_("Say what it is about."), code="empty", status=422)
        word = self.words.create(side=side, text=text.strip()[:LONGEST])
        if side == Word.Side.WRITER:
            record(Verb.CONCERN_RAISED, actor=None, subject=self)
        else:
            record(Verb.CONCERN_ANSWERED, actor=by, subject=self)
        return word


class Word(models.Model):
    """What one of the two said. It is never changed."""

    class Side(models.TextChoices):
        WRITER = "writer"
        AUDITOR = "auditor"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="words")
    side = models.CharField(max_length=8, choices=Side.choices)
    text = models.TextField(max_length=LONGEST)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"word {self.pk} of concern {self.concern_id}"
