"""On one's own question: ask somebody of the team again."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from community.people.guards import signed_in
from forums.bonds.forms import AgainForm
from forums.bonds.models import Wish
from forums.bonds.offering import offer_of
from forums.threads.models import Thread


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def thread_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has helped the asker before, when they are back, and the choice to wait for them."""
    threads = Thread.objects.visible_to(request.user).select_related("product__brand", "author")
    thread = threads.filter(pk=pk, author=request.user).first()
    if thread is None:
        raise Http404
    wish = Wish.objects.select_related("agent__persona", "substitute", "thread").filter(thread=thread).first()
    form = AgainForm(request.POST or None, thread=thread, by=request.user, wish=wish)
    if request.method == "POST" and form.is_valid():
        form.save()
        if not request.htmx:
            return HttpResponseRedirect(thread.get_absolute_url())
        wish = Wish.objects.select_related("agent__persona", "substitute").filter(thread=thread).first()
        form = AgainForm(None, thread=thread, by=request.user, wish=wish)
    context = {
        "form": form,
        "thread": thread,
        "wish": wish,
        "offer": offer_of(wish.agent, request.user) if wish else None,
    }
    template = "forums/bonds/_again.html" if request.htmx else "forums/bonds/thread_again.html"
    return render(request, template, context, status=422 if form.errors else 200)
