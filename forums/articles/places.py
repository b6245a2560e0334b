"""Finding the article of an address: the name it has now, or one that it had once."""

from typing import Any

from django.http import Http404, HttpRequest

from forums.articles.models import Article


def article_at(request: HttpRequest, slug: str) -> Article:
    """The article that was ever called so, if the person can see it; hidden and missing look alike (404)."""
    seen: Any = Article.objects.visible_to(request.user).for_reading()
    article: Article | None = seen.filter(addresses__slug=slug).first()
    if article is None:
        raise Http404
    return article


def editable_at(request: HttpRequest, slug: str) -> Article:
    """The same for those who may change it."""
    article = article_at(request, slug)
    if not article.is_editable_by(request.user):
        raise Http404
    return article
