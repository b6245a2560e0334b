"""Inviting a customer to private help, and what they say to it."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.distance import team_name_of
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from community.tokens import new_token
from forums.threads.models import Thread
from moderation.escalation.models.channel import Channel, refuse_without_offering
from moderation.escalation.models.conversation import Conversation
from moderation.escalation.models.guidance import Showing
from moderation.escalation.models.wording import approved_in


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def visible_to(self, person: Any) -> Self:
        """The customer alone; the team sees its own side through the item."""
        return self.filter(customer=person) if person.is_authenticated else self.none()

    def open(self) -> Self:
        return self.filter(state=Invitation.State.OFFERED)

    def askable(self, thread: Thread | None) -> list[Thread]:
        """Of a thread and those merged into it, those whose authors nobody has invited yet."""
        family = thread.family if thread else []
        invited = set(self.filter(thread__in=family).values_list("thread", "customer"))
        known, people = {one for one, _person in invited}, {person for _one, person in invited}
        return [one for one in family if one.pk not in known and one.author_id not in people]

    @transaction.atomic
    def offer(self, thread: Thread, *, by: Person, channels: list[str], purpose: str) -> "Invitation":
        """Invite the thread's author. Nothing else is made until they accept, and nobody invites twice for an issue."""
        thread = Thread.objects.select_for_update().get(pk=thread.pk)
        refuse_without_offering(by, thread.product.brand if thread.product else None)
        if thread.author_id == by.pk:
            raise Refusal(_("This is your own thread."), code="own_thread", status=422)
        earlier = self.filter(thread=thread).first()
        if earlier:
            raise Refusal(earlier.why_no_second, code=f"already_{earlier.state}")
        if not channels or not set(channels) <= set(Channel.values):
            raise Refusal(_("Offer at least one way to go on."), code="no_channel", status=422)
        check(purpose, by=by, where="private", keep=approved_in(purpose, thread.pk)).enforce()
        invitation = self.create(
            thread=thread,
            customer=thread.author,
            by=by,
            alias=team_name_of(by, to=thread.author),
            channels=channels,
            purpose=purpose,
        )
        thread.post_notice("private_offered", _("The team has offered private help."), by=by)
        for showing in Showing.objects.waiting().filter(thread=thread):
            showing.accept(by=by)
        record(Verb.HELP_OFFERED, actor=by, subject=thread, channels=channels)
        return invitation


class Invitation(models.Model):
    """An offer of private help about one thread. Accepting it makes the conversation; declining ends the matter."""

    class State(models.TextChoices):
        OFFERED = "offered"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="invitation")
    customer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60)
    channels = models.JSONField(default=list, help_text="names of the channels to choose from")
    purpose = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OFFERED

    @property
    def why_no_second(self) -> str:
        """Why nobody may invite again for this issue: a sentence for the agent."""
        return {
            self.State.OFFERED: _(
                "%(alias)s has already offered private help here; the customer has not answered yet."
            ),
            self.State.ACCEPTED: _("This is already being handled privately. Go on in the conversation."),
            self.State.DECLINED: _("The customer declined private help for this issue. Go on in public, please."),
        }[self.State(self.state)] % {"alias": self.alias}

    @transaction.atomic
    def accept(self, *, by: Person, channels: list[str], title: str, text: str, **carried: str) -> Any:
        """The customer consents: the conversation begins, with what they chose to share as its first message."""
        row = self._lock_open(by)
        if not channels or not set(channels) <= set(row.channels):
            raise Refusal(_("Choose at least one of the ways that were offered."), code="no_channel", status=422)
        row._decide(self.State.ACCEPTED)
        conversation = Conversation.objects.begin(invitation=row, channels=channels, title=title, text=text, **carried)
        record(Verb.HELP_ACCEPTED, actor=by, subject=row.thread, conversation=conversation.pk, channels=channels)
        return conversation

    @transaction.atomic
    def decline(self, *, by: Person) -> None:
        """The customer prefers to stay in public. The thread goes on, and nobody asks again."""
        row = self._lock_open(by)
        row._decide(self.State.DECLINED)
        record(Verb.HELP_DECLINED, actor=by, subject=row.thread)

    def _lock_open(self, by: Person) -> "Invitation":
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.customer_id != by.pk:
            raise Refusal(_("Only the customer can answer this."), code="not_yours", status=404)
        if not row.is_open:
            raise Refusal(_("You have already answered this invitation."), code="answered")
        return row

    def _decide(self, state: str) -> None:
        self.state, self.decided_at = state, timezone.now()
        self.save(update_fields=["state", "decided_at"])
        for notice in self.thread.notices.filter(kind="private_offered", ended_at__isnull=True):
            notice.end()
