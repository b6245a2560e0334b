"""An article: a thread that the team writes and looks after, for everybody to read."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from community.catalogue.models import Product, ProductVersion
from community.people.languages import language_name
from community.people.models import Person
from community.people.roles import Capability
from forums.articles.lead import parted
from forums.articles.models.address import AddressedArticle
from forums.articles.models.check import CheckedArticle
from forums.articles.models.feedback import JudgedArticle
from forums.articles.models.provenance import MadeArticle
from forums.articles.models.publication import PublishedArticle
from forums.articles.rewriting import RevisedArticle
from forums.articles.writing import WritingQuerySet
from forums.threads.models import Post, Thread

LISTED = Q(publication__isnull=False, thread__is_hidden=False)
LANGUAGES = ("en", "de", "fr", "es", "it", "nl")


class ArticleQuerySet(WritingQuerySet, models.QuerySet["Article"]):
    """Which articles."""

    def listed(self) -> Self:
        """What everybody may read and find."""
        return self.filter(LISTED)

    def visible_to(self, person: Any) -> Self:
        """Published ones; whoever may write articles, of a brand or of all, sees the drafts as well."""
        if person is None or not person.is_authenticated:
            return self.listed()
        brands = person.brands_for(Capability.EDIT_ARTICLES)
        if brands is None:
            return self
        return self.filter(LISTED | Q(thread__product__brand__slug__in=brands)) if brands else self.listed()

    def about(self, product: Product) -> Self:
        return self.filter(thread__product=product)

    def most_useful(self) -> Self:
        """Those that helped most readers first, then the newest."""
        return self.order_by("-helped_count", "-pk")

    def for_reading(self) -> Self:
        """With what a page or a row says about its thread."""
        return self.select_related("thread__author", "thread__product__brand", "publication", "owner__persona")


class Article(
    AddressedArticle, CheckedArticle, JudgedArticle, MadeArticle, PublishedArticle, RevisedArticle, models.Model
):
    """A help page. Its text is the opening of its thread, and the first paragraph of that is its summary."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="article")
    language = models.CharField(max_length=10, default="en", help_text="in which it is written")
    versions = models.ManyToManyField(
        ProductVersion, blank=True, related_name="articles", help_text="of its product; none: it is right for all"
    )
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="who looks after it"
    )
    review_on = models.DateField(null=True, blank=True, help_text="when its owner looks at it again")
    checked_at = models.DateTimeField(null=True, blank=True, help_text="kept: when it was last found right")
    checked_as = models.CharField(max_length=60, blank=True, help_text="kept: the persona who found it right")
    helped_count = models.PositiveIntegerField(default=0, help_text="kept: readers whom it helped")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-helped_count", "-thread"], name="article_by_help"),
            models.Index(fields=["review_on"], condition=Q(review_on__isnull=False), name="article_by_review"),
        ]

    def __str__(self) -> str:
        return str(self.thread)

    def get_absolute_url(self) -> str:
        return self.thread.get_absolute_url()

    @cached_property
    def opening(self) -> Post:
        """Its text, as a post."""
        return self.thread.posts.select_related("author", "editor").get(kind=Post.Kind.OPENING)

    @property
    def summary(self) -> str:
        """What it is about, in a sentence or two."""
        return parted(self.opening.source)[0] or self.thread.excerpt

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def is_published(self) -> bool:
        """Its editors want it to be read; the gate or a moderator may hold it all the same."""
        return hasattr(self, "publication")

    @property
    def is_listed(self) -> bool:
        """Everybody can read it."""
        return self.is_published and not self.thread.is_hidden

    def is_editable_by(self, person: Any) -> bool:
        """Whoever may write articles, of its brand or of all."""
        return bool(person.is_authenticated and self.thread.is_edited_by(person))
