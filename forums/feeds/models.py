"""The key of a person's own feeds."""

import secrets
from typing import Any, Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person


def new_word() -> str:
    """Something that nobody guesses."""
    return secrets.token_urlsafe(12)


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    """Keys, and how one begins and ends."""

    def opening(self, token: str) -> Self:
        """The key that an address carries; none when it was made up or taken back."""
        try:
            person, word = Signer(salt="feeds").unsign(token).split("_", 1)
        except (BadSignature, ValueError):
            return self.none()
        return self.filter(person=int(person), word=word, person__in=Person.objects.active().not_suspended())

    @transaction.atomic
    def open(self, *, by: Any) -> "FeedKey":
        """Give a person addresses of their own, new ones each time; the ones before lead nowhere from now on."""
        key, _is_new = self.update_or_create(person=by, defaults={"word": new_word()})
        record(Verb.FEEDS_OPENED, actor=by, subject=by)
        return key

    @transaction.atomic
    def close(self, *, by: Any) -> None:
        """Take a person's addresses back. Repeating it changes nothing."""
        if self.filter(person=by).delete()[0]:
            record(Verb.FEEDS_CLOSED, actor=by, subject=by)


class FeedKey(models.Model):
    """Whoever knows the address reads a person's own feeds: feed readers cannot sign in."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="feed_key"
    )
    word = models.CharField(max_length=40, default=new_word, help_text="signed, it is part of the address")
    created_at = models.DateTimeField(auto_now=True)

    objects = FeedKeyQuerySet.as_manager()

    @property
    def token(self) -> str:
        """What the address carries. It is worth nothing without the site's own key."""
        return Signer(salt="feeds").sign(f"{self.person_id}_{self.word}")
