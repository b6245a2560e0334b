"""Asking the asker back, and opening a closed question again."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.changing import WAITS
from community.policy.models import HeldChange
from forums.questions.asking_back import need_of
from forums.questions.models import Question


class NeedForm(forms.Form):
    """What the team needs to know."""

    what = forms.CharField(max_length=120, label=_("What do you need to know?"), help_text=_("Such as: phone model"))


@requires(Capability.ANSWER_AS_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def question_needs_info(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for something; the asker gets one mail, and the question waits for them."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if isinstance(question.ask_back(form.cleaned_data["what"], by=request.user), HeldChange):
            messages.info(request, WAITS)
        return HttpResponseRedirect(question.get_absolute_url())
    context = {"question": question, "thread": question.thread, "form": form}
    return render(request, "forums/questions/needs_info.html", context, status=422 if form.errors else 200)


@requires(Capability.ANSWER_AS_STAFF)
@require_POST
def question_take_back_need(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not needed any more."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    question.take_back_need(by=request.user)
    return HttpResponseRedirect(question.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def question_reopen(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: opening the page changes nothing, one click opens the question again."""
    need = need_of(token)
    thread = need.question.thread
    if request.method == "POST":
        need.question.info_given(by=thread.author)
        return HttpResponseRedirect(thread.get_absolute_url())
    context = {"thread": thread, "need": need, "is_noindex": True}
    response = render(request, "forums/questions/reopen.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
