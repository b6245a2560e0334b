"""Beside the form that asks: similar questions while the title is typed, and what helps to know of a product."""

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community.catalogue.models import Product
from community.numbers import number_in
from community.people.networks import network_of
from forums.questions.forms import AskForm
from forums.questions.hinting import carried, hints_for, note_told
from forums.threads.models import Thread

TOLD_AN_HOUR = 200  # from one network


@require_safe
def question_similar(request: HttpRequest) -> HttpResponse:
    """Up to five similar ones, as a piece of the form."""
    asked = request.GET
    product = product_of(asked.get("product", ""))
    hints = hints_for(asked.get("title", ""), asked.get("text", ""), product=product, person=request.user)
    response = render(request, "forums/questions/_hints.html", {"hints": hints, "is_quiet": True})
    response["Cache-Control"] = "private, no-store"
    return response


@csrf_exempt  # the page of visitors carries no token; it counts, for nobody in particular
@require_POST
def question_similar_told(request: HttpRequest) -> HttpResponse:
    """One was opened; or, with `answered`, it answered the question, and nothing needs to be asked."""
    number = number_in(request.POST.get("answered", ""))
    threads = Thread.objects.visible_to(request.user)
    answer = threads.filter(pk=number).first() if number is not None else None
    if is_believable(request):
        product = product_of(request.POST.get("product", ""))
        note_told(request.POST, is_member=request.user.is_authenticated, product=product, answer=answer)
    if answer is None:
        return HttpResponse(status=204)
    messages.success(request, _("Good that this helped. Your question was not asked; what you typed is not published."))
    return HttpResponseRedirect(answer.get_absolute_url())


def looked(request: HttpRequest, form: AskForm) -> HttpResponse:
    """The form again with similar questions, for those whose browser runs no scripts."""
    asked = request.POST
    product = product_of(asked.get("product", ""))
    hints = hints_for(asked.get("title", ""), asked.get("text", ""), product=product, person=request.user)
    context = {"form": form, "guest": not request.user.is_authenticated} | carried(asked, hints)
    return render(request, "forums/questions/new.html", context)


def is_believable(request: HttpRequest) -> bool:
    """So many an hour from one network; more are a program's."""
    key = f"hints-told:{network_of(request)}"
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) <= TOLD_AN_HOUR
    except ValueError:  # it ran out in this moment
        return True


@require_safe
def question_outline(request: HttpRequest) -> HttpResponse:
    """What helps to know with a question about this product."""
    return render(request, "forums/questions/_outline.html", {"product": product_of(request.GET.get("product", ""))})


def product_of(chosen: str) -> Product | None:
    """The product of a form, if it is one."""
    number = number_in(chosen)
    return Product.objects.visible_to(None).filter(pk=number).first() if number is not None else None
