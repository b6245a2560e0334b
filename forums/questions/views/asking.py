"""Asking a question."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.live.pages import shows
from community.once import once
from community.policy.allowance import allowance_for
from forums.questions.forms import AskForm
from forums.questions.guest_forms import GuestAskForm
from forums.questions.hinting import carried
from forums.questions.views.guests import address_asked
from forums.questions.views.hints import looked
from forums.threads.drafting import keep_when_too_many
from forums.threads.models import Draft, Post
from forums.threads.sent import sent
from forums.threads.typed import signed_in_or_kept, take_up
from forums.threads.views.undoing import say_sent


@require_http_methods(["GET", "HEAD", "POST"])
@once
def question_new(request: HttpRequest) -> HttpResponse:
    """Ask. Somebody without an account asks first and names an address afterwards."""
    if request.user.is_authenticated:
        take_up(request)
        return ask_as_member(request)
    return address_asked(request) if request.method == "POST" else page_for_guests(request)


def ask_as_member(request: HttpRequest) -> HttpResponse:
    """A draft from any device is there again; product and version are known from what the person owns."""
    person, asked = request.user, request.GET
    draft = Draft.objects.visible_to(person).filter(place="ask").first()
    if request.method == "POST" and "look" in request.POST:
        return looked(request, AskForm(initial=request.POST.dict(), by=person))
    if request.method == "POST":
        form, status = AskForm(sent(request), by=person), 422
        if form.is_valid() and (question := form.save(by=person)):
            if question.thread.is_hidden:
                messages.info(request, _("Thank you. A person looks at it before everybody can see it."))
            else:
                say_sent(request, question.thread.posts.get(kind=Post.Kind.OPENING))
            return HttpResponseRedirect(question.get_absolute_url())
        status = form.status
        keep_when_too_many(form.refusal, form.data.get("text", ""), by=person, place="ask")
    else:
        initial = AskForm.starting_with(person, asked.get("product", ""), asked.get("title", ""))
        if draft:
            initial |= {"text": draft.text, "title": initial["title"] or draft.title}
        form, status = AskForm(initial=initial, by=person), 200
    context = {"form": form, "draft": draft, "allowance": allowance_for(person, "question")} | carried(request.POST)
    return render(request, "forums/questions/new.html", context, status=status)


def page_for_guests(request: HttpRequest) -> HttpResponse:
    """The form for everybody without an account: the same for all, no cookie, no token."""
    asked = request.GET
    initial = AskForm.starting_with(None, asked.get("product", ""), asked.get("title", ""))
    page = render(request, "forums/questions/new.html", {"form": GuestAskForm(initial=initial), "guest": True})
    return shows(page, "products")


@signed_in_or_kept(lambda: "ask")
@require_POST
def question_sign_in(request: HttpRequest) -> HttpResponse:
    """Somebody who has an account after all signs in; what they typed is kept, and waits on the form."""
    return HttpResponseRedirect(reverse("forums:question-new"))
