"""What the team's pages of private help show."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.notifications.models import EmailDelivery
from community.people.distance import team_name_of
from community.people.roles import Capability
from forums.threads.models import Draft
from moderation.escalation.forms import CloseForm, OfferToOneForm
from moderation.escalation.guidance.watching import strip_for
from moderation.escalation.models import Channel, Conversation, Invitation
from moderation.queue.models import Item


def panel_context(request: HttpRequest, item: Item, **more: Any) -> dict[str, Any]:
    """The private panel of an item: of a question, or of the conversation itself."""
    conversation = getattr(item, "conversation", None)
    thread = item.thread
    offers = Invitation.objects.filter(thread__in=thread.family) if thread else Invitation.objects.none()
    invitations = list(offers.select_related("conversation__item", "customer").order_by("pk"))
    invitation = next(iter(invitations), None)
    askable = Invitation.objects.askable(thread) if not conversation else []
    strip = strip_for(thread) if thread and invitation is None else None
    return {
        "item": item,
        "conversation": conversation or getattr(invitation, "conversation", None),
        "invitation": invitation,
        "others": invitations[1:],
        "askable": askable,
        "strip": strip,
        "may_offer": request.user.can(Capability.OFFER_PRIVATE_HELP, item.brand_slug),
        "form": OfferToOneForm(initial={"purpose": strip.wording} if strip else None, threads=askable),
        **more,
    }


def conversation_context(request: HttpRequest, conversation: Conversation, **more: Any) -> dict[str, Any]:
    """The conversation as the team sees it."""
    drafts = Draft.objects.visible_to(request.user)
    draft = drafts.filter(place=f"conversation:{conversation.pk}").first()
    return {
        "conversation": conversation,
        "item": conversation.item,
        "messages_said": conversation.messages.select_related("author__persona").prefetch_related("attachments"),
        "closings": conversation.closings.select_related("by", "survey"),
        "closing": conversation.closing,
        "proposal": conversation.proposal,
        "outcomes": conversation.outcomes.exclude(state="proposed"),
        "may_write_pages": request.user.can(Capability.EDIT_ARTICLES),
        "held": conversation.held_mails,
        "is_mail_on": conversation.has_leg(Channel.MAIL),
        "is_bouncing": EmailDelivery.objects.bounced_to(conversation.customer.email),
        "may_help": request.user.can(Capability.OFFER_PRIVATE_HELP, conversation.item.brand_slug),
        "alias": team_name_of(request.user, to=conversation.customer),
        "close_form": CloseForm(),
        "text": draft.text if draft else "",
        "undo": conversation.undo_offer(request.user),
        **more,
    }


def show_panel(request: HttpRequest, item: Item, status: int = 200, **more: Any) -> HttpResponse:
    """The panel as a fragment, or as a page of its own where there is no script."""
    page = "_panel.html" if request.htmx else "private_panel.html"
    context = panel_context(request, item, **more)
    return render(request, f"moderation/escalation/{page}", context, status=status)


def show_conversation(request: HttpRequest, conversation: Conversation, status: int = 200, **more: Any) -> HttpResponse:
    """The conversation as a fragment, or as a page."""
    page = "_timeline.html" if request.htmx else "conversation_detail.html"
    context = conversation_context(request, conversation, **more)
    return render(request, f"moderation/escalation/{page}", context, status=status)
