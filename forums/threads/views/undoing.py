"""Undo send, for public posts: the words are back in the composer in which they were typed."""

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
    address = undo(post, by=request.user)
    messages.info(request, _("Not sent. Your text is here again."))
    return HttpResponseRedirect(address)


def say_sent(request: HttpRequest, post: Post) -> None:
    """The page to which the writer comes says that it is there, and offers to undo it."""
    offer_undo(request, SENT[Post.Kind(post.kind)], reverse("forums:post-undo", args=[post.pk]))
