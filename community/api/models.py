"""Keys of programs: shown once, kept as a digest, and good only as long as their owner may come in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.api.scopes import SCOPES
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import LONGEST_REASON, Refusal

SIGN = "plk_"
"""How a key begins, so that people and scanners recognise one."""
SHOWN = 12
NOTED_EVERY = timedelta(minutes=1)


def digest_of(token: str) -> str:
    """What is kept of a key. It is 256 random bits, so a quick digest is as good as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Which keys, and how one begins."""

    def visible_to(self, person: Any) -> Self:
        """Everybody sees their own; an administrator all of them."""
        return self if person.can(Capability.ADMINISTER) else self.filter(person=person)

    def in_force(self) -> Self:
        """Neither taken back nor past their day."""
        lasting = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=timezone.now())
        return self.filter(lasting, revoked_at__isnull=True)

    def opening(self, token: str) -> "ApiKey | None":
        """The key that somebody shows, when it still opens."""
        return self.in_force().filter(digest=digest_of(token)).first() if token.startswith(SIGN) else None

    @transaction.atomic
    def make(self, *, by: Person, name: str, scopes: list[str], expires_at: datetime | None) -> tuple["ApiKey", str]:
        """A new key, and the words that open it: this is the only time that anybody sees them."""
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one after the other, so that the most holds
        if self.filter(person=by).in_force().count() >= settings.API_KEYS_A_PERSON:
            sentence = _("You have %(most)s keys, which is the most. Take one back that you no longer use.")
            raise Refusal(sentence % {"most": settings.API_KEYS_A_PERSON}, code="too_many_keys")
        if self.filter(person=by, name=name, revoked_at__isnull=True).exists():
            raise Refusal(_("You have a key of this name. Take it back first."), code="name_taken", status=422)
        token = SIGN + secrets.token_urlsafe(32)
        kept = {"name": name, "scopes": [one for one in SCOPES if one in scopes], "expires_at": expires_at}
        key = self.create(person=by, begins=token[:SHOWN], digest=digest_of(token), is_of_team=by.is_team, **kept)
        record(Verb.API_KEY_MADE, actor=by, subject=by, key=key.pk, scopes=key.scopes)
        return key, token


class ApiKey(models.Model):
    """A program acts for a person, within its scopes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=60)
    begins = models.CharField(max_length=SHOWN, help_text="its first letters, by which its owner knows it again")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    is_of_team = models.BooleanField(default=False, help_text="its owner was of the team, and had a second factor")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=models.Q(revoked_at__isnull=True), name="one_key_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Taken back, or past its day."""
        return bool(self.revoked_at or (self.expires_at and self.expires_at <= timezone.now()))

    def note_use(self) -> None:
        """When it was last used, to the minute."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at > NOTED_EVERY:
            ApiKey.objects.filter(pk=self.pk).update(last_used_at=now)

    @transaction.atomic
    def revoke(self, *, by: Person, reason: str = "") -> None:
        """It opens nothing from now on; somebody else's is taken with a reason. Repeating it changes nothing."""
        is_own, reason = by.pk == self.person_id, reason.strip()[:LONGEST_REASON]
        if not is_own and not by.can(Capability.ADMINISTER):
            raise Refusal(_("This key belongs to somebody else."), code="not_yours", status=403)
        if not is_own and not reason:
            raise Refusal(_("Say why, so that its owner can be told."), code="reason_missing", status=422)
        if ApiKey.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            facts = {"key": self.pk, "name": self.name, "reason": reason}
            record(Verb.API_KEY_REVOKED, actor=by, subject=self.person, **facts)
