"""A post: every text that a person wrote in a thread."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from community.events.models import Event
from community.events.verbs import Verb
from community.people.labels import Label, signature, tie
from community.people.models import Person
from forums.threads.models.editing import EditablePost
from forums.threads.models.hiding_posts import HideablePost
from forums.threads.models.redaction import RedactablePost
from forums.threads.models.thread import Thread, brands_overseen_by
from forums.threads.models.voting import VotablePost

ANSWERS_ON_ONE_PAGE = 20
OPENINGS = (Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN)
"""What is about a thread; every other verb of a text is about its post."""


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts."""

    def visible_to(self, person: Any) -> Self:
        """What this person may read: published posts, their own held ones, and all for moderators."""
        if person is None or not person.is_authenticated:
            return self.filter(is_hidden=False, removed_at__isnull=True, thread__is_hidden=False)
        brands = brands_overseen_by(person)
        if brands is None:
            return self
        mine = models.Q(author=person, hiding__isnull=True, removed_at__isnull=True)
        seen = models.Q(is_hidden=False, removed_at__isnull=True) | mine
        seen &= models.Q(thread__in=Thread.objects.visible_to(person))
        return self.filter(seen | models.Q(thread__product__brand__slug__in=brands) if brands else seen)

    def for_events(self) -> Self:
        """With all that the subscribers of its events ask of it."""
        return self.select_related(
            "author", "parent__author", "thread__author", "thread__merged_into", "thread__product__brand"
        )

    def written_in(self, event: Event) -> "Post | None":
        """The post that an event wrote or changed; of a new thread it is the opening."""
        if event.verb in OPENINGS:
            return self.filter(thread=event.subject_id, kind=Post.Kind.OPENING).first()
        return event.subject if isinstance(event.subject, Post) else None

    def waiting_of(self, person: Person) -> Self:
        """Their answers and comments that the gate holds and nobody has decided on."""
        held = self.filter(author=person, is_hidden=True, hiding__isnull=True, removed_at__isnull=True)
        return held.exclude(kind=Post.Kind.OPENING)

    def answers(self) -> Self:
        return self.filter(kind=Post.Kind.ANSWER)


class Post(EditablePost, VotablePost, HideablePost, RedactablePost, models.Model):
    """The opening of a thread, an answer to it, or a comment on either (depth two). `html` is made once, on write."""

    class Kind(models.TextChoices):
        OPENING = "opening"
        ANSWER = "answer"
        COMMENT = "comment"

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    alias = models.CharField(max_length=60, blank=True, help_text="the persona's name when staff wrote it as staff")
    label = models.CharField(
        max_length=10, choices=Label.choices, blank=True, help_text="what its author was to the company when writing it"
    )
    source = models.TextField(help_text="Markdown, as written")
    html = models.TextField(help_text="safe HTML, made from the source on write")
    score = models.IntegerField(default=0, help_text="number of votes, kept")
    is_attempt = models.BooleanField(default=True, help_text="an answer that attempts a solution")
    is_hidden = models.BooleanField(default=False, help_text="hidden by staff or held by the gate")
    is_by_mail = models.BooleanField(default=False, db_default=False, help_text="it came as a reply by mail")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    editor = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="who wrote the text as it is now, when that was not its author",
    )
    edited_as = models.CharField(max_length=60, blank=True, db_default="", help_text="the persona of the editor")
    is_suggested = models.BooleanField(default=False, db_default=False, help_text="the editor had suggested it")
    takes_suggestions = models.BooleanField(
        default=True, db_default=True, help_text="kept: its author lets others suggest changes"
    )
    removed_at = models.DateTimeField(null=True, blank=True, help_text="taken back by its author")

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="post_by_thread"),
            models.Index(fields=["author", "-created_at"], name="post_by_author"),
            models.Index(
                fields=["-score", "-id"],
                condition=models.Q(kind="answer", is_hidden=False, removed_at__isnull=True),
                name="answer_by_score",
            ),
            models.Index(fields=["editor"], condition=models.Q(editor__isnull=False), name="post_by_editor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(kind="opening"), name="one_opening_per_thread"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="comment", parent__isnull=False) | ~models.Q(kind="comment"),
                name="a_comment_has_a_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its place on its thread's page; a long thread has several pages, and the address finds the right one."""
        home = self.thread.home
        page = f"?post={self.pk}" if home.answer_count > ANSWERS_ON_ONE_PAGE else ""
        return f"{home.get_absolute_url()}{page}#post-{self.pk}"

    @property
    def top(self) -> "Post":
        """The opening or answer under which it stands. A comment may stand under what was an answer once."""
        post = self
        while post.kind == Post.Kind.COMMENT and post.parent:
            post = post.parent
        return post

    @property
    def is_of_an_article(self) -> bool:
        """The text of a help page, which belongs to its editors and not to whoever began it."""
        return self.kind == self.Kind.OPENING and self.thread.kind == Thread.Kind.ARTICLE

    @property
    def shown_html(self) -> SafeString:
        """The HTML that was made safe on write."""
        return mark_safe(self.html)  # noqa: S308 - by community.text.markdown

    @property
    def is_by_team(self) -> bool:
        """Written for the company, under a persona."""
        return bool(self.alias)

    @property
    def byline(self) -> str:
        """The name shown with the post: the persona's alias, else the pseudonym."""
        return self.alias or self.author.name

    @property
    def tie(self) -> Any:
        """What its author was to the company when writing it, in words; empty for customers."""
        return tie(self.label, self.alias)

    @property
    def signature(self) -> Any:
        """The name with that tie behind it, for mails, feeds and whatever has no room for a mark."""
        return signature(self.byline, self.label, self.alias)

    @property
    def author_path(self) -> str:
        """The page of who wrote it; none when they spoke as the team, or under a name that they have given up."""
        return "" if self.alias and self.alias != self.author.shown_as else self.author.get_absolute_url()
