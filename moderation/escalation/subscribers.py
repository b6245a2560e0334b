"""What private help makes of what happens in public."""

from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.inbound.models import InboundMail
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.roles import Role
from forums.articles.forms import editors
from forums.bonds.models import Bond
from forums.canned.models import CannedUse
from forums.threads.models import Post, Thread
from moderation.escalation.guidance.watching import watch_thread
from moderation.escalation.models import Channel, Conversation, Invitation, Leg
from moderation.queue.models import Item
from moderation.queue.narrowing import KINDS

NEWS = {
    Verb.MESSAGE_RECEIVED: _("A customer wrote to you in private"),
    Verb.OUTCOME_APPROVED: _("The public outcome is approved"),
    Verb.OUTCOME_REFUSED: _("The customer keeps the outcome private"),
    Verb.HELP_ACCEPTED: _("The customer accepts private help"),
    Verb.HELP_DECLINED: _("The customer declines private help"),
}


def goes_by(way: str) -> Q:
    """The matters that go this way."""
    return Q(pk__in=Leg.objects.filter(channel=way).values("conversation__item"))


for way, label in Channel.choices:  # the desk's search narrows by the way, too: kind:mail, kind:chat
    KINDS[way] = (label, partial(goes_by, way))


@on(Verb.QUESTION_ASKED, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_PUBLISHED, Verb.POST_HELD)
def propose_private_help(event: Event) -> None:
    """After each new text of the customer or the team: is there a reason to go private? Others' texts give none."""
    subject = event.subject
    thread = subject.thread if isinstance(subject, Post) else subject
    is_others = isinstance(subject, Post) and not subject.alias and subject.author_id != subject.thread.author_id
    if isinstance(thread, Thread) and not is_others:
        watch_thread(thread)


@on(Verb.SURVEY_ANSWERED)
def tell_the_templates(event: Event) -> None:
    """How satisfied somebody was counts for the reply templates that were sent to them in public before."""
    conversation = event.subject
    if conversation is not None and conversation.thread is not None:
        CannedUse.objects.were_marked(conversation.thread, event.details["score"])


@on(Verb.HELP_OFFERED)
def tell_customer_of_the_offer(event: Event) -> None:
    """The customer hears that private help is offered, with a link to say yes or no."""
    invitation = Invitation.objects.filter(thread_id=event.subject_id).first()
    if invitation is None or not invitation.is_open:
        return
    text = _("%(name)s offers you private help") % {"name": invitation.alias}
    url = reverse("moderation:invitation-detail", args=[invitation.token])
    letter = Letter(subject=text, excerpt=invitation.thread.title, button=_("Look at the offer"), by=invitation.alias)
    notify(invitation.customer, "private", url=url, text=text, event=event, letter=letter)


@on(Verb.MESSAGE_SENT)
def keep_a_bond(event: Event) -> None:
    """Somebody of the team helped in private: the customer may ask for the same person again."""
    conversation, agent = event.subject, event.actor
    said = conversation.messages.filter(author=agent, side="team").order_by("-pk").first() if conversation else None
    if agent and said and said.alias == agent.shown_as:
        Bond.objects.keep(conversation.customer, agent, event.created_at)


@on(Verb.MESSAGE_SENT)
def tell_customer_of_the_reply(event: Event) -> None:
    """A line in the tray; by mail only where the mail channel does not bring the words themselves."""
    conversation = event.subject
    if event.details.get("via") == Channel.CHAT:
        return  # they are there, or read it in the mail that follows the chat
    if was_undone(event):
        return
    text = _("We answered your private request")
    letter = None
    if not conversation.has_leg(Channel.MAIL):
        letter = Letter(subject=text, button=_("Read it"), chain=f"conversation-{conversation.pk}")
    url = conversation.get_absolute_url()
    notify(conversation.customer, "private", url=url, text=text, event=event, letter=letter)


def was_undone(event: Event) -> bool:
    """Whether the message was taken back before anybody was told of it."""
    return not event.subject.messages.filter(number=event.details.get("number")).exists()


@on(Verb.OUTCOME_PROPOSED)
def ask_customer_about_the_outcome(event: Event) -> None:
    """The customer is asked whether the summary may be public."""
    conversation = event.subject
    text = _("May we say on your question how it ended?")
    letter = Letter(subject=text, button=_("Read it and decide"), chain=f"conversation-{conversation.pk}")
    notify(conversation.customer, "private", url=conversation.get_absolute_url(), text=text, event=event, letter=letter)


@on(Verb.OUTCOME_APPROVED)
def offer_a_help_page(event: Event) -> None:
    """The words that the customer approved are offered to the editors: others may have the same."""
    thread = event.subject
    url = f"{reverse('forums:article-new')}?thread={thread.pk}"
    text = format_lazy(
        _("“{title}” ended well, and everybody may know how. Make a help page of it?"), title=thread.title
    )
    for person in editors():
        if thread.is_edited_by(person):
            notify(person, "team", url=url, text=text, event=event)


@on(Verb.CONVERSATION_CLOSED)
def tell_customer_of_the_end(event: Event) -> None:
    """The customer hears it when the team closed."""
    conversation = event.subject
    if event.actor_id != conversation.customer_id:
        text = _("Your private request is closed")
        notify(conversation.customer, "private", url=conversation.get_absolute_url(), text=text, event=event)


@on(Verb.MESSAGE_RECEIVED, Verb.OUTCOME_APPROVED, Verb.OUTCOME_REFUSED, Verb.HELP_ACCEPTED, Verb.HELP_DECLINED)
def tell_the_agent(event: Event) -> None:
    """Whoever has the conversation, or made the offer, hears what the customer said to it."""
    agent, item = concerned(event)
    if event.details.get("via") == Channel.CHAT:
        return  # the desk shows it as it is said
    if event.verb == Verb.MESSAGE_RECEIVED and was_undone(event):
        return
    if agent is not None and item is not None and agent.pk != event.actor_id:
        notify(agent, "team", url=item.get_absolute_url(), text=NEWS[Verb(event.verb)], event=event)


@on(Verb.MAIL_STORM)
def alert_supervisors(event: Event) -> None:
    """Too many mails from one address: every supervisor of the brand hears of it."""
    mails = InboundMail.objects.filter(pk=event.details["mail"])
    for supervisor in Person.objects.active().with_role(Role.SUPERVISOR):
        if mails.visible_to(supervisor).exists():
            text = _("More than 20 mails in an hour about one matter. They are held.")
            notify(supervisor, "team", url=reverse("moderation:mail-list"), text=text, event=event)


@on(Verb.CASE_STATUS_CHANGED)
def show_where_the_case_stands(event: Event) -> None:
    """Open pages of a private conversation say it at once."""
    if conversation := Conversation.objects.filter(item=event.subject_id).first():
        conversation.show_state()


def concerned(event: Event) -> tuple[Person | None, Item | None]:
    """The agent whom it concerns, and where they look."""
    subject = event.subject
    if isinstance(subject, Conversation):
        return subject.item.assignee or subject.opened_by, subject.item
    invitation = Invitation.objects.filter(thread=subject).first()
    return (invitation.by, getattr(subject, "item", None)) if invitation else (None, None)
