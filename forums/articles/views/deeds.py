"""Small deeds of the editors: publish, unpublish, say that it is right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.people.guards import requires
from community.people.roles import Capability
from forums.articles.places import editable_at


@requires(Capability.EDIT_ARTICLES)
@require_POST
def article_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody read it."""
    article = editable_at(request, slug)
    article.publish(by=request.user)  # type: ignore[arg-type]
    told = _("Published.") if article.is_listed else _("A person looks at it before everybody can see it.")
    messages.success(request, told)
    return HttpResponseRedirect(article.get_absolute_url())


@requires(Capability.EDIT_ARTICLES)
@require_POST
def article_unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make it a draft again."""
    article = editable_at(request, slug)
    article.unpublish(by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("It is a draft again. Nobody but the editors sees it."))
    return HttpResponseRedirect(article.get_absolute_url())


@requires(Capability.EDIT_ARTICLES)
@require_POST
def article_checked(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody has looked, and it is right."""
    article = editable_at(request, slug)
    article.find_right(by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Thank you. It says now when you looked."))
    return HttpResponseRedirect(article.get_absolute_url())
