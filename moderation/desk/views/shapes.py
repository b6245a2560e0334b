"""The shape of a thread: merge it, close it as a duplicate, move it, split a post off, and take that back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from community.search.similar import Similar, similar
from community.undoing import offer_undo
from forums.questions.merging import merge, unmerge
from forums.questions.splitting import split, unsplit
from forums.threads.duplicating import close_as_duplicate, reopen_duplicate
from forums.threads.holding import refuse_pair
from forums.threads.models import Duplicate, Follow, Merge, Move, Post, Split, Thread
from forums.threads.moving import move, move_back
from moderation.desk.shape_forms import MoveForm, OtherThreadForm, SplitForm

UNDO: dict[str, tuple[Any, Callable[..., None]]] = {
    "merge": (Merge, unmerge),
    "duplicate": (Duplicate, reopen_duplicate),
    "split": (Split, unsplit),
    "move": (Move, move_back),
}
DONE = {
    "merge": gettext_lazy("Merged. Both are read here now."),
    "duplicate": gettext_lazy("Closed as a duplicate of this one."),
    "split": gettext_lazy("Split off: this is a question of its own now."),
    "move": gettext_lazy("Moved."),
}
UNDO_SHOWN, LIKELY = 60, 4


@requires(Capability.RESHAPE_THREADS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def thread_merge(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Choose the other thread, see what moves and who follows, then merge."""
    return bring_together(
        request, thread_id, "merge", lambda thread, **said: merge(thread, into=said.pop("other"), **said)
    )


@requires(Capability.RESHAPE_THREADS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def thread_duplicate(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Choose the original, see who will hear of it, then close this one."""
    return bring_together(
        request, thread_id, "duplicate", lambda thread, **said: close_as_duplicate(thread, of=said.pop("other"), **said)
    )


@requires(Capability.RESHAPE_THREADS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def thread_move(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Say which product it is about."""
    thread = shapable(request, thread_id)
    form = MoveForm(request.POST or None, initial={"version": thread.version})
    return carry_out(request, "move", thread, form, lambda **said: move(thread, by=request.user, **said))


@requires(Capability.RESHAPE_THREADS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_split(request: HttpRequest, post_id: int) -> HttpResponse:
    """Make a question of a post that is about something else."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=post_id)
    thread = shapable(request, post.thread_id)
    form = SplitForm(request.POST or None, initial={"version": post.version})
    return carry_out(request, "split", thread, form, lambda **said: split(post, by=request.user, **said), post=post)


@requires(Capability.RESHAPE_THREADS)
@require_safe
def thread_changes(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What was done to the shape of the thread, and what of it can be undone."""
    thread = shapable(request, thread_id)
    return render(request, "moderation/desk/thread_changes.html", {"thread": thread, "changes": changes_of(thread)})


@requires(Capability.RESHAPE_THREADS)
@require_POST
@once
def change_undo(request: HttpRequest, thread_id: int, kind: str, row_id: int) -> HttpResponse:
    """Take a reshaping back, within thirty days."""
    thread = shapable(request, thread_id)
    if kind not in UNDO:
        raise Http404
    model, undo = UNDO[kind]
    row = next((row for row in changes_of(thread) if isinstance(row, model) and row.pk == row_id), None)
    if row is None:
        raise Http404
    undo(row, by=request.user)
    messages.success(request, _("Undone."))
    return redirect("moderation:thread-changes", thread_id=thread_id)


def shapable(request: HttpRequest, thread_id: int) -> Thread:
    """A thread of a brand for which this person may do it; any other does not exist."""
    threads = Thread.objects.visible_to(request.user).select_related("product__brand", "merged_into")
    thread = get_object_or_404(threads, pk=thread_id)
    if not thread.is_reshaped_by(request.user):
        raise Http404
    return thread


def bring_together(request: HttpRequest, thread_id: int, deed: str, verb: Callable[..., Any]) -> HttpResponse:
    """A deed with another thread: its address or number first, then what will happen, then a yes."""
    thread = shapable(request, thread_id)
    given = request.POST if request.method == "POST" else request.GET if "other" in request.GET else None
    form = OtherThreadForm(given, by=request.user, initial={"version": thread.version})
    is_chosen = given is not None and form.is_valid() and (request.method == "POST" or belongs(thread, form))
    more = preview_of(thread, form.cleaned_data["other"]) if is_chosen else {"likely": likely(thread, request.user)}
    return carry_out(request, deed, thread, form, lambda **said: verb(thread, by=request.user, **said), **more)


def belongs(thread: Thread, form: OtherThreadForm) -> bool:
    """Whether the two can be brought together at all: nobody is shown what would happen when it cannot."""
    try:
        refuse_pair(thread, form.cleaned_data["other"])
    except Refusal as refusal:
        form.add_error("other", str(refusal))
        return False
    return True


def likely(thread: Thread, person: Any) -> list[Similar]:
    """Threads of the same kind that resemble it most: the other one is often among them."""
    found = similar(thread.title, thread.excerpt, product=thread.product_id, person=person, without=thread.pk, limit=8)
    return [one for one in found if one.kind == thread.kind][:LIKELY]


def preview_of(thread: Thread, other: Thread) -> dict[str, Any]:
    """What moves and who follows, before it is done."""
    own = set(Follow.objects.filter(thread__in=Thread.objects.read_with(thread)).values_list("person", flat=True))
    theirs = set(Follow.objects.filter(thread__in=Thread.objects.read_with(other)).values_list("person", flat=True))
    posts = thread.all_posts.filter(is_hidden=False, removed_at__isnull=True)
    return {"other": other, "post_count": posts.count(), "new_followers": len(own - theirs), "both": len(own & theirs)}


def carry_out(
    request: HttpRequest, deed: str, thread: Thread, form: Any, verb: Callable[..., Any], **more: Any
) -> HttpResponse:
    """Show the form; on POST do it, or say why not with all that was typed. 409 shows the thread as it is now."""
    status = 200 if not form.errors else 422
    if request.method == "POST" and form.is_valid():
        try:
            row = verb(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            thread.refresh_from_db()
            status = refusal.status
        else:
            target = getattr(row, "into", None) or getattr(row, "of", None) or row.thread
            stays = target if deed == "merge" else thread  # whose history it is, and still there once it is undone
            undo = reverse("moderation:change-undo", args=[stays.pk, deed, row.pk])
            offer_undo(request, DONE[deed], undo, seconds=UNDO_SHOWN)
            return redirect(target)
    context = {"thread": thread, "form": form, "deed": deed, **more}
    return render(request, "moderation/desk/thread_shape.html", context, status=status)


def changes_of(thread: Thread) -> list[Any]:
    """Merges, duplicates, splits and moves of the thread, and what was merged into it. The newest first."""
    rows = [
        *Merge.objects.decided().filter(thread=thread.pk).select_related("thread", "into", "by"),
        *Merge.objects.decided().filter(into=thread.pk).select_related("thread", "into", "by"),
        *Duplicate.objects.filter(thread=thread.pk).select_related("thread", "of", "by"),
        *Duplicate.objects.filter(of=thread.pk).select_related("thread", "of", "by"),
        *Split.objects.filter(thread=thread.pk).select_related("thread", "into", "by", "post"),
        *Split.objects.filter(into=thread.pk).select_related("thread", "into", "by", "post"),
        *Move.objects.filter(thread=thread.pk).select_related("thread", "from_product", "to_product", "by"),
    ]
    return sorted(rows, key=lambda row: row.created_at, reverse=True)
