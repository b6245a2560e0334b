"""A private conversation: one customer and the team, over one or more channels, in one order."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.models import InboundMail
from community.people.models import Person
from community.refusals import Refusal
from community.tokens import new_token
from forums.threads.models import Thread
from moderation.escalation.carrying import used_with
from moderation.escalation.models.channel import WRITTEN, Channel
from moderation.escalation.models.closing import ClosableConversation
from moderation.escalation.models.message import PrivateMessage
from moderation.escalation.models.outcome import TellableConversation
from moderation.escalation.models.speaking import SpeakingConversation
from moderation.escalation.models.step import AHEAD, OF_BOOKED_CALLS
from moderation.escalation.models.undoing import UndoableConversation
from moderation.queue.models import Item


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Which conversations, and how one begins."""

    def owned_by(self, person: Any) -> Self:
        """The customer's own: what the pages below /requests/ show."""
        return self.filter(customer=person) if person.is_authenticated else self.none()

    def with_next_step(self) -> Self:
        """With what a list needs to say what happens next."""
        calls = PrivateMessage.objects.filter(step__in=OF_BOOKED_CALLS).order_by("number")
        return self.prefetch_related("legs", models.Prefetch("messages", calls, to_attr="call_steps"))

    def worked_by(self, person: Any) -> Self:
        """What this person of the team may work on: what the desk shows."""
        return self.filter(item__in=Item.objects.visible_to(person))

    def visible_to(self, person: Any) -> Self:
        """Either side. Nobody else, whatever their role."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self.filter(models.Q(customer=person) | models.Q(item__in=Item.objects.visible_to(person)))

    def open(self) -> Self:
        return self.exclude(state=Conversation.State.CLOSED)

    @transaction.atomic
    def begin(
        self, *, invitation: Any, channels: list[str], title: str, text: str, version: str = "", environment: str = ""
    ) -> "Conversation":
        """The customer has accepted an invitation: what they chose to share becomes the first message."""
        thread = invitation.thread
        conversation = self._create(
            customer=invitation.customer,
            channels=channels,
            title=title,
            product=thread.product,
            opened_by=invitation.by,
            invitation=invitation,
            thread=thread,
            version=version,
            environment=environment,
        )
        conversation.item.assign(invitation.by, by=invitation.by)
        conversation.say(text, by=invitation.customer, via=Channel.PAGE)
        conversation.tell_thread_it_is_private(by=invitation.by)
        return conversation

    @transaction.atomic
    def ask(
        self,
        *,
        by: Person,
        title: str,
        text: str,
        channels: list[str],
        product: Product | None,
        thread: Thread | None = None,
    ) -> "Conversation":
        """A customer turns to the team in private, on their own account: asking is consent.

        It may be about a thread of theirs, which then says that it is being handled privately.
        """
        if not channels or not set(channels) <= set(Channel.values):
            raise Refusal(_("Choose at least one way to get our answer."), code="no_channel", status=422)
        if thread is not None and thread.author_id != by.pk:
            raise Refusal(_("This is somebody else's question."), code="not_yours", status=404)
        known = used_with(thread) if thread is not None else {}
        conversation = self._create(
            customer=by, channels=channels, title=title, product=product, opened_by=None, thread=thread, **known
        )
        conversation.say(text, by=by, via=Channel.PAGE)
        conversation.tell_thread_it_is_private(by=by)
        record(Verb.HELP_ASKED, actor=by, subject=conversation, channels=channels)
        return conversation

    def _create(self, *, customer: Person, channels: list[str], title: str, product: Any, **fields: Any) -> Any:
        item = Item.objects.open_for_conversation(title=title, customer=customer, product=product, by=customer)
        conversation = self.create(item=item, customer=customer, title=title[:200], **fields)
        for channel in [channel for channel in channels if channel in WRITTEN] or [Channel.PAGE]:
            conversation.legs.create(channel=channel)
        return conversation


class Conversation(
    SpeakingConversation, UndoableConversation, ClosableConversation, TellableConversation, models.Model
):
    """One matter between one customer and the team. It has no public flag: what is public is another row elsewhere."""

    class State(models.TextChoices):
        WAITING_FOR_TEAM = "team"
        WAITING_FOR_CUSTOMER = "customer"
        CLOSED = "closed"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="conversation")
    customer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conversations")
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations")
    invitation = models.OneToOneField(
        "escalation.Invitation", on_delete=models.SET_NULL, null=True, blank=True, related_name="conversation"
    )
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=60, blank=True, help_text="of the product, as carried over")
    environment = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING_FOR_TEAM)
    last_number = models.PositiveIntegerField(default=0, help_text="the newest message's place in the order")
    promised_at = models.DateTimeField(null=True, blank=True, help_text="when the team answers at the latest")
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["customer", "-moved_at"], name="conversation_by_customer")]

    def __str__(self) -> str:
        return f"private conversation {self.pk}"  # its subject is private too, and rows are named in the audit log

    def get_absolute_url(self) -> str:
        """The customer's page."""
        return reverse("moderation:request-detail", args=[self.token])

    @property
    def pk_text(self) -> str:
        """The key as text, for names of places in templates."""
        return str(self.pk)

    @property
    def stream(self) -> str:
        return f"conversation:{self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def status(self) -> str:
        """Where it stands, in plain words."""
        if self.is_live and not self.is_closed:
            return _("In a live chat")
        return {
            self.State.WAITING_FOR_TEAM: _("With our team"),
            self.State.WAITING_FOR_CUSTOMER: _("We answered"),
            self.State.CLOSED: _("Closed"),
        }[self.State(self.state)]

    @property
    def next_step(self) -> str:
        """What happens next, in plain words: in a chat or a call that is ahead, or whose turn it is."""
        if self.is_live and not self.is_closed:
            return _("The chat is open: somebody of the team answers there.")
        if told := self.call_ahead:
            return _("We call you: %(when)s.") % {"when": told}
        return {
            self.State.WAITING_FOR_TEAM: _("We read it and answer you."),
            self.State.WAITING_FOR_CUSTOMER: _("Tell us whether that helped, or close it."),
            self.State.CLOSED: _("Nothing more to do. You can open it again for a while if it comes back."),
        }[self.State(self.state)]

    @property
    def call_ahead(self) -> str:
        """When we call, as the customer was told last; empty when no call is ahead. Lists have the steps ready."""
        if self.is_closed or not self.has_leg(Channel.CALL):
            return ""
        steps = getattr(self, "call_steps", None)
        if steps is None:
            steps = list(self.messages.filter(step__in=OF_BOOKED_CALLS).order_by("number"))
        return steps[-1].source if steps and steps[-1].step in AHEAD else ""

    @property
    def held_mails(self) -> Any:
        """Mail to its address that waits for a decision."""
        return InboundMail.objects.about_row("conversation", self.pk).held()

    def has_leg(self, channel: str) -> bool:
        """Whether the customer agreed to this channel and has not left it."""
        return any(leg.channel == channel and leg.ended_at is None for leg in self.legs.all())

    def open_leg(self, channel: str) -> None:
        """From now on it goes on by this channel too."""
        self.legs.update_or_create(channel=channel, defaults={"ended_at": None})

    def end_leg(self, channel: str) -> None:
        """This channel is over; what was said there stays."""
        self.legs.filter(channel=channel, ended_at=None).update(ended_at=timezone.now())

    def lock(self) -> "Conversation":
        """Take the row until the transaction ends, and read it anew."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        return self

    def promise(self) -> Any:
        """When we answer at the latest, counted from now."""
        return timezone.now() + timedelta(hours=settings.PRIVATE_ANSWER_HOURS)


class Leg(models.Model):
    """One channel of a conversation, agreed to by the customer."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="legs")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "channel"], name="one_leg_per_channel")]
