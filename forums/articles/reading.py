"""An article as its page shows it to everybody."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from taggit.models import Tag

from community.catalogue.models import ProductVersion
from community.people.models import Person
from forums.articles.contents import Heading, with_contents
from forums.articles.models import Article, Check
from forums.threads.models import Post, Thread


@dataclass
class Reading:
    """All that the page says of it."""

    article: Article
    opening: Post
    lead: SafeString
    html: SafeString
    contents: list[Heading]
    versions: list[ProductVersion] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    answers: list[Post] = field(default_factory=list)
    """Of which it was made; their writers are credited."""
    helpers: list[Person] = field(default_factory=list)
    """Whose suggestions are in it."""

    @property
    def thread(self) -> Thread:
        return self.article.thread

    @cached_property
    def changed_at(self) -> Any:
        """When its words were last changed."""
        return self.opening.edited_at or self.opening.created_at

    @property
    def published_at(self) -> Any:
        """Since when everybody can read it."""
        return self.article.publication.created_at if self.article.is_published else None


def lead_and_rest(html: str) -> tuple[SafeString, str]:
    """The first paragraph, which stands above the contents, and all that follows."""
    if not html.startswith("<p>"):
        return mark_safe(""), html
    first, end, rest = html.partition("</p>")
    return mark_safe(first + end), rest  # noqa: S308 - pieces of what was made safe on write


def read(article: Article) -> Reading:
    """Read it for a page. The article comes `for_reading`."""
    opening = article.opening
    lead, html = lead_and_rest(opening.html)
    html, contents = with_contents(html)
    return Reading(
        article=article,
        opening=opening,
        lead=lead,
        html=html,
        contents=contents,
        versions=list(article.versions.all()),
        tags=sorted(article.thread.tags.all(), key=lambda tag: tag.name),
        checks=list(article.open_checks),
        answers=[
            origin.post
            for origin in article.origins.select_related("post__author", "post__thread__merged_into")
            if not (origin.post.is_hidden or origin.post.thread.is_hidden)
        ],
        helpers=list(Person.objects.filter(suggestions__post=opening, suggestions__state="accepted").distinct()),
    )
