"""The customer's decisions: private help yes or no, what may be told in public, whose mail that was, how it went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.inbound.admitting import admit_held
from community.once import once
from community.people.guards import doorway, signed_in
from community.refusals import Refusal
from moderation.escalation.carrying import carried_over
from moderation.escalation.forms import ConsentForm, OutcomeForm, SurveyForm
from moderation.escalation.models import Channel, Conversation, Invitation, Survey
from moderation.escalation.views.requests import own_conversation, show


@doorway
@signed_in
@require_safe
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, by whom, what for, and what would be shared. Looking at it agrees to nothing."""
    invitation = own_invitation(request, token)
    if invitation.state == Invitation.State.ACCEPTED:
        return redirect(invitation.conversation)
    form = ConsentForm(initial=carried_over(invitation.thread), channels=invitation.channels)
    return render(request, "moderation/escalation/invitation_detail.html", {"invitation": invitation, "form": form})


@doorway
@signed_in
@require_POST
@once
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes: the conversation begins with what the customer left in the form."""
    invitation = own_invitation(request, token)
    form = ConsentForm(request.POST, channels=invitation.channels)
    status = 422
    if form.is_valid():
        try:
            conversation = invitation.accept(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect(way_on(conversation, form.cleaned_data["channels"]))
    context = {"invitation": invitation, "form": form}
    return render(request, "moderation/escalation/invitation_detail.html", context, status=status)


@doorway
@signed_in
@require_POST
@once
def invitation_decline(request: HttpRequest, token: str) -> HttpResponse:
    """No: the thread goes on in public, and nobody asks again."""
    invitation = own_invitation(request, token)
    invitation.decline(by=request.user)
    messages.info(request, _("Fine, we go on here in public. Nobody will ask again about this question."))
    return redirect(invitation.thread)


@doorway
@signed_in
@require_POST
@once
def outcome_decide(request: HttpRequest, token: str) -> HttpResponse:
    """Approve the public summary, perhaps with other words, or keep it private."""
    conversation = own_conversation(request, token)
    outcome = conversation.proposal
    if outcome is None:
        raise Refusal(_("There is nothing to decide any more."), code="decided")
    if request.POST.get("decision") == "refuse":
        outcome.refuse(by=request.user)
        messages.info(request, _("Fine, it stays between you and our team."))
        return redirect(conversation)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return show(request, conversation, 422, outcome_error=_("Write what the question may say, or keep it private."))
    try:
        waits = outcome.approve(by=request.user, text=form.cleaned_data["text"])
    except Refusal as refusal:
        said = form.cleaned_data["text"]
        return show(request, conversation, refusal.status, outcome_error=str(refusal), outcome_text=said)
    if waits:
        messages.info(request, _("Thank you. It waits for a look first; then it stands on your question."))
    else:
        messages.success(request, _("Thank you. It stands on your question now, for everybody."))
    return redirect(conversation)


@doorway
@signed_in
@require_POST
@once
def held_decide(request: HttpRequest, token: str, mail_id: int) -> HttpResponse:
    """A mail from an unknown address: the customer says whether it was theirs."""
    conversation = own_conversation(request, token)
    mail = get_object_or_404(conversation.held_mails, pk=mail_id)
    if request.POST.get("decision") == "mine":
        admit_held(mail, by=request.user)
    else:
        mail.discard(by=request.user)
    return redirect(conversation)


@doorway
@require_http_methods(["GET", "POST"])
@once
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """How was it? The link in the mail works once, signed in or not. Opening it counts for nothing."""
    row = get_object_or_404(Survey, token=token)
    if not row.is_open:
        return render(request, "moderation/escalation/survey_done.html", {"survey": row}, status=410)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            row.answer(data["score"], words=data["words"], is_public=data["is_public"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            context = {"survey": row, "form": form}
            return render(request, "moderation/escalation/survey.html", context, status=refusal.status)
        row.refresh_from_db()
        return render(request, "moderation/escalation/survey_done.html", {"survey": row, "is_new": True})
    return render(request, "moderation/escalation/survey.html", {"survey": row, "form": form}, status=status)


def way_on(conversation: Conversation, channels: list[str]) -> str:
    """Where the customer goes next: who wants to talk begins that on its own page."""
    if Channel.CALL in channels:
        return reverse("moderation:callback-book", args=[conversation.token])
    if Channel.CHAT in channels:
        return reverse("moderation:chat-detail", args=[conversation.token])
    return conversation.get_absolute_url()


def own_invitation(request: HttpRequest, token: str) -> Invitation:
    """The customer's invitation with this token; for everybody else it does not exist."""
    own = Invitation.objects.visible_to(request.user).select_related("thread__product", "by__persona")
    invitation = own.filter(token=token).first()
    if invitation is None:
        raise Http404
    return invitation
