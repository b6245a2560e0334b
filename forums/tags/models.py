"""What is known of a tag beside its name: what it is for, other words for it, and which tags went into it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from taggit.models import Tag

from community.people.models import Person

WORTH_A_PAGE = 2
"""Questions that make a page worth finding, when nobody has described the tag."""


class TagCardQuerySet(models.QuerySet["TagCard"]):
    """Which tags."""

    def in_use(self) -> Self:
        """Those that readers meet: on a question they can see, or described."""
        return self.filter(models.Q(question_count__gt=0) | ~models.Q(source=""))

    def listed(self) -> Self:
        """Those that search engines may list: the others have next to nothing on their page."""
        return self.filter(models.Q(question_count__gte=WORTH_A_PAGE) | ~models.Q(source=""))


class TagCard(models.Model):
    """What a tag is for, in the words of the community, and how many questions have it."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, primary_key=True, related_name="card")
    source = models.TextField(blank=True, help_text="Markdown, as written")
    html = models.TextField(blank=True, help_text="safe HTML, made from the source on write")
    question_count = models.PositiveIntegerField(default=0, help_text="questions that readers can see, kept")

    objects = TagCardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-question_count", "tag"], name="tag_by_use")]

    @property
    def shown_html(self) -> SafeString:
        """The HTML that was made safe on write."""
        return mark_safe(self.html)  # noqa: S308 - by community.text.markdown


class TagMerge(models.Model):
    """One tag went into another, by whom. Undoing closes the row; the lists say what goes back."""

    gone = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="merges_away")
    into = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="merges_here")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = ArrayField(models.BigIntegerField(), default=list, help_text="threads that had only the tag that went")
    both = ArrayField(models.BigIntegerField(), default=list, help_text="threads that had both")
    words = ArrayField(models.CharField(max_length=100), default=list, help_text="synonyms that moved along")
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at__isnull=True), name="a_tag_goes_into_one_other"
            )
        ]


class Synonym(models.Model):
    """Another word for a tag: whoever types it gets the tag, and its old address leads there."""

    name = models.CharField(max_length=100, unique=True, help_text="in small letters")
    slug = models.CharField(max_length=100, unique=True)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
