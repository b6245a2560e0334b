"""Mail that came in: each raw mail is one row with a state and a reason. Nothing is lost, nothing is silent."""

import hashlib
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.escalation.models.conversation import Conversation
from moderation.escalation.models.message import PrivateMessage


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    """Which mails."""

    def visible_to(self, person: Any) -> Self:
        """Mail about a conversation goes with it; mail that fits none is for those who work for every brand."""
        conversations = Conversation.objects.worked_by(person)
        if person.can(Capability.WORK_THE_QUEUE) and person.brands_for(Capability.WORK_THE_QUEUE) is None:
            return self
        return self.filter(conversation__in=conversations)

    def held(self) -> Self:
        return self.filter(state=InboundMail.State.HELD)

    def store(self, raw: bytes, *, source: str, message_id: str, envelope_to: str = "") -> "InboundMail":
        """Keep a raw mail. One that is here already (by Message-ID, else by its hash) is kept as ignored."""
        raw = raw.replace(b"\x00", b"")
        key = (message_id or "sha256:" + hashlib.sha256(raw).hexdigest())[:300]
        fields = {"raw": raw, "size": len(raw), "source": source, "envelope_to": envelope_to[:320], "message_key": key}
        try:
            with transaction.atomic():
                return self.create(**fields)
        except IntegrityError:
            return self.create(**fields, state=InboundMail.State.IGNORED, reason="duplicate", decided_at=timezone.now())


class InboundMail(models.Model):
    """One mail as it came in, and what became of it."""

    class State(models.TextChoices):
        RECEIVED = "received"
        ACCEPTED = "accepted"
        HELD = "held"
        IGNORED = "ignored"
        REJECTED = "rejected"

    message_key = models.CharField(max_length=300, help_text="Message-ID, or a hash when it has none")
    source = models.CharField(max_length=20, help_text="hook or mailbox")
    raw = models.BinaryField()
    size = models.PositiveIntegerField()
    envelope_to = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    text = models.TextField(blank=True, help_text="the words of a mail that is not accepted, so that they are kept")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=40, blank=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.SET_NULL, null=True, blank=True, related_name="inbound_mails"
    )
    message = models.OneToOneField(
        PrivateMessage, on_delete=models.SET_NULL, null=True, blank=True, related_name="inbound_mail"
    )
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message_key"],
                condition=~models.Q(state="ignored", reason="duplicate"),
                name="a_mail_is_read_once",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="inbound_by_state"),
            models.Index(fields=["conversation", "sender", "-created_at"], name="inbound_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.reason}".strip()

    @property
    def why(self) -> str:
        """The reason as a sentence for the team."""
        return reasons().get(self.reason, self.reason)

    @property
    def masked_sender(self) -> str:
        """The sender's address for those who may not see contact data."""
        name, _at, domain = self.sender.partition("@")
        return f"{name[:1]}•••@{domain[:1]}•••{domain[domain.rfind('.') :]}" if domain else ""

    def settle(self, state: str, reason: str = "", *, by: Person | None = None, **fields: Any) -> None:
        """Write down what became of it."""
        self.state, self.reason, self.decided_at, self.decided_by = state, reason, timezone.now(), by
        for name, value in fields.items():
            setattr(self, name, value)
        self.save()

    @transaction.atomic
    def discard(self, *, by: Person) -> None:
        """Somebody looked at a held mail and it is nothing for us. It stays here as ignored."""
        row = self.lock_held()
        row.settle(self.State.IGNORED, "discarded", by=by)
        record(Verb.MAIL_DISCARDED, actor=by, subject=row)

    def lock_held(self) -> "InboundMail":
        """The row, taken until the transaction ends; refused when somebody has decided already."""
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.state != self.State.HELD:
            raise Refusal(_("Somebody has decided about this mail already."), code="decided")
        return row


def reasons() -> dict[str, str]:
    """What became of a mail and why, for the team."""
    return {
        "duplicate": _("The same mail came in before."),
        "own_loop": _("It is one of our own mails come back."),
        "bounce": _("A mail server says that our mail could not be delivered."),
        "automatic": _("It was written by a machine, such as an out-of-office answer."),
        "looks_automatic": _("It looks like an out-of-office answer."),
        "bulk": _("It came through a mailing list or is bulk mail."),
        "no_token": _("It is not addressed to a conversation."),
        "wrong_token": _("Its reply address is not one of ours, or was changed."),
        "unknown_sender": _("It came from an address that we do not know for this customer."),
        "not_authentic": _("The mail server says that the sender's address is forged."),
        "too_many": _("More than 20 mails in an hour from this address."),
        "closed": _("The conversation was closed more than 14 days ago."),
        "too_big": _("The mail is too big."),
        "refused": _("The text could not be taken."),
        "empty": _("There were no words and no files in it."),
        "broken": _("The mail could not be read."),
        "discarded": _("Somebody of the team discarded it."),
    }
