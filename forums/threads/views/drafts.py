"""Keeping drafts while somebody types."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.people.guards import signed_in
from community.refusals import Refusal, Stale
from community.text.diffs import diff_html
from forums.threads.models import Draft
from forums.threads.unfinished import unfinished

CHOSEN = "chosen-"
"""What the name of a field begins with that is kept beside the text."""


@signed_in
@require_safe
def my_draft_list(request: HttpRequest) -> HttpResponse:
    """What one has begun and not sent, on any device, with the way back to where it goes on."""
    return render(request, "forums/threads/drafts.html", {"drafts": unfinished(request.user)})


@signed_in
@require_POST
def draft_forget(request: HttpRequest) -> HttpResponse:
    """Throw a text away. One that is gone already is gone."""
    Draft.objects.drop(by=request.user, place=request.POST.get("place", "")[:80])
    messages.info(request, _("The draft is gone."))
    return HttpResponseRedirect(reverse("forums:my-draft-list"))


@signed_in
@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep the text typed so far. 409 with both texts and their difference when another tab has saved since."""
    posted = request.POST
    seen = number_in(posted.get("version", "")) or 0
    text, title = posted.get("text", "").replace("\r\n", "\n"), posted.get("title", "")
    facts = {"place": posted.get("place", ""), "seen": seen, "chosen": chosen_in(posted)}
    try:
        draft = Draft.objects.keep(by=request.user, text=text, title=title, **facts)
    except Stale as stale:
        both = {"mine": text, "diff": diff_html(stale.newer.text, text), "message": str(stale)}
        return JsonResponse({"code": "stale", "newer": as_json(stale.newer), **both}, status=409)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.status)
    return JsonResponse(as_json(draft)) if draft else HttpResponse(status=204)


def chosen_in(posted: QueryDict) -> dict[str, str] | None:
    """What else the form says, by its fields; None when it is one of those that have a text only."""
    if "chosen" not in posted:
        return None
    return {name.removeprefix(CHOSEN): posted[name] for name in posted if name.startswith(CHOSEN)}


@signed_in
@require_safe
def draft_detail(request: HttpRequest, place: str) -> HttpResponse:
    """The person's own draft for a place; 404 when there is none."""
    draft = Draft.objects.visible_to(request.user).filter(place=place).first()
    return JsonResponse(as_json(draft)) if draft else JsonResponse({"code": "no_draft"}, status=404)


def as_json(draft: Draft) -> dict[str, object]:
    """A draft as the browser keeps it."""
    names = ("place", "title", "text", "chosen", "version")
    return {name: getattr(draft, name) for name in names} | {"saved_at": draft.updated_at.isoformat()}
