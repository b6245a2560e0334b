"""A wave: many accounts that join from one place, or many posts that say the same. And the marks it is seen by."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from community.people.crisis import Crisis
from community.people.models import Person
from community.people.roles import Capability
from forums.threads.models import Post


class MarkQuerySet(models.QuerySet["Mark"]):
    """Which marks."""

    def forget(self) -> int:
        """What is too old to be part of a wave, or to show what is usual here. Answers how many rows."""
        old = timezone.now() - timedelta(days=settings.ARRIVALS_KEPT_DAYS)
        return self.filter(created_at__lt=old).delete()[0]


class Mark(models.Model):
    """A post shows a fingerprint: a place it leads to, a number, some words. Those of known people are usual."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="marks")
    value = models.CharField(max_length=16)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    is_known = models.BooleanField(default=False, help_text="its author was known here, or of the team")
    created_at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "value"], name="a_post_has_a_mark_once")]
        indexes = [models.Index(fields=["value", "-created_at"], name="mark_by_value")]


COUNT_AGAIN = """
    UPDATE waves_wave SET last_at = %s,
        posts = (SELECT coalesce(sum(posts), 0) FROM waves_wavemember WHERE wave_id = waves_wave.id)
    WHERE id = (SELECT id FROM waves_wave WHERE id = %s FOR UPDATE SKIP LOCKED) RETURNING posts, last_at
"""
ONE_MORE = """
    INSERT INTO waves_wavemember (wave_id, person_id, posts, created_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (wave_id, person_id) DO UPDATE SET posts = waves_wavemember.posts + excluded.posts
    RETURNING xmax = 0
"""


class WaveQuerySet(models.QuerySet["Wave"]):
    """Which waves."""

    def visible_to(self, person: Any) -> Self:
        """For moderators of everything."""
        if not person.is_authenticated or not person.can(Capability.MODERATE):
            return self.none()
        return self if person.brands_for(Capability.MODERATE) is None else self.none()

    def going_on(self) -> Self:
        return self.filter(state=Wave.State.OPEN)


class Wave(models.Model):
    """One alarm, with whoever is part of it, until a moderator judges it or nothing more comes."""

    class Kind(models.TextChoices):
        SIGN_UPS = "sign_ups"
        POSTS = "posts"
        FLOOD = "flood"  # many posts of new people, alike or not

    class State(models.TextChoices):
        OPEN = "open"
        OVER = "over"  # nothing more came; what was done stands
        CONFIRMED = "confirmed"
        FALSE_ALARM = "false_alarm"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    what = models.CharField(max_length=200, help_text="what is shared: cheap.example, a run of words, a network")
    marks = ArrayField(models.CharField(max_length=32), default=list, help_text="fingerprints, or hashes of a network")
    posts = models.PositiveIntegerField(default=0, help_text="seen so far, also those that were held")
    crisis = models.ForeignKey(Crisis, on_delete=models.SET_NULL, null=True, related_name="waves")
    batch = models.UUIDField(help_text="of what the rule did, to be undone together")
    confirmed_batch = models.UUIDField(null=True, blank=True, help_text="of what a moderator did about its accounts")
    first_at = models.DateTimeField(help_text="of its first post or sign-up")
    started_at = models.DateTimeField(default=timezone.now, help_text="of the alarm")
    last_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, through="WaveMember", related_name="waves")

    objects = WaveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="wave_by_state")]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("moderation:wave-detail", args=[self.pk])

    @property
    def is_going_on(self) -> bool:
        return self.state == self.State.OPEN

    def take_in(self, person: Person, posts: int) -> bool:
        """So many more posts of this account, in one statement. Answers whether it is new here."""
        with connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [self.pk, person.pk, posts, timezone.now()])
            return bool(cursor.fetchone()[0])

    def count_again(self) -> None:
        """How many posts its accounts have, as of now. Whoever finds somebody else counting leaves it to them.

        In the middle of a wave all workers come here at once, and none may wait for the others.
        """
        with connection.cursor() as cursor:
            cursor.execute(COUNT_AGAIN, [timezone.now(), self.pk])
            if counted := cursor.fetchone():
                self.posts, self.last_at = counted

    def _posts_of_all(self) -> int:
        return self.members.aggregate(n=models.Sum("posts"))["n"] or 0

    def close(self, state: str, *, by: Person | None, why: str) -> None:
        """It is judged, or over."""
        self.state, self.ended_at, self.ended_by, self.ended_why = state, timezone.now(), by, why[:300]
        self.posts = self._posts_of_all()
        self.save(update_fields=["state", "ended_at", "ended_by", "ended_why", "posts"])


class WaveMember(models.Model):
    """An account that is part of a wave."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    posts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="a_person_is_once_in_a_wave")]
        ordering = ["-posts", "person_id"]
