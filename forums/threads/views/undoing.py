"""Undo send, for public posts: the words are back in the composer in which they were typed."""

from time import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.once import once
from community.people.guards import signed_in
from community.undoing import offer_undo
from forums.threads.models import Post
from forums.threads.undoing import undo

KEY, FOR = "taken_back", 3600
"""What a form said besides its text waits in the session of whoever took it back, for an hour."""

SENT = {
    Post.Kind.OPENING: gettext_lazy("Your question is there. We tell you when somebody answers."),
    Post.Kind.ANSWER: gettext_lazy("Your answer is there."),
    Post.Kind.COMMENT: gettext_lazy("Your comment is there."),
}


@signed_in
@require_POST
@once
def post_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post back that was only just sent."""
    post = get_object_or_404(Post.objects.filter(author=request.user), pk=pk)
    undone = undo(post, by=request.user)
    if undone.typed:
        request.session[KEY] = {"place": undone.place, "typed": undone.typed, "at": int(time())}
    messages.info(request, _("Not sent. Your text is here again."))
    return HttpResponseRedirect(undone.url)


def typed_before(request: HttpRequest, place: str) -> dict[str, Any]:
    """What the form in this place said before it was taken back; nothing when that was long ago, or elsewhere."""
    kept = request.session.get(KEY, {})
    return kept["typed"] if kept.get("place") == place and kept["at"] > time() - FOR else {}


def say_sent(request: HttpRequest, post: Post, words: Any = "") -> None:
    """The page to which the writer comes says that it is there, and offers to undo it."""
    offer_undo(request, words or SENT[Post.Kind(post.kind)], reverse("forums:post-undo", args=[post.pk]))
