"""The customer's own requests: list, page, new, and what can be done there."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.catalogue.models import Product
from community.numbers import number_in
from community.once import once
from community.people.guards import doorway, signed_in
from community.refusals import Refusal, refuse_invalid
from forums.threads.models import Draft, Thread
from moderation.escalation.carrying import product_at_hand
from moderation.escalation.files import uploads_from
from moderation.escalation.forms import MessageForm, RequestForm
from moderation.escalation.models import Conversation, Invitation, Outcome


@doorway
@signed_in
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """My requests: each with its status, the next step, and when we answer."""
    own = Conversation.objects.owned_by(request.user).select_related("item__product", "thread").order_by("-moved_at")
    asks = Exists(Outcome.objects.waiting().filter(conversation=OuterRef("pk")))
    own = own.annotate(awaits_word=asks).with_next_step().prefetch_related("item__cases")
    return render(
        request,
        "moderation/escalation/request_list.html",
        {
            "requests": own[:100],
            "invitations": Invitation.objects.visible_to(request.user).open().select_related("thread"),
        },
    )


@doorway
@signed_in
@require_safe
def request_about(request: HttpRequest, thread_id: int) -> HttpResponse:
    """From a public thread straight to what waits about it: the open offer, else the conversation, else my requests."""
    offer = Invitation.objects.visible_to(request.user).open().filter(thread=thread_id).order_by("-pk").first()
    talk = Conversation.objects.owned_by(request.user).filter(thread=thread_id).order_by("-moved_at").first()
    if offer:
        return redirect("moderation:invitation-detail", offer.token)
    return redirect("moderation:request-detail", talk.token) if talk else redirect("moderation:request-list")


@doorway
@signed_in
@require_http_methods(["GET", "POST"])
@once
def request_new(request: HttpRequest) -> HttpResponse:
    """Turn to the team in private. A text sent here by "send privately" is shown for a last look before it is sent.

    Written in a thread of their own, it stays about that thread: what comes of it can be told there.
    """
    thread = own_thread(request)
    if request.method == "GET":
        return show_new(request, RequestForm(initial=first_values(request)), thread)
    if "send" not in request.POST:
        form = RequestForm(initial={**first_values(request), **brought_along(request)})
        return show_new(request, form, thread, is_kept=True)
    form = RequestForm(request.POST)
    status = 422
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("title", "text", "product", "channels")}
        try:
            conversation = Conversation.objects.ask(by=request.user, thread=thread, **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Sent. Only you and our team can read it."))
            return redirect(conversation)
    return show_new(request, form, thread, status=status)


@doorway
@signed_in
@require_safe
def request_detail(request: HttpRequest, token: str) -> HttpResponse:
    """One request: everything said so far, and what can be done."""
    return show(request, own_conversation(request, token))


@doorway
@signed_in
@require_POST
@once
def request_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Say something more, with files."""
    conversation = own_conversation(request, token)
    form = MessageForm(request.POST)
    try:
        refuse_invalid(form)
        conversation.say(form.cleaned_data["text"], by=request.user, files=uploads_from(request.FILES.getlist("files")))
    except Refusal as refusal:
        return show(request, conversation, refusal.status, error=str(refusal), text=request.POST.get("text", ""))
    return show(request, own_conversation(request, token)) if request.htmx else redirect(conversation)


@doorway
@signed_in
@require_POST
@once
def request_undo(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Take back what was only just sent; its words are in the composer again."""
    conversation = own_conversation(request, token)
    try:
        conversation.undo(number, by=request.user)
    except Refusal as refusal:
        return show(request, conversation, refusal.status, error=str(refusal))
    return show(request, own_conversation(request, token)) if request.htmx else redirect(conversation)


@doorway
@signed_in
@require_POST
@once
def request_close(request: HttpRequest, token: str) -> HttpResponse:
    """The customer has what they need."""
    conversation = own_conversation(request, token)
    conversation.close(by=request.user)
    return show(request, own_conversation(request, token)) if request.htmx else redirect(conversation)


@doorway
@signed_in
@require_POST
@once
def request_reopen(request: HttpRequest, token: str) -> HttpResponse:
    """It came back: open it again, within 14 days."""
    conversation = own_conversation(request, token)
    conversation.reopen(by=request.user)
    return show(request, own_conversation(request, token)) if request.htmx else redirect(conversation)


def own_conversation(request: HttpRequest, token: str) -> Conversation:
    """The customer's conversation with this token; for everybody else it does not exist."""
    own = Conversation.objects.owned_by(request.user).select_related("item__product__brand", "thread", "customer")
    conversation = own.filter(token=token).first()
    if conversation is None:
        raise Http404
    return conversation


def own_thread(request: HttpRequest) -> Thread | None:
    """The thread that it is about, when it is the customer's own."""
    number = number_in(request.GET.get("thread", "") or request.POST.get("thread", ""))
    if number is None:
        return None
    return Thread.objects.visible_to(request.user).filter(author=request.user, pk=number).first()


def show_new(
    request: HttpRequest, form: RequestForm, thread: Thread | None, *, is_kept: bool = False, status: int = 200
) -> HttpResponse:
    """The page on which a private request is written."""
    context = {"form": form, "thread": thread, "is_kept": is_kept}
    return render(request, "moderation/escalation/request_new.html", context, status=status)


def show(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The page, or for htmx its middle alone. A text that was refused stays in the composer."""
    draft = Draft.objects.visible_to(request.user).filter(place=f"request:{conversation.pk}").first()
    context = {
        "conversation": conversation,
        "messages_said": conversation.messages.select_related("author__persona").prefetch_related("attachments"),
        "closing": conversation.closing,
        "proposal": conversation.proposal,
        "outcomes": conversation.outcomes.exclude(state="proposed"),
        "survey": open_survey(conversation),
        "held": conversation.held_mails,
        "text": draft.text if draft else "",
        "undo": conversation.undo_offer(request.user),
        **more,
    }
    page = "_request.html" if request.htmx else "request_detail.html"
    return render(request, f"moderation/escalation/{page}", context, status=status)


def open_survey(conversation: Conversation) -> Any:
    """The question "how was it?" of the closing in force, while it is not answered."""
    survey = getattr(conversation.closing, "survey", None)
    return survey if survey is not None and survey.is_open else None


def first_values(request: HttpRequest) -> dict[str, Any]:
    """What we can fill in: the product that the address names, else the only one the person owns."""
    return {"product": product_at_hand(request.user, request.GET.get("product", ""))}


def brought_along(request: HttpRequest) -> dict[str, Any]:
    """A text that was about to be public: kept word by word."""
    kept = {name: request.POST.get(name, "") for name in ("title", "text")}
    given = request.POST.get("product", "")
    number = number_in(given)
    named = {"slug": given} if number is None else {"pk": number}
    product = Product.objects.visible_to(request.user).filter(**named).first()
    return {**kept, **({"product": product.pk} if product else {})}
