"""Making an answer of a comment, a comment of an answer, and taking that back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import signed_in
from forums.questions.converting import can_convert, convert_back
from forums.questions.converting_forms import ConvertForm
from forums.threads.models import Conversion, Post, Thread


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where it belongs: among the answers, or below one of them."""
    post = convertible(request, pk)
    form = ConvertForm(request.POST or None, post=post)
    if form.is_bound and form.is_valid() and form.save(request.user):
        fresh = Post.objects.select_related("thread__merged_into").get(pk=pk)
        said = _("It is an answer now.") if fresh.kind == Post.Kind.ANSWER else _("It is a comment now.")
        messages.success(request, f"{said} {_('Its menu takes that back, for thirty days.')}")
        return HttpResponseRedirect(fresh.get_absolute_url())
    standing = Conversion.objects.standing().filter(post=post).order_by("-pk").first()
    undoable = standing if standing and standing.is_undoable else None
    context = {"post": post, "thread": post.thread.home, "form": form, "undoable": undoable}
    return render(request, "forums/questions/post_convert.html", context, status=form.status)


@signed_in
@require_POST
@once
def post_convert_back(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """It stands where it stood before."""
    post = convertible(request, pk)
    row = get_object_or_404(
        Conversion.objects.standing().select_related("post__thread", "was_parent"), pk=row_pk, post=post
    )
    convert_back(row, by=request.user)
    messages.success(request, _("Undone."))
    fresh = Post.objects.select_related("thread__merged_into").get(pk=pk)
    return HttpResponseRedirect(fresh.get_absolute_url())


def convertible(request: HttpRequest, pk: int) -> Post:
    """A reply to a question that this person may turn into the other kind; any other does not exist for them."""
    posts = Post.objects.visible_to(request.user).filter(thread__kind=Thread.Kind.QUESTION)
    known = posts.select_related("thread__merged_into", "thread__product__brand", "author", "parent")
    post = get_object_or_404(known, pk=pk)
    if not can_convert(post, request.user):
        raise Http404
    return post
