"""Checks: somebody should look whether an article is still right, or has looked."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.purging import purge_thread
from forums.threads.speaking import persona_of

AGAIN = timedelta(days=180)
"""After so long a page is looked at again when its day has come, unless its owner says otherwise."""


class Check(models.Model):
    """Why somebody looks at an article, since when, and who has done it."""

    class Why(models.TextChoices):
        PUBLISHED = "published", _("It was published")
        UNVERIFIED = "unverified", _("The answer it was made from is not verified any more")
        RELEASED = "released", _("A new version was released")
        READERS = "readers", _("Readers say that it is wrong for their version")
        DUE = "due", _("Its review date has come")
        ASKED = "asked", _("Somebody of the team asked for it")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="checks")
    why = models.CharField(max_length=12, choices=Why.choices)
    about = models.CharField(max_length=40, blank=True, help_text="such as the version that was released")
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    done_as = models.CharField(max_length=60, blank=True, help_text="the persona's name")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "why"], condition=models.Q(done_at__isnull=True), name="one_open_check_per_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.article_id}"


class CheckedArticle:
    """What an article can do about being right."""

    pk: int
    thread: Any
    checks: Any
    checked_at: Any
    checked_as: str
    review_on: Any
    save: Any

    @property
    def open_checks(self) -> Any:
        """Why somebody should look at it now."""
        return self.checks.filter(done_at__isnull=True)

    @transaction.atomic
    def need_check(self, why: str, *, by: Person | None, about: str = "") -> Check:
        """Somebody should look whether it is still right. Repeating it changes nothing."""
        facts = {"asked_by": by, "about": about[:40]}
        row, is_new = Check.objects.get_or_create(article=self, why=why, done_at=None, defaults=facts)
        if is_new:
            purge_thread(self.thread)
            record(Verb.ARTICLE_CHECK_NEEDED, actor=by, subject=self.thread, why=why, about=about, check=row.pk)  # type: ignore[arg-type]
        return row

    @transaction.atomic
    def find_right(self, *, by: Person) -> None:
        """Somebody has looked, and what it says is right now."""
        self.mark_checked(by)
        purge_thread(self.thread)
        record(Verb.ARTICLE_CHECKED, actor=by, subject=self.thread)

    def mark_checked(self, by: Person, why: str = Check.Why.ASKED) -> None:
        """Write down that they have looked: for all that was asked, or of their own accord."""
        done = {"done_by": by, "done_as": persona_of(by), "done_at": timezone.now()}
        if not self.open_checks.update(**done):
            Check.objects.create(article=self, why=why, asked_by=by, **done)  # type: ignore[misc]
        self.checked_at, self.checked_as = done["done_at"], done["done_as"]
        if self.review_on and self.review_on <= timezone.localdate():
            self.review_on = timezone.localdate() + AGAIN
        self.save(update_fields=["checked_at", "checked_as", "review_on"])
