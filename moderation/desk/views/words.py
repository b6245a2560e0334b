"""What an agent says about an item: in public to the customer, or to the team. Two forms, two addresses."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from community.undoing import offer_undo
from forums.canned.filling import is_untouched
from forums.threads.forms import canned_in
from forums.threads.models import Post
from forums.threads.sent import sent as with_files
from forums.threads.undoing import undo
from moderation.desk.forms import AnswerForm, NoteForm, fingerprint
from moderation.desk.page import item_for, place_query, show_item, show_open
from moderation.queue.models import Item, Note


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_note(request: HttpRequest, item_id: int) -> HttpResponse:
    """A word to the team."""
    item, form = item_for(request, item_id), NoteForm(request.POST)
    if not form.is_valid():
        return show_item(request, item, 422, compose="note", note_form=form)
    try:
        item.note(form.cleaned_data["text"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_item(request, item, refusal.status, compose="note", note_form=form)
    return show_item(request, item)


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_answer(request: HttpRequest, item_id: int) -> HttpResponse:
    """A public answer. Somebody faster stops it, and the text stays in the form."""
    item, form = item_for(request, item_id), AnswerForm(posted := with_files(request))
    if not form.is_valid():
        return answer_again(request, item, form, 422)
    sent = form.cleaned_data
    note = note_of(item, sent["from_note"]) if sent["from_note"] else None
    canned = canned_in(posted)
    if not sent["as_it_is"] and item.thread and is_untouched(sent["text"], item.thread, request.user, canned):
        return answer_again(request, item, form, 422, untouched=True, canned=canned)
    try:
        said = {"anyway": sent["anyway"], "from_note": note, "canned": canned}
        post = item.answer(sent["text"], by=request.user, seen=sent["seen"], **said)
    except Stale as stale:
        stopped = fingerprint(sent["text"])
        return answer_again(request, item, form, stale.status, newer=stale.newer, stopped=stopped)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return answer_again(request, item, form, refusal.status, canned=canned)
    return answered(request, item, post)


def answered(request: HttpRequest, item: Item, post: Post) -> HttpResponse:
    """The item with the answer in it, which can be undone for a moment."""
    url = f"{reverse('moderation:item-undo-answer', args=[item.pk, post.pk])}?{place_query(request)}"
    if not request.htmx and not post.is_hidden:
        offer_undo(request, _("Your answer is there."), url)
    offer = {"undo_url": url, "undo_left": settings.UNDO_SECONDS} if not post.is_hidden else {}
    return show_item(request, item, **offer)


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_undo_answer(request: HttpRequest, item_id: int, post_id: int) -> HttpResponse:
    """Take back one's own public answer that was only just sent; the form has its words again."""
    item = item_for(request, item_id)
    post = get_object_or_404(Post.objects.filter(author=request.user, thread__in=item.thread.family), pk=post_id)
    try:
        undo(post, by=request.user)
    except Refusal as refusal:
        return show_item(request, item, refusal.status, refused=str(refusal))
    return show_item(request, item, compose="answer")


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def note_answer(request: HttpRequest, item_id: int, note_id: int) -> HttpResponse:
    """Make a public answer of a note: the form names who will read it and asks for a yes."""
    item = item_for(request, item_id)
    note = note_of(item, note_id)
    return show_open(request, item, compose="answer", from_note=note, answer_text=note.source)


def answer_again(request: HttpRequest, item: Item, form: AnswerForm, status: int, **more: Any) -> HttpResponse:
    """The form again, with the person's text and with what stopped it."""
    number = form.cleaned_data.get("from_note")
    note = note_of(item, number) if number else None
    stopped = more.pop("stopped", form.data.get("stopped", "")[:64])
    text = form.data.get("text", "")
    context = {"answer_form": form, "answer_text": text, "from_note": note, "stopped": stopped, **more}
    return show_item(request, item, status, compose="answer", **context)


def note_of(item: Item, note_id: int) -> Note:
    """A note on this very item."""
    note = item.notes.filter(pk=note_id).first()
    if note is None or item.thread_id is None:
        raise Http404
    return note
