"""What an article said before, and bringing that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.live.pages import shows
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.changing import WAITS
from forums.articles.places import article_at, editable_at
from forums.threads.wordings import history_of


@require_safe
def article_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every wording with who wrote it, when and why, and what it changed. Newest first."""
    article = article_at(request, slug)
    wordings = history_of(article.opening)
    may_edit = article.is_editable_by(request.user)
    context = {"article": article, "thread": article.thread, "wordings": wordings, "may_edit": may_edit}
    page = render(request, "forums/articles/history.html", context | {"latest": article.opening.revisions.count() + 1})
    return page if request.user.is_authenticated else shows(page, *article.thread.surrogate_keys)


@requires(Capability.EDIT_ARTICLES)
@require_POST
def article_bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let it say again what it said once. That is one more wording; nothing is deleted."""
    article = editable_at(request, slug)
    revision = get_object_or_404(article.opening.revisions.all(), number=number)
    reason = _("Wording %(number)s brought back") % {"number": number}
    if article.bring_back(revision, by=request.user, reason=reason):  # type: ignore[arg-type]
        messages.success(request, str(WAITS))
    return HttpResponseRedirect(article.get_absolute_url())
