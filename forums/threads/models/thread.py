"""A thread: what the opening post began, its place in the lists, and its counters."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from community.catalogue.models import Product, ProductVersion
from community.people.models import Person
from community.people.roles import Capability
from community.text.excerpts import excerpt
from forums.threads.models.hiding import Hiding, LockableThread
from forums.threads.models.merged import ListedThreads, MergedThread
from forums.threads.models.notice import NoticeableThread


def brands_overseen_by(person: Person) -> set[str] | None:
    """Slugs of the brands whose hidden threads this person sees as staff; None when it is all of them."""
    moderated, worked = person.brands_for(Capability.MODERATE), person.brands_for(Capability.WORK_THE_QUEUE)
    return None if moderated is None or worked is None else moderated | worked


class ThreadQuerySet(ListedThreads, models.QuerySet["Thread"]):
    """Which threads."""

    def visible_to(self, person: Any) -> Self:
        """What this person may read: published threads, their own held ones, and all for moderators."""
        if person is None or not person.is_authenticated:
            return self.filter(is_hidden=False)
        return self.seen_by(person, brands_overseen_by(person))

    def seen_by(self, person: Any, brands: Collection[str] | None) -> Self:
        """The same for somebody with an account, or for their key, who moderates these brands (None: all)."""
        if brands is None:
            return self
        hidden_by_staff = Hiding.objects.filter(thread=models.OuterRef("pk"), post__kind="opening")
        seen = models.Q(is_hidden=False) | models.Q(~models.Exists(hidden_by_staff), author=person)
        return self.filter(seen | models.Q(product__brand__slug__in=brands) if brands else seen)

    def about(self, product: Product) -> Self:
        return self.filter(product=product)


class Thread(MergedThread, LockableThread, NoticeableThread, models.Model):
    """One matter that people talk about. The counters are kept, not counted."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        IDEA = "idea"
        REVIEW = "review"
        ARTICLE = "article"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="threads")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="threads")
    product_version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, blank=True)
    excerpt = models.CharField(max_length=200, blank=True, help_text="plain text from the opening, for lists")
    is_hidden = models.BooleanField(default=False, help_text="kept by hiding, restoring and the gate")
    is_locked = models.BooleanField(default=False, help_text="kept by locking and unlocking")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        help_text="kept by merging: the thread on whose page it is read in the end",
    )
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        help_text="kept by closing it as a duplicate",
    )
    answer_count = models.PositiveIntegerField(default=0)
    attempt_count = models.PositiveIntegerField(default=0, help_text="answers that attempt a solution")
    follower_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now, help_text="last visible post")
    changed_at = models.DateTimeField(default=timezone.now, help_text="last visible change of any kind")

    tags = TaggableManager(through="threads.ThreadTag", blank=True)
    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-active_at", "-id"], name="thread_by_activity"),
            models.Index(fields=["kind", "-created_at", "-id"], name="thread_by_age"),
            models.Index(fields=["product", "-active_at", "-id"], name="thread_by_product"),
            models.Index(fields=["author", "-created_at"], name="thread_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the kind: /questions/42/slug/, /ideas/42/slug/ …; an article has its name for itself."""
        if self.kind == self.Kind.ARTICLE:
            return f"/help/{self.slug}/"
        return f"/{self.kind}s/{self.pk}/{self.slug}/"

    @property
    def remark_count(self) -> int:
        """Answers that say themselves that they are no attempt to solve it."""
        return max(0, self.answer_count - self.attempt_count)

    def is_edited_by(self, person: Any) -> bool:
        """Whoever looks after help pages: of its brand, or all of them."""
        brands = person.brands_for(Capability.EDIT_ARTICLES)
        return brands is None or (self.product is not None and self.product.brand.slug in brands)

    @property
    def surrogate_keys(self) -> list[str]:
        """The names under which pages that show this thread are kept and purged."""
        keys = [f"thread-{self.pk}", f"{self.kind}s"]
        keys += [f"thread-{self.merged_into_id}"] if self.merged_into_id else []
        return [*keys, f"product-{self.product_id}"] if self.product_id else keys

    @classmethod
    def excerpt_of(cls, kind: str, source: str) -> str:
        """What lists say of it: how its opening begins; an article begins with its summary."""
        return excerpt(source.partition("\n\n")[0] if kind == cls.Kind.ARTICLE else source, 180)

    @staticmethod
    def slug_for(title: str) -> str:
        """The readable end of the address; never empty."""
        return slugify(title)[:80].strip("-") or "thread"


class ThreadTag(ItemBase):
    """A tag on a thread."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="thread_tags")
    content_object = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="thread_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="a_tag_once_per_thread")]


class Attribution(models.Model):
    """Where an imported thread comes from, shown on its page as its licence asks."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="attribution")
    source = models.CharField(max_length=80)
    native_id = models.CharField(max_length=80)
    url = models.URLField(max_length=300)
    licence = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "native_id"], name="a_native_thread_once")]
