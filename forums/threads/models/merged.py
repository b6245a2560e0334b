"""What a thread knows of the threads that are read on its page."""

from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from community.people.models import Person
from community.people.roles import Capability
from community.prepared import Prepared
from community.refusals import Refusal
from forums.threads.models.reshaping import Split


class ListedThreads:
    """Which threads stand in lists, feeds and search."""

    filter: Any

    def listed(self) -> Self:
        """What everybody may read and find: neither merged into another thread nor a duplicate of one."""
        return self.filter(is_hidden=False, merged_into__isnull=True, duplicate_of__isnull=True)

    def read_with(self, *threads: Any) -> Self:
        """Threads on whose pages these are read, and all that is read there."""
        homes = [thread.merged_into_id or thread.pk for thread in threads]
        return self.filter(Q(pk__in=homes) | Q(merged_into__in=homes))

    def read_on(self, home: int) -> Self:
        """The thread of this key, and what was merged into it."""
        return self.filter(Q(pk=home) | Q(merged_into=home))

    def heard_with(self, thread: Any) -> Self:
        """Threads whose followers want to hear of news in this one: what is read with it, and its duplicates."""
        home = thread.merged_into_id or thread.pk
        return self.filter(Q(pk=home) | Q(merged_into=home) | Q(duplicate_of=home) | Q(duplicate_of__merged_into=home))


def related(thread: int) -> models.QuerySet[Any, Any]:
    """Ids of what was merged into a thread, is a duplicate of it, or was split off from it."""
    threads = Split._meta.get_field("thread").related_model._default_manager  # type: ignore[union-attr]
    here = threads.filter(Q(merged_into=thread) | Q(duplicate_of=thread)).values_list("pk")
    return here.union(Split.objects.standing().filter(thread=thread).values_list("into"))  # type: ignore[no-any-return]


prepared = Prepared(related, thread=int)


class MergedThread:
    """What a thread can say about where it is read."""

    pk: int
    kind: str
    merged_into: Any
    merged_into_id: int | None
    duplicate_of_id: int | None
    posts: Any
    product: Any

    @property
    def home(self) -> Any:
        """The thread on whose page its posts are read: the one it was merged into, else itself."""
        return self.merged_into if self.merged_into_id else self

    @cached_property
    def relatives(self) -> list[Any]:
        """Threads that its page tells of: merged into it, duplicates of it, split off from it."""
        ids = [pk for (pk,) in prepared.rows(thread=self.pk)]  # for most threads there are none
        threads: Any = type(self).objects  # type: ignore[attr-defined]
        rows = threads.filter(pk__in=ids).select_related("author", "split_row") if ids else ()
        return sorted(rows, key=lambda thread: (thread.created_at, thread.pk))

    @property
    def family(self) -> list[Any]:
        """This thread and those merged into it, the oldest first after itself."""
        return [self, *(thread for thread in self.relatives if thread.merged_into_id == self.pk)]

    @property
    def all_posts(self) -> models.QuerySet[Any]:
        """Every post that is read on its page, wherever it was written."""
        threads: Any = type(self)
        return self.posts.model.objects.filter(thread__in=threads.objects.read_with(self).values("pk"))

    @property
    def entry(self) -> Any:
        """The post at which its old address begins: its opening, or what was split off to make it."""
        opening = self.posts.filter(kind="opening").first()
        if opening is None and (split := getattr(self, "split_row", None)):
            return split.post
        return opening

    def is_reshaped_by(self, person: Any) -> bool:
        """Staff who may merge, split, move and close it: for its brand, or for all. Never a review or an article."""
        if (
            self.kind in ("review", "article")
            or person is None
            or not person.is_authenticated
            or not person.can(Capability.RESHAPE_THREADS)
        ):
            return False
        brands = person.brands_for(Capability.RESHAPE_THREADS)
        return brands is None or (self.product is not None and self.product.brand.slug in brands)

    def refuse_reshaping(self, by: Person) -> None:
        """Raise a Refusal for people who may not."""
        if not self.is_reshaped_by(by):
            raise Refusal(_("Only the team for this brand can do that."), code="not_allowed", status=403)

    def refuse_when_closed(self) -> None:
        """Raise a Refusal when it is closed as a duplicate, or a help page: the talk goes on elsewhere."""
        if self.kind == "article":  # type: ignore[attr-defined]
            raise Refusal(_("A help page takes no answers. Ask a question about it instead."), code="no_answers",
                          url="/questions/new/")  # fmt: skip
        if self.duplicate_of_id:
            other = self.duplicate_of.home  # type: ignore[attr-defined]
            sentence = _("This was asked before. Please add to “%(title)s” instead; your text is kept here.")
            raise Refusal(sentence % {"title": other.title}, code="duplicate", url=other.get_absolute_url())
