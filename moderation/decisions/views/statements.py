"""What a person was told, and their appeal. The address is the key: who is suspended cannot sign in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.once import once
from community.people.guards import doorway
from community.refusals import Refusal
from forums.threads.models import Hiding, Post, Thread
from moderation.decisions.appealing import appeal
from moderation.decisions.forms import AppealForm
from moderation.decisions.models import StatementOfReasons
from moderation.flags.models import Flag


@doorway
@require_http_methods(["GET", "HEAD", "POST"])
@once
def statement_detail(request: HttpRequest, token: str) -> HttpResponse:
    """What was decided, by which rule, on which facts; and the form of the appeal."""
    statement = statement_for(token)
    made = statement.decision.appeals.filter(flag=None).first()
    form = AppealForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                appeal(statement.decision, by=statement.person, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("Your appeal is on its way. You hear from us within a week."))
                return redirect(statement)
    context = {
        "statement": statement,
        "decision": statement.decision,
        "appeal": made,
        "form": form,
        "change_url": change_url_of(statement),
        "is_late": timezone.now() > statement.appeal_until,
    }
    response = render(request, "moderation/decisions/statement_detail.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"  # without any, browsers send the form as if from nowhere: refused
    return response


@doorway
@require_safe
def statement_record(request: HttpRequest, token: str) -> JsonResponse:
    """The same record for a program."""
    return JsonResponse(statement_for(token).as_record(), headers={"Cache-Control": "private, no-store"})


@doorway
@require_http_methods(["GET", "HEAD", "POST"])
@once
def flag_appeal(request: HttpRequest, receipt: str) -> HttpResponse:
    """Whoever reported something in vain says why it should be looked at again."""
    flag = get_object_or_404(Flag.objects.select_related("case", "rule"), receipt=receipt)
    if flag.by_id and flag.by_id != request.user.pk:
        raise Http404
    decision = flag.case.decisions.standing().order_by("-pk").first()
    form = AppealForm(request.POST or None, request.FILES or None)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            if decision is None:
                raise Refusal(_("Nothing was decided yet."), code="open")
            appeal(decision, by=flag.by, flag=flag, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Somebody else will look at it again, within a week."))
            return redirect("moderation:flag-sent", receipt=receipt)
    return render(request, "moderation/decisions/flag_appeal.html", {"flag": flag, "form": form}, status=status)


def change_url_of(statement: StatementOfReasons) -> str:
    """Where a refused review is put right and sent again; empty for all else."""
    post = statement.decision.case.subject
    if not isinstance(post, Post) or post.thread.kind != Thread.Kind.REVIEW or not statement.decision.is_standing:
        return ""
    is_open = Hiding.objects.filter(post=post, is_for_good=False).exists() and post.kind == Post.Kind.OPENING
    return reverse("forums:review-edit", args=[post.thread_id]) if is_open else ""


def statement_for(token: str) -> StatementOfReasons:
    """The statement of this address."""
    statements = StatementOfReasons.objects.select_related("decision__case", "decision__rule", "person")
    return get_object_or_404(statements, token=token)
