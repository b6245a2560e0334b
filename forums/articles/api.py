"""Help pages for programs: the list, the most useful first, and reading one."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, Query, operation, resource
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.catalogue.models import Product
from community.paging import PAGE
from forums.articles.listing import beyond
from forums.articles.models import Article
from forums.articles.reading import read


@dataclass
class ArticleTold:
    """A help page in a list. Without `versions` it is right for all of its product."""

    id: int
    title: str
    summary: str
    url: str
    product: str | None
    versions: list[str]
    language: str
    helped: int
    checked_at: datetime | None
    version: int


@dataclass
class ArticleRead:
    """A help page. `needs_check` says why somebody is to look whether it is still right; empty: nobody has to."""

    article: ArticleTold
    tags: list[str]
    text: str
    html: str
    checked_by: str
    needs_check: list[str]


def told(article: Article) -> ArticleTold:
    """What the lists say of it."""
    thread = article.thread
    return ArticleTold(
        id=article.pk,
        title=thread.title,
        summary=thread.excerpt,
        url=absolute(thread.get_absolute_url()),
        product=thread.product.slug if thread.product else None,
        versions=[version.name for version in article.versions.all()],
        language=article.language,
        helped=article.helped_count,
        checked_at=article.checked_at,
        version=thread.version,
    )


@operation(
    Area.COMMUNITY,
    Many(ArticleTold),
    is_public=True,
    query=(Query("product", "the product's slug; without it, pages about all products"), AFTER),
)
def list_articles(request: ApiRequest) -> Listed:
    """Help pages, those that helped most first."""
    found = Article.objects.listed().for_reading().prefetch_related("versions").most_useful()
    if slug := request.GET.get("product", ""):
        found = found.about(get_object_or_404(Product.objects.visible_to(None), slug=slug))
    rows = list(found.filter(beyond(request.GET.get("after", "")))[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listed([told(row) for row in rows[:PAGE]], f"{last.helped_count}-{last.pk}" if last else "")


@operation(Area.COMMUNITY, ArticleRead, is_public=True)
def read_article(request: ApiRequest, slug: str) -> Answer:
    """Read a help page, by any name that its address ever had."""
    found = Article.objects.listed().for_reading().filter(addresses__slug=slug).first()
    if found is None:
        raise Http404
    reading = read(found)
    return Answer(
        ArticleRead(
            article=told(found),
            tags=[tag.name for tag in reading.tags],
            text=reading.opening.source,
            html=reading.opening.html,
            checked_by=found.checked_as,
            needs_check=[str(check.get_why_display()) for check in reading.checks],
        )
    )


api_articles = resource("api_articles", get=list_articles)
api_article = resource("api_article", get=read_article)
