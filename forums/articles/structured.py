"""An article told to search engines: schema.org's Article, with what readers see of it."""

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext

from community.addresses import absolute
from community.text.structured import breadcrumbs
from forums.articles.reading import Reading


def structured(reading: Reading) -> list[dict[str, Any]]:
    """What the page tells: where it stands, and the article."""
    thread = reading.thread
    steps = [(gettext("Help"), "/help/")]
    if thread.product:
        steps.append((thread.product.name, f"/help/?product={thread.product.slug}"))
    return [breadcrumbs(*steps, (thread.title, thread.get_absolute_url())), article_page(reading)]


def article_page(reading: Reading) -> dict[str, Any]:
    """The team speaks in it, whoever of them wrote it."""
    article, thread = reading.article, reading.thread
    team = {"@type": "Organization", "name": settings.TEAM_NAME, "url": absolute("/")}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": thread.title,
        "description": article.summary,
        "articleBody": strip_tags(reading.opening.html).strip(),
        "inLanguage": article.language,
        "url": absolute(thread.get_absolute_url()),
        "mainEntityOfPage": absolute(thread.get_absolute_url()),
        "author": team,
        "publisher": team,
        "dateModified": reading.changed_at.isoformat(),
    }
    if reading.published_at:
        told["datePublished"] = reading.published_at.isoformat()
    if thread.product:
        product = absolute(thread.product.get_absolute_url())
        told["about"] = {"@type": "Thing", "name": thread.product.name, "url": product}
    if reading.tags:
        told["keywords"] = [tag.name for tag in reading.tags]
    return told
