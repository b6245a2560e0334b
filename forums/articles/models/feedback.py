"""Feedback: whether an article helped, said once a day by each reader, with or without an account."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.live.purging import purge
from community.people.models import Person
from community.refusals import Refusal
from community.search.noting import impersonal
from forums.articles.models.check import Check

WRONG_WITHIN, WRONG_ENOUGH = timedelta(days=7), 5  # AC-KB-6


class Feedback(models.Model):
    """What one reader said of an article on one day. Without an account they are known by a hash of their network."""

    class Reason(models.TextChoices):
        VERSION = "version", gettext_lazy("It is wrong for my version")
        FAILED = "failed", gettext_lazy("I did what it says, and it did not work")
        UNCLEAR = "unclear", gettext_lazy("I do not understand it")
        ELSEWHERE = "elsewhere", gettext_lazy("I was looking for something else")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="feedback")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=32, blank=True, help_text="of somebody without an account")
    day = models.DateField()
    has_helped = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    words = models.CharField(max_length=100, blank=True, help_text="looked for, without private details")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person", "visitor", "day"], name="one_say_per_person_and_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, visitor="") | (models.Q(person=None) & ~models.Q(visitor="")),
                name="feedback_is_of_a_person_or_a_visitor",
            ),
        ]
        indexes = [models.Index(fields=["article", "reason", "-day"], name="feedback_by_reason")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.has_helped}"


class JudgedArticle:
    """What an article can do about having helped."""

    pk: int
    feedback: Any
    is_listed: bool
    need_check: Any

    @transaction.atomic
    def judge(
        self, has_helped: bool, *, by: Person | None, visitor: str = "", reason: str = "", words: str = ""
    ) -> Feedback:
        """Say whether it helped. Who says it again on the same day has changed their mind."""
        if not self.is_listed:
            raise Refusal(_("This page is not published."), code="not_here", status=404)
        said = {"has_helped": has_helped, "reason": "" if has_helped else reason, "words": impersonal(words)[:100]}
        whose = {"person": by, "visitor": "" if by else visitor, "day": timezone.localdate()}
        before = self.feedback.select_for_update().filter(**whose).first()
        row, _is_new = Feedback.objects.update_or_create(article=self, **whose, defaults=said)
        step = int(has_helped) - int(bool(before and before.has_helped))
        if step:
            type(self).objects.filter(pk=self.pk).update(helped_count=F("helped_count") + step)  # type: ignore[attr-defined]
            purge("articles")
        if row.reason == Feedback.Reason.VERSION:
            self.doubt_version()
        return row

    def doubt_version(self) -> None:
        """When so many say within a week that it is wrong for their version, somebody has to look."""
        since: date = timezone.localdate() - WRONG_WITHIN
        wrong = self.feedback.filter(reason=Feedback.Reason.VERSION, day__gt=since)
        if wrong.count() >= WRONG_ENOUGH:
            self.need_check(Check.Why.READERS, by=None)
