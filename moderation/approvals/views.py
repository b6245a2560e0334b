"""Replies that wait for a second pair of eyes, and which matters ask for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from forums.threads.models import Approval, Post, Regulation
from moderation.approvals.forms import DecisionForm, RegulationForm

MOST_SHOWN = 50


@require_safe
@requires(Capability.ANSWER_AS_STAFF)
def approval_list(request: HttpRequest) -> HttpResponse:
    """What waits and what was decided: of one's own, and for supervisors of everybody."""
    return listing(request)


@require_safe
@requires(Capability.ANSWER_AS_STAFF)
def approval_detail(request: HttpRequest, approval_id: int) -> HttpResponse:
    """One reply: its words, who is asked, and both wordings once it is decided."""
    return shown(request, approval_for(request, approval_id))


@requires(Capability.ANSWER_AS_STAFF)
@require_POST
@once
def approval_decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Let it out or not. Its author gets a 403: somebody else reads it."""
    approval, form = approval_for(request, approval_id), DecisionForm(request.POST)
    if not form.is_valid():
        return shown(request, approval, 422, form=form)
    sent = form.cleaned_data
    try:
        if form.is_approved:
            text = sent["text"].replace("\r\n", "\n")
            approval.approve(by=request.user, version=sent["version"], text=text)
        else:
            approval.decline(by=request.user, why=sent["why"])
    except Stale as stale:
        return shown(request, approval_for(request, approval_id), stale.status, refused=str(stale))
    except Refusal as refusal:
        return shown(request, approval_for(request, approval_id), refusal.status, form=form, refused=str(refusal))
    messages.success(request, _("Published.") if form.is_approved else _("Not published, and its author is told."))
    return redirect("moderation:approval-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def regulation_make(request: HttpRequest) -> HttpResponse:
    """From now on replies on this are read twice."""
    form = RegulationForm(request.POST)
    if not form.is_valid():
        return listing(request, 422, form=form)
    Regulation.objects.make(by=request.user, **form.cleaned_data)
    messages.success(request, _("From now on somebody else reads the team's public replies on this first."))
    return redirect("moderation:approval-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def regulation_drop(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """Replies on it go out at once again."""
    get_object_or_404(Regulation, pk=regulation_id).drop(by=request.user)
    messages.success(request, _("Replies on this go out at once again."))
    return redirect("moderation:approval-list")


def approval_for(request: HttpRequest, approval_id: int) -> Approval:
    """One that this person may read; any other does not exist."""
    rows = Approval.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "post__author", "post__parent", "post__thread__product__brand", "post__thread__item", "asked", "decided_by"
        ),
        pk=approval_id,
    )


def shown(request: HttpRequest, approval: Approval, status: int = 200, **more: Any) -> HttpResponse:
    """Its page, with what stopped a decision."""
    is_own = approval.post.author_id == request.user.pk
    may_decide = not is_own and request.user.can(Capability.SUPERVISE)
    question = approval.post.parent or approval.post.thread.posts.filter(kind=Post.Kind.OPENING).first()
    context = {"approval": approval, "question": question, "is_own": is_own, "may_decide": may_decide, **more}
    return render(request, "moderation/approvals/approval_detail.html", context, status=status)


def listing(request: HttpRequest, status: int = 200, *, form: Any = None) -> HttpResponse:
    """The page of all, with a form that was refused in its place."""
    rows = Approval.objects.visible_to(request.user).select_related(
        "post__author", "post__thread", "asked", "decided_by"
    )
    context = {
        "waiting": rows.waiting()[:MOST_SHOWN],
        "decided": rows.exclude(state=Approval.State.WAITING).order_by("-decided_at")[:MOST_SHOWN],
        "regulations": Regulation.objects.all(),
        "form": form or RegulationForm(),
        "may_supervise": request.user.can(Capability.SUPERVISE),
    }
    return render(request, "moderation/approvals/approval_list.html", context, status=status)
