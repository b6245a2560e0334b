"""Suggestions: a change to somebody else's post that waits for a yes."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString

from community.people.models import Person
from community.people.roles import Capability
from community.text.diffs import diff_html
from forums.threads.models.post import Post


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Which suggestions."""

    def waiting(self) -> Self:
        return self.filter(state=Suggestion.State.WAITING)

    def visible_to(self, person: Any) -> Self:
        """One's own, and those that one may decide on; about posts that one can read."""
        readable = self.filter(post__in=Post.objects.visible_to(person))
        mine = models.Q(by=person) | models.Q(post__author=person)
        of_an_article = models.Q(post__thread__kind="article", post__kind="opening")
        mine |= of_an_article if person.can(Capability.EDIT_ARTICLES) else models.Q()
        return readable.filter(mine | ~of_an_article if is_reviewer(person) else mine)

    def decided_by(self, person: Any) -> Self:
        """Those that wait for this person, among others: to what they wrote, or to anything for reviewers."""
        mine = self.waiting().visible_to(person).filter(post__is_hidden=False, post__removed_at__isnull=True)
        return mine.exclude(models.Q(by=person) & ~models.Q(post__author=person))


class Suggestion(models.Model):
    """A new wording of a question or answer, by somebody who may not edit it themselves. It says why.

    `base_title` and `base` are the wording it was made from, so that it can be brought together with later edits.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions")
    base_title = models.CharField(max_length=200, blank=True)
    base = models.TextField()
    title = models.CharField(max_length=200, blank=True, help_text="of a question")
    source = models.TextField(help_text="Markdown, as suggested")
    reason = models.CharField(max_length=200)
    version = models.PositiveIntegerField(help_text="of the post it was made from")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text="why it was declined")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"],
                condition=models.Q(state="waiting"),
                name="one_waiting_suggestion_per_person_and_post",
            )
        ]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(state="waiting"), name="suggestion_waiting")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_outdated(self) -> bool:
        """The post has changed since it was made."""
        return self.is_waiting and self.post.version != self.version

    @property
    def diff(self) -> SafeString:
        """What it changes in the text that it was made from."""
        return diff_html(self.base, self.source)

    @property
    def title_diff(self) -> SafeString | str:
        """What it changes in the title; empty when it leaves it."""
        return diff_html(self.base_title, self.title) if self.title != self.base_title else ""


def is_reviewer(person: Any) -> bool:
    """Who may decide on changes to other people's posts: the team, and members from a trust level on."""
    if person.is_team:
        return bool(person.can(Capability.REVIEW_EDITS))
    return bool(person.level >= settings.REVIEW_EDITS_FROM_LEVEL)
