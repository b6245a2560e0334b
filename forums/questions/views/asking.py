"""Asking a question."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from forums.questions.forms import AskForm
from forums.threads.models import Draft
from forums.threads.typed import signed_in_or_kept


@signed_in_or_kept(lambda: "ask")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def question_new(request: HttpRequest) -> HttpResponse:
    """Ask. A draft from any device is there again; product and version are known from what the person owns."""
    person, asked = request.user, request.GET
    draft = Draft.objects.visible_to(person).filter(place="ask").first()
    if request.method == "POST":
        form, status = AskForm(request.POST, by=person), 422
        if form.is_valid() and (question := form.save(by=person)):
            if question.thread.is_hidden:
                messages.info(request, _("Thank you. A person looks at it before everybody can see it."))
            return HttpResponseRedirect(question.get_absolute_url())
        status = form.status
    else:
        initial = AskForm.starting_with(person, asked.get("product", ""), asked.get("title", ""))
        if draft:
            initial |= {"text": draft.text, "title": initial["title"] or draft.title}
        form, status = AskForm(initial=initial, by=person), 200
    return render(request, "forums/questions/new.html", {"form": form, "draft": draft}, status=status)
