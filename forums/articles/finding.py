"""Articles as the search finds them: title, summary and text, as everybody may read them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.search.sources import Entry, Source, register
from community.text.words import words_of
from forums.articles.models import Article
from forums.threads.models import Post, Thread
from forums.threads.picking import openings_of, readable_among

WORTH = 1.1
"""The team has written it in order to answer many: as much as a solved question."""


def readable(person: Any, ids: list[int]) -> set[int]:
    """Which of them the person may read now. Drafts are found by nobody."""
    return set(Article.objects.listed().filter(pk__in=readable_among(person, ids)).values_list("pk", flat=True))


def next_ids(after: int, limit: int) -> list[int]:
    """The next articles, in the order of their ids."""
    return list(Article.objects.listed().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])


def changed_since(moment: datetime) -> dict[int, datetime]:
    """Articles whose page has changed, and when."""
    rows = Thread.objects.filter(kind=Thread.Kind.ARTICLE, changed_at__gte=moment)
    return dict(rows.values_list("pk", "changed_at"))


def entries(ids: list[int]) -> Iterator[Entry]:
    """The articles with these ids that everybody may read."""
    found = Article.objects.listed().filter(pk__in=ids).for_reading().prefetch_related("thread__tags", "versions")
    openings = openings_of(ids)
    for article in found:
        yield entry(article, openings[article.pk])


def entry(article: Article, opening: Post) -> Entry:
    thread = article.thread
    product = f"{thread.product.brand.name} {thread.product.name}" if thread.product else ""
    return Entry(
        object_id=article.pk,
        title=thread.title,
        url=thread.get_absolute_url(),
        created_at=thread.created_at,
        active_at=opening.edited_at or thread.created_at,
        opening=words_of(opening.html),
        about=" ".join([product, *(version.name for version in article.versions.all())]).strip(),
        product_id=thread.product_id,
        author_id=thread.author_id,
        writers=frozenset({thread.author_id}),
        tags=tuple(tag.slug for tag in thread.tags.all()),
        weight=WORTH,
        details={
            "by": opening.byline,
            "product": thread.product.name if thread.product else "",
            "tags": [tag.slug for tag in thread.tags.all()][:4],
            "excerpt": thread.excerpt,
        },
    )


register(
    Source(
        kind="article",
        label=_("Help pages"),
        one=_("Help"),
        entries=entries,
        ids=next_ids,
        readable=readable,
        changed_since=changed_since,
        is_suggested=True,
    )
)
