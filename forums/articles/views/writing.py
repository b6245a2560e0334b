"""Writing a help article: a draft first, published when it is good."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.changing import WAITS
from forums.articles.comparing import Comparison
from forums.articles.forms import ArticleForm
from forums.articles.models import Article
from forums.articles.origins import answer_asked, place_of, starting_with
from forums.articles.places import editable_at
from forums.articles.writing import PLACE
from forums.threads.models import Draft
from forums.threads.sent import sent


@requires(Capability.EDIT_ARTICLES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin a page. Nobody but the editors sees it until it is published."""
    answer = answer_asked(request)
    place = place_of(answer)
    draft = draft_at(request, place)
    told = {"answer": answer, "place": place}
    if request.method != "POST":
        initial = starting_with(request, answer) | ArticleForm.begun(draft)
        return page(request, ArticleForm(initial=initial, by=request.user), draft, **told)
    form = ArticleForm(sent(request), by=request.user)
    if form.is_valid() and (article := form.begin(place)):
        return kept(request, article)
    return page(request, form, draft, status=form.status, **told)


@requires(Capability.EDIT_ARTICLES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def article_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a page. When somebody was faster at the same place, all three texts are shown (409); nothing is lost."""
    article = editable_at(request, slug)
    draft = draft_at(request, f"{PLACE}:{article.pk}")
    if request.method != "POST":
        initial = ArticleForm.saying(article) | ArticleForm.begun(draft)
        return page(request, ArticleForm(initial=initial, by=request.user, article=article), draft, article)
    form = ArticleForm(sent(request), by=request.user, article=article)
    if form.is_valid() and form.revise(article):
        if form.is_waiting:
            messages.success(request, str(WAITS))
        return kept(request, article)
    newer = Comparison.of(form) if form.refusal and form.refusal.code == "stale" else None
    return page(request, form, draft, article, status=form.status, newer=newer)


def kept(request: HttpRequest, article: Article) -> HttpResponse:
    """To its page, published when that was asked for as well."""
    if "publish" in request.POST and not article.is_published:
        article.publish(by=request.user)  # type: ignore[arg-type]
        told = _("Published.") if article.is_listed else _("A person looks at it before everybody can see it.")
        messages.success(request, told)
    return HttpResponseRedirect(article.get_absolute_url())


def draft_at(request: HttpRequest, place: str) -> Draft | None:
    """What its writer had begun there."""
    return Draft.objects.visible_to(request.user).filter(place=place).first()  # type: ignore[arg-type]


def page(
    request: HttpRequest,
    form: ArticleForm,
    draft: Draft | None,
    article: Article | None = None,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    """The page of the form."""
    context = {"form": form, "draft": draft, "article": article} | told
    context |= {"place": f"{PLACE}:{article.pk}"} if article else {}
    return render(request, "forums/articles/edit.html", context, status=status)
