"""Whether a help article helped: asked of everybody, on a page that needs neither an account nor a script."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.people.arrivals import device_of
from community.people.networks import network_of
from forums.articles.feedback_forms import FeedbackForm
from forums.articles.places import article_at


@require_http_methods(["GET", "HEAD", "POST"])
def article_feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes, or no and why. Whoever says no at first is asked for the reason then."""
    article = article_at(request, slug)
    form = FeedbackForm(request.POST or None, initial={"helped": request.GET.get("helped", "")})
    if request.method == "POST" and form.is_valid():
        person = request.user if request.user.is_authenticated else None
        said = form.save(article, person, visitor_of(request))
        if said.has_helped or said.reason:
            messages.success(request, _("Thank you. It helps us to make this page better."))
            return HttpResponseRedirect(article.get_absolute_url())
    context = {"article": article, "form": form}
    return render(request, "forums/articles/feedback.html", context, status=422 if form.errors else 200)


def visitor_of(request: HttpRequest) -> str:
    """Somebody without an account, by hashes that nobody can read: one say a day, not one for each click."""
    return hashlib.sha256(f"{network_of(request)} {device_of(request)}".encode()).hexdigest()[:32]
