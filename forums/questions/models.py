"""Questions: a thread that wants a solution."""

import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.catalogue.models import Product, ProductVersion
from community.people.models import Person
from community.prepared import PreparedRow
from forums.questions.asking import AskingQuerySet
from forums.questions.needing import NeedsInfo, NeedyQuestion
from forums.questions.sharing import SharedQuestion
from forums.questions.solving import SolvableQuestion
from forums.questions.waiting import WaitingQuerySet, WaitingQuestion
from forums.threads.models import Post, Thread

__all__ = ["NeedsInfo", "Question", "SameProblem", "Solution", "Verification"]

MANY = 3
"""People with the same problem that make it everybody's."""


class QuestionQuerySet(AskingQuerySet, models.QuerySet["Question"]):
    """Which questions."""

    def visible_to(self, person: Any) -> Self:
        return self.filter(thread__in=Thread.objects.visible_to(person))

    def for_reading(self) -> Self:
        """With what a page or a row says about its thread."""
        return self.select_related(
            "thread__author",
            "thread__product__brand",
            "thread__product_version",
            "thread__attribution",
            "thread__duplicate_of__merged_into",
        )

    def to_read(self, pk: int) -> Any:
        """The one that somebody reads now. Raises DoesNotExist when it has just gone."""
        if (found := one_for_reading.get(pk=pk)) is None:
            raise self.model.DoesNotExist
        return found

    def listed(self) -> Self:
        """What everybody may read and find: neither merged into another question nor a duplicate of one."""
        return self.filter(
            thread__kind="question",
            thread__is_hidden=False,
            thread__merged_into__isnull=True,
            thread__duplicate_of__isnull=True,
        )

    def unanswered(self) -> Self:
        """Nobody has attempted a solution yet."""
        return self.filter(thread__attempt_count=0, solved_at__isnull=True)

    def solved(self) -> Self:
        return self.filter(solved_at__isnull=False)

    def indexable(self) -> Self:
        """Worth a search engine's while: not those that nobody has answered for a month (or as is set)."""
        old = timezone.now() - timedelta(days=settings.NOINDEX_UNANSWERED_DAYS)
        return self.exclude(thread__answer_count=0, thread__created_at__lt=old)

    def needing_info(self) -> Self:
        """The team waits for the asker."""
        return self.exclude(info_wanted="")

    def about(self, product: Product) -> Self:
        return self.filter(thread__product=product)


class Question(SolvableQuestion, SharedQuestion, NeedyQuestion, models.Model):
    """What makes a thread a question: where it happens, and whether it is solved."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="question")
    environment = models.CharField(max_length=120, blank=True, help_text="such as iPhone 15, Android 16")
    peers_first = models.BooleanField(default=False, help_text="the asker wants to hear from other owners first")
    same_problem_count = models.PositiveIntegerField(default=0)
    solved_at = models.DateTimeField(null=True, blank=True, help_text="kept: when the first solution was accepted")
    verified_for = models.CharField(max_length=40, blank=True, help_text="kept: the version it was last verified for")
    verified_at = models.DateTimeField(null=True, blank=True, help_text="kept: when staff last verified an answer")

    info_wanted = models.CharField(max_length=120, blank=True, help_text="kept: what the asker has to tell the team")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="kept: closed without an answer of the asker")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-same_problem_count", "-thread"],
                condition=models.Q(solved_at__isnull=True, same_problem_count__gte=MANY),
                name="question_of_many",
            )
        ]

    def __str__(self) -> str:
        return str(self.thread)

    def get_absolute_url(self) -> str:
        return self.thread.get_absolute_url()

    @property
    def is_solved(self) -> bool:
        return self.solved_at is not None


one_for_reading = PreparedRow(lambda pk: Question.objects.for_reading().filter(pk=pk), pk=int)


class Solution(models.Model):
    """The asker says that an answer solved it, for an environment. Withdrawing deletes the row."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="solutions")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="solution")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    environment = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="solution_by_age")]


class Verification(models.Model):
    """Staff vouch for an answer, for one product version. Withdrawing deletes the row."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="verifications")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="verifications")
    product_version = models.ForeignKey(ProductVersion, on_delete=models.PROTECT, null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "product_version"], name="one_verification_per_answer_and_version", nulls_distinct=False
            )
        ]

    @property
    def short_alias(self) -> str:
        """The persona's name without its field: "Dora" of "Dora, Bluetooth"."""
        return self.alias.split(",")[0]


class SameProblem(models.Model):
    """Another person has the same problem. Taking it back deletes the row."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="same_problems")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="same_problems")
    product_version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="one_same_problem_per_person")]


def new_key() -> str:
    """What a guest's link is made of."""
    return secrets.token_urlsafe(24)


class GuestQuestion(WaitingQuestion, models.Model):
    """A question of somebody without an account. It waits for their mailbox; once confirmed, only its title stays."""

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=40, help_text="the name to publish it under, unless the address has an account")
    email = models.EmailField(max_length=254, blank=True)
    network = models.CharField(max_length=32, blank=True, help_text="a keyed hash, to count how many come from there")
    locale = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    product_version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, blank=True)
    environment = models.CharField(max_length=120, blank=True)
    tags = models.JSONField(default=list)
    peers_first = models.BooleanField(default=False)
    kept_kinds = models.JSONField(default=list, help_text="kinds of personal data that the asker says are none")
    links_sent = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    question = models.OneToOneField(Question, on_delete=models.CASCADE, null=True, blank=True, related_name="as_guest")

    objects = WaitingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["network", "-created_at"], name="guest_question_by_network"),
            models.Index(fields=["email", "-created_at"], name="guest_question_by_address"),
        ]

    def __str__(self) -> str:
        return self.title


class Hinting(models.Model):
    """What came of showing similar questions to somebody who was about to ask. It says nothing of who that was."""

    key = models.UUIDField(unique=True, help_text="made by the page, one for each time somebody is about to ask")
    is_member = models.BooleanField(default=False)
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    shown = models.PositiveSmallIntegerField(default=0)
    opened = models.PositiveSmallIntegerField(default=0)
    answered_by = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_posted = models.BooleanField(default=False, help_text="the question was asked all the same")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="hinting_by_age")]
