"""Mail that came in: each raw mail is one row with a state and a reason. Nothing is lost, nothing is silent."""

import hashlib
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.purposes import Place, find_place, purpose_named, purposes
from community.inbound.reasons import reasons
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    """Which mails."""

    def visible_to(self, person: Any) -> Self:
        """Mail about a matter goes with it; mail that fits none is for those who work for every brand."""
        if not person.can(Capability.WORK_THE_QUEUE):
            return self.none()
        if person.brands_for(Capability.WORK_THE_QUEUE) is None:
            return self
        seen = models.Q(pk__in=[])
        for purpose in purposes():
            seen |= models.Q(purpose=purpose.name, about__in=purpose.worked_by(person))
        return self.filter(seen)

    def about_row(self, purpose: str, about: int) -> Self:
        """Mail to addresses of this purpose about this row."""
        return self.filter(purpose=purpose, about=about)

    def owned_by(self, person: Any) -> Self:
        """Mail to this person's addresses."""
        return self.filter(person=person)

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
    source = models.CharField(max_length=20, help_text="hook, mailbox or provider")
    raw = models.BinaryField()
    size = models.PositiveIntegerField()
    envelope_to = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    text = models.TextField(blank=True, help_text="the words of a mail that is not accepted, so that they are kept")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=40, blank=True)
    explanation = models.CharField(max_length=500, blank=True, help_text="what the rule that refused it said")
    purpose = models.CharField(max_length=20, blank=True, help_text="what its reply address is for")
    about = models.BigIntegerField(null=True, blank=True, help_text="the row that its reply address names")
    chain = models.CharField(max_length=80, blank=True, help_text="the matter, such as thread-42")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound_mails",
        help_text="whose reply address it came to",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message_key"],
                condition=~models.Q(state="ignored", reason="duplicate"),
                name="mail_is_read_once",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="mail_in_by_state"),
            models.Index(fields=["chain", "sender", "-created_at"], name="mail_in_by_sender"),
            models.Index(fields=["purpose", "about"], name="mail_in_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.reason}".strip()

    @property
    def place(self) -> Place | None:
        """Where it belongs, while that exists."""
        return find_place(purpose_named(self.purpose), self.about, self.person_id)

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return self.explanation or reasons().get(self.reason, self.reason)

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
    def discard(self, *, by: Any) -> None:
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
