"""The team's side: the private panel of an item, the conversation, and what can be done there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.models import Person
from community.people.roles import Capability
from community.policy.checks.review_requests import KIND
from community.refusals import Refusal, refuse_invalid
from forums.threads.models import Thread
from moderation.escalation.files import uploads_from
from moderation.escalation.forms import CloseForm, OfferToOneForm, OutcomeForm, ReplyForm
from moderation.escalation.models import Conversation, Invitation, Showing, Wording
from moderation.escalation.views.panes import show_conversation, show_panel
from moderation.queue.models import Item

HELPS = (Capability.OFFER_PRIVATE_HELP, Capability.WORK_THE_QUEUE)


@requires(*HELPS)
@require_safe
def private_panel(request: HttpRequest, item_id: int) -> HttpResponse:
    """Beside an item: may this go private, does it already, and what is next."""
    return show_panel(request, item_of(request, item_id))


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def private_offer(request: HttpRequest, item_id: int) -> HttpResponse:
    """Invite the customer. Until they agree nothing else is made."""
    item = item_of(request, item_id)
    threads = Invitation.objects.askable(item.thread) or ([item.thread] if item.thread else [])
    form = OfferToOneForm(request.POST, threads=threads)
    if not form.is_valid() or form.thread is None:
        return show_panel(request, item, 422, form=form)
    try:
        Invitation.objects.offer(form.thread, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        put_forward(refusal, form.cleaned_data["purpose"], by=request.user, thread=form.thread)
        form.add_error(None, str(refusal))
        return show_panel(request, item, refusal.status, form=form)
    if not request.htmx:
        messages.success(request, _("Invited. Nothing is shared until the customer agrees."))
    return done_with_item(request, item)


def put_forward(refusal: Refusal, text: str, *, by: Person, thread: Thread | None) -> None:
    """What reads as if it asked for another review waits for a supervisor."""
    if refusal.code == KIND:
        Wording.objects.put_forward(text, by=by, thread=thread)


@requires(*HELPS)
@require_POST
@once
def guidance_dismiss(request: HttpRequest, showing_id: int) -> HttpResponse:
    """The hint does not fit. It is counted and does not come back."""
    showing = get_object_or_404(Showing.objects.select_related("thread__item"), pk=showing_id)
    item = item_of(request, getattr(getattr(showing.thread, "item", None), "pk", 0))
    for waiting in Showing.objects.waiting().filter(thread=showing.thread):
        waiting.dismiss(by=request.user)
    return done_with_item(request, item)


@requires(*HELPS)
@require_safe
def conversation_detail(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Everything said in private, and the private composer."""
    return show_conversation(request, conversation_of(request, conversation_id))


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def conversation_reply(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Answer in private, under the persona."""
    conversation = conversation_of(request, conversation_id)
    form = ReplyForm(request.POST)
    try:
        refuse_invalid(form)
        data = form.cleaned_data
        files = uploads_from(request.FILES.getlist("files"))
        conversation.reply(
            data["text"], by=request.user, seen=data["seen"], promised_at=data["promised_at"], files=files
        )
    except Refusal as refusal:
        kept = {"error": str(refusal), "text": request.POST.get("text", "")}
        put_forward(refusal, kept["text"], by=request.user, thread=conversation.thread)
        return show_conversation(request, conversation, refusal.status, **kept)
    return done_with_conversation(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def conversation_undo(request: HttpRequest, conversation_id: int, number: int) -> HttpResponse:
    """Take back one's own answer that was only just sent; its words are in the composer again."""
    conversation = conversation_of(request, conversation_id)
    try:
        conversation.undo(number, by=request.user)
    except Refusal as refusal:
        return show_conversation(request, conversation, refusal.status, error=str(refusal))
    return done_with_conversation(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def conversation_close(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Close with a result, and perhaps propose what the thread may say."""
    conversation = conversation_of(request, conversation_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return show_conversation(request, conversation, 422, close_form=form)
    data = form.cleaned_data
    try:
        conversation.close_with_summary(by=request.user, **data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_conversation(request, conversation, refusal.status, close_form=form)
    return done_with_conversation(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def conversation_reopen(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """There is more to do."""
    conversation = conversation_of(request, conversation_id)
    conversation.reopen(by=request.user)
    return done_with_conversation(request, conversation)


@requires(Capability.OFFER_PRIVATE_HELP)
@require_POST
@once
def outcome_propose(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Propose what the thread may say; the customer decides."""
    conversation = conversation_of(request, conversation_id)
    form = OutcomeForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(_("Write what the thread may say."), status=422)
        conversation.propose_outcome(form.cleaned_data["text"], by=request.user)
    except Refusal as refusal:
        kept = {"outcome_error": str(refusal), "outcome_text": request.POST.get("text", "")}
        return show_conversation(request, conversation, refusal.status, **kept)
    return done_with_conversation(request, conversation)


def item_of(request: HttpRequest, item_id: int) -> Item:
    """The item, when this person works on its brand; otherwise it does not exist."""
    items = Item.objects.visible_to(request.user).select_related("thread__product__brand", "thread__author", "customer")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def conversation_of(request: HttpRequest, conversation_id: int) -> Conversation:
    """The conversation, when this person works on its brand; otherwise it does not exist."""
    worked = Conversation.objects.worked_by(request.user)
    conversation = (
        worked.select_related("item__product__brand", "thread", "customer").filter(pk=conversation_id).first()
    )
    if conversation is None:
        raise Http404
    return conversation


def done_with_item(request: HttpRequest, item: Item) -> HttpResponse:
    """Back to the panel, or without htmx to the item."""
    return show_panel(request, item) if request.htmx else redirect(item)


def done_with_conversation(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Back to the conversation as it is now."""
    if request.htmx:
        return show_conversation(request, conversation_of(request, conversation.pk))
    return redirect("moderation:conversation-detail", conversation.pk)
