"""Suggested changes: making one, the list of those that wait, deciding on one or many, taking one's own back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.paging import page_of
from community.people.guards import signed_in
from forums.threads.models import Draft, Post, Suggestion
from forums.threads.sent import sent
from forums.threads.suggesting import can_decide, can_suggest, take_suggestions, withdraw
from forums.threads.suggestion_forms import DecideForm, SuggestForm
from forums.threads.typed import signed_in_or_kept
from forums.threads.views.posts import newer


@signed_in_or_kept(lambda pk: f"suggest:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it better. One's own suggestion that still waits is gone on with."""
    known = Post.objects.select_related("thread__merged_into", "author")
    post = get_object_or_404(known.visible_to(request.user), pk=pk)
    if post.is_editable_by(request.user):
        return HttpResponseRedirect(reverse("forums:post-edit", args=[pk]))
    draft = Draft.objects.visible_to(request.user).filter(place=f"suggest:{pk}").first()
    form = SuggestForm(sent(request) or None, initial=begun(post, request.user, draft))
    if request.method == "POST" and form.is_valid() and form.save(post, request.user):
        asked = _("Thank you. Its author is asked, and you hear what becomes of it.")
        waits = _("Thank you. It waits for a look first; then its author is asked, and you hear what becomes of it.")
        messages.success(request, waits if form.waits else asked)
        return HttpResponseRedirect(post.get_absolute_url())
    context = {"post": post, "thread": post.thread, "form": form, "draft": draft, "place": f"suggest:{pk}"}
    is_open = can_suggest(post, request.user)
    status = form.status if form.is_bound else 200 if is_open else 403
    more = newer(form) if form.is_bound else {}
    return render(request, "forums/threads/post_suggest.html", context | more | {"is_open": is_open}, status=status)


def begun(post: Post, person: Any, draft: Draft | None) -> dict[str, Any]:
    """What the form begins with: the draft, else the person's suggestion that waits, else the text as it is."""
    mine = Suggestion.objects.waiting().filter(post=post, by=person).first()
    is_fresh = mine is not None and not mine.is_outdated
    title, text = (mine.title, mine.source) if mine and is_fresh else (post.thread.title, post.source)
    return {
        "title": (draft.title if draft else "") or title,
        "text": draft.text if draft else text,
        "reason": mine.reason if mine else "",
        "version": post.version,
    }


@signed_in
@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's yes, and what became of their own."""
    return listed(request, DecideForm(by=request.user))


def listed(request: HttpRequest, form: DecideForm, status: int = 200) -> HttpResponse:
    """The page of the list, with what could not be decided marked."""
    known = Suggestion.objects.select_related("post__thread__merged_into", "post__author", "by", "decided_by")
    page = page_of(known.decided_by(request.user), "created_at", request.GET.get("after", ""))
    for row in page.rows:
        row.refusal = form.refused.get(row.pk)
    own = known.filter(by=request.user).order_by("-created_at")[:20]
    context = {"rows": page.rows, "older": page.older, "own": own, "form": form}
    return render(request, "forums/threads/suggestion_list.html", context, status=status)


@signed_in
@require_safe
def suggestion_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and what became of it."""
    return shown(request, seen(request, pk), DecideForm(by=request.user))


def shown(request: HttpRequest, row: Suggestion, form: DecideForm, status: int = 200) -> HttpResponse:
    """The page of a suggestion; when the text has moved on at the same place, with the text as it is now."""
    refusal = form.refused.get(row.pk)
    may_decide = row.is_waiting and can_decide(row, request.user)
    context = {"row": row, "post": row.post, "form": form, "refusal": refusal, "may_decide": may_decide}
    return render(request, "forums/threads/suggestion_detail.html", context, status=status)


@signed_in
@require_POST
@once
def suggestion_decide(request: HttpRequest) -> HttpResponse:
    """Yes or no to those that are ticked, each by itself."""
    form = DecideForm(request.POST, by=request.user)
    if not form.is_valid():
        return again(request, form, 422)
    done = form.save()
    if done:
        words = ngettext("%(count)s suggestion decided.", "%(count)s suggestions decided.", done)
        messages.success(request, words % {"count": done})
    if form.refused:
        return again(request, form, next(iter(form.refused.values())).status)
    return HttpResponseRedirect(reverse("forums:suggestion-list"))


def again(request: HttpRequest, form: DecideForm, status: int) -> HttpResponse:
    """One suggestion is shown by itself again, several in their list."""
    ids = [pk for pk in request.POST.getlist("chosen") if pk.isdigit()]
    if "alone" in request.POST and len(ids) == 1:
        return shown(request, seen(request, int(ids[0])), form, status)
    return listed(request, form, status)


@signed_in
@require_POST
def suggestion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own back."""
    row = seen(request, pk)
    if row.by_id != request.user.pk:
        raise Http404
    withdraw(row, by=request.user)
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("forums:suggestion-list"))


@signed_in
@require_POST
def post_take_suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """The author lets others suggest changes, or wants none."""
    post = get_object_or_404(Post.objects.visible_to(request.user).filter(author=request.user), pk=pk)
    take_suggestions(post, request.POST.get("takes") == "1", by=request.user)
    return HttpResponseRedirect(reverse("forums:post-edit", args=[pk]))


def seen(request: HttpRequest, pk: int) -> Suggestion:
    """A suggestion that this person may see; any other does not exist for them."""
    known = Suggestion.objects.select_related("post__thread__merged_into", "post__author", "by", "decided_by")
    return get_object_or_404(known.visible_to(request.user), pk=pk)
