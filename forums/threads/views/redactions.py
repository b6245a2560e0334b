"""Blacking out private details in a post: chosen and looked at first, then done for good."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.blackout import Blackout
from forums.threads.models import Post
from forums.threads.redacting import quoting_posts
from forums.threads.redaction_forms import RedactForm


@requires(Capability.REDACT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what goes, see every text with it covered, then say yes."""
    posts = Post.objects.visible_to(request.user).select_related("thread__product__brand", "thread__merged_into")
    post = get_object_or_404(posts, pk=pk)
    if not post.is_redactable_by(request.user):
        raise Http404
    form = RedactForm(request.POST or None, post=post)
    is_sure = request.method == "POST" and "look" not in request.POST
    if form.is_bound and form.is_valid() and is_sure and form.save(request.user):
        messages.success(request, _("Blacked out, here and in every copy that was kept."))
        return HttpResponseRedirect(reverse("forums:post-history", args=[pk]))
    context = {"post": post, "thread": post.thread, "form": form, **preview(form)}
    return render(request, "forums/threads/post_redact.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it would be covered."""

    text: str
    is_covered: bool


def preview(form: RedactForm) -> dict[str, object]:
    """Each text of the post in pieces, and the replies that repeat what would be covered."""
    blackout = form.blackout() if not form.errors else Blackout()
    for text in form.texts:
        blackout.learn(text)
    shown = [list(pieces(text, blackout)) for text in form.texts]
    texts = [one for one in shown if any(piece.is_covered for piece in one)]
    return {"texts": texts, "quoting": quoting_posts(form.post, blackout) if blackout.values else []}


def pieces(text: str, blackout: Blackout) -> Iterator[Piece]:
    """The text cut at the places that would be covered."""
    at = 0
    for start, end in blackout.spans(text):
        yield Piece(text[at:start], is_covered=False)
        yield Piece(text[start:end], is_covered=True)
        at = end
    yield Piece(text[at:], is_covered=False)
