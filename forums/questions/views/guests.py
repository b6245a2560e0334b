"""Asking without an account, in two steps: the question, then the address, whose owner confirms it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.networks import network_of
from community.refusals import Refusal
from forums.questions.forms import AskForm
from forums.questions.guest_forms import GuestAskForm, GuestForm, NameForm
from forums.questions.hinting import carried
from forums.questions.models import GuestQuestion
from forums.questions.views.hints import looked
from forums.questions.waiting import read_link

SENT, ASKED_HERE = "guest_sent", "guest_asked_here"
BACKEND = "community.people.backends.SignedInBackend"


@csrf_exempt  # the page it comes from carries no cookie; nothing is written, the typed text is shown again
@require_http_methods(["GET", "HEAD", "POST"])
def guest_question_new(request: HttpRequest) -> HttpResponse:
    """The question is written; now the address is asked for."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("forums:question-new"))
    if request.user.is_authenticated:  # signed in meanwhile, in another window
        form = AskForm(initial=request.POST.dict(), by=request.user)
        return render(request, "forums/questions/new.html", {"form": form} | carried(request.POST))
    return address_asked(request)


def address_asked(request: HttpRequest) -> HttpResponse:
    """The form again when something is wrong with it, else the second step with everything typed."""
    if "look" in request.POST:
        return looked(request, GuestAskForm(initial=request.POST.dict()))
    form = GuestAskForm(request.POST)
    if not (form.is_valid() and form.passes()):
        context = {"form": form, "guest": True} | carried(request.POST)
        return render(request, "forums/questions/new.html", context, status=form.status)
    return step_two(request, GuestForm(initial=form.going_on))


def step_two(request: HttpRequest, form: GuestForm, status: int = 200) -> HttpResponse:
    """The page that asks for the address."""
    return render(request, "forums/questions/guest_address.html", {"form": form}, status=status)


@require_POST
@once
def guest_question_keep(request: HttpRequest) -> HttpResponse:
    """Keep the question, and send the link."""
    form = GuestForm(request.POST)
    waiting = form.keep_for(network_of(request)) if form.is_valid() else None
    if waiting is None:
        response = step_two(request, form, form.status)
        if form.retry_after:
            response["Retry-After"] = str(form.retry_after)
        return response
    request.session[SENT], request.session[ASKED_HERE] = waiting.email, waiting.key
    return HttpResponseRedirect(reverse("forums:guest-question-sent"))


@require_safe
@never_cache
def guest_question_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "forums/questions/guest_sent.html", {"email": request.session.get(SENT, "")})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guest_question_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens. Looking changes nothing, for mail programs look too; the button publishes."""
    waiting, is_good = waiting_of(token)
    if waiting is None or waiting.question or not is_good:
        return past(request, waiting, token)
    form = NameForm(request.POST if "name" in request.POST else {"name": waiting.name})
    asks_name = not waiting.owner and not form.is_valid()
    problem = None
    if request.method == "POST" and not asks_name:
        try:
            return confirmed(request, waiting, form)
        except Refusal as refusal:
            problem, asks_name = refusal, refusal.code == "name_taken"
    context = {"waiting": waiting, "form": form, "asks_name": asks_name, "refusal": problem}
    status = problem.status if problem else 422 if asks_name and request.method == "POST" else 200
    return render(request, "forums/questions/guest_confirm.html", context, status=status)


def past(request: HttpRequest, waiting: GuestQuestion | None, token: str) -> HttpResponse:
    """The link has done its work, or came too late."""
    if waiting and waiting.question:
        return render(request, "forums/questions/guest_confirmed.html", {"question": waiting.question})
    return render(request, "forums/questions/guest_late.html", {"waiting": waiting, "token": token}, status=410)


def confirmed(request: HttpRequest, waiting: GuestQuestion, form: NameForm) -> HttpResponse:
    """Published. In the browser that asked, a new account is signed in at once; elsewhere a code by mail does that."""
    is_new, is_here = waiting.owner is None, request.session.get(ASKED_HERE) == waiting.key
    question = waiting.confirm(name=form.cleaned_data["name"] if is_new else "")
    if not (is_new and is_here and not request.user.is_authenticated):
        return HttpResponseRedirect(f"{request.path}?just=1")
    login(request, question.thread.author, backend=BACKEND)
    messages.success(
        request, _("Your question is published, and you are signed in. We tell you when somebody answers.")
    )
    return HttpResponseRedirect(question.get_absolute_url())


@require_POST
def guest_question_resend(request: HttpRequest, token: str) -> HttpResponse:
    """The link came too late: send a new one to the same mailbox."""
    waiting, _is_good = waiting_of(token)
    if waiting is None or waiting.question:
        return past(request, waiting, token)
    waiting.send_link()
    request.session[SENT] = ""
    return HttpResponseRedirect(reverse("forums:guest-question-sent"))


def waiting_of(token: str) -> tuple[GuestQuestion | None, bool]:
    """The guest's question of a link, and whether the link is still good; a foreign link leads nowhere."""
    try:
        key, is_good = read_link(token)
    except signing.BadSignature as error:
        raise Http404 from error
    rows: Any = GuestQuestion.objects.select_related("question__thread__author", "product", "product_version")
    return rows.filter(key=key).first(), is_good
