"""Replying: an answer to a thread, a comment on a post. The form's page also gives a refused text back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.roles import Capability
from community.policy.allowance import allowance_for
from forums.threads.drafting import keep_when_too_many
from forums.threads.forms import ReplyForm
from forums.threads.models import Draft, Post, Thread
from forums.threads.picking import seen
from forums.threads.sent import sent
from forums.threads.speaking import is_experienced, persona_of
from forums.threads.typed import signed_in_or_kept
from forums.threads.views.undoing import say_sent


@signed_in_or_kept(lambda pk: f"thread:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def thread_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a thread."""
    thread = seen(request.user, pk)
    return _reply(request, thread, place=f"thread:{pk}")


@signed_in_or_kept(lambda pk: f"post:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a post."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread"), pk=pk)
    return _reply(request, post.thread, place=f"post:{pk}", parent=post)


def _reply(request: HttpRequest, thread: Thread, place: str, parent: Post | None = None) -> HttpResponse:
    form, status = ReplyForm(sent(request) or None), 200
    if request.method == "POST":
        post = form.save(thread, request.user, parent) if form.is_valid() else None
        if post:
            return _posted(request, post)
        status = form.status
        keep_when_too_many(form.refusal, form.data.get("text", ""), by=request.user, place=place)
    draft = Draft.objects.visible_to(request.user).filter(place=place).first()
    form.initial = {"text": draft.text if draft else "", "as_staff": request.user.can(Capability.ANSWER_AS_STAFF)}
    context = {"form": form, "thread": thread, "parent": parent, "place": place, "draft": draft}
    context["canned_for"] = thread.pk if is_experienced(request.user) else None
    context["allowance"] = allowance_for(request.user, "comment" if parent else "answer")
    template = "forums/threads/_reply_form.html" if request.htmx else "forums/threads/reply.html"
    return render(request, template, context | staff_face(request), status=status)


def _posted(request: HttpRequest, post: Post) -> HttpResponse:
    if post.is_hidden:
        messages.info(request, _("Thank you. A person looks at it before everybody can see it."))
    else:
        say_sent(request, post)
    return HttpResponseRedirect(post.get_absolute_url())


def staff_face(request: HttpRequest) -> dict[str, Any]:
    """The name that the team's mark goes with, for those who may use it."""
    return {"persona": persona_of(request.user)}
