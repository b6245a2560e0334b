"""Beginning to talk: what it is about comes first, so that whoever answers has read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.refusals import Refusal
from moderation.escalation.carrying import product_at_hand
from moderation.escalation.forms import TalkForm
from moderation.escalation.models import Channel, Conversation


def ask_what_about(request: HttpRequest, template: str, *, then: str) -> HttpResponse:
    """The page with the form; once it is filled in, the conversation is there and its page named `then` comes next."""
    product = product_at_hand(request.user, request.GET.get("product", ""))
    form = TalkForm(request.POST if request.method == "POST" else None, initial={"product": product})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            conversation = Conversation.objects.ask(by=request.user, channels=[Channel.PAGE], **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect(then, conversation.token)
    return render(request, template, {"form": form}, status=status)
