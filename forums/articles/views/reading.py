"""Finding and reading help articles."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import kept_page, shows
from community.member_pages import member_page
from community.people.demo import is_demo_on
from community.people.guards import requires
from community.people.roles import Capability
from forums.articles.listing import Listing, groups, most_useful
from forums.articles.models import Article, Check
from forums.articles.places import article_at
from forums.articles.reading import read
from forums.articles.structured import structured
from forums.threads.relatives import relatives


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The help pages: the most useful of each product, or all of one."""
    slug = request.GET.get("product", "").replace("\0", "")
    if not slug:
        found = groups()
        return list_page(request, {"groups": found, "best": most_useful() if len(found) > 1 else []})
    product = get_object_or_404(Product.objects.visible_to(None).select_related("brand"), slug=slug)
    return list_page(request, {"product": product, "listing": Listing(request.GET, product)})


def list_page(request: HttpRequest, read: dict[str, Any]) -> HttpResponse:
    """The page of a list: the same for all, with the editors' ways for editors."""
    if request.user.is_authenticated:
        may_write = request.user.can(Capability.EDIT_ARTICLES)
        return render(request, "forums/articles/list.html", read | {"may_write": may_write})
    return shows(render(request, "forums/articles/list.html", read), "articles", "products")


@requires(Capability.EDIT_ARTICLES)
@require_safe
def article_drafts(request: HttpRequest) -> HttpResponse:
    """What the editors have to do: pages that somebody should look at, and those that are not published yet."""
    seen = Article.objects.visible_to(request.user).for_reading()
    asked = Check.objects.filter(done_at__isnull=True, article__in=seen)
    context = {
        "checks": asked.select_related("article__thread__product", "article__owner__persona", "asked_by")[:100],
        "drafts": seen.filter(publication__isnull=True).order_by("-thread__changed_at", "-pk")[:100],
    }
    return render(request, "forums/articles/drafts.html", context)


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article. An address that it had before leads to the newest."""
    article = article_at(request, slug)
    thread = article.thread
    if slug != thread.slug:
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    similar = relatives("article", article.pk)

    def context() -> dict[str, Any]:
        reading = read(article)
        told = structured(reading) if article.is_listed else None
        return {"reading": reading, "article": article, "thread": thread, "similar": similar, "told": told}

    state = (article.pk, thread.version, similar)
    if request.user.is_authenticated:
        may_edit = article.is_editable_by(request.user)
        facts = {"may_edit": may_edit, "member": True}
        return member_page(request, "forums/articles/detail.html", lambda: context() | facts, *state, may_edit)
    page = kept_page(request, "forums/articles/detail.html", context, is_demo_on(), *state)
    return shows(page, *thread.surrogate_keys, *[f"thread-{other['pk']}" for other in similar])
