"""A case: one item of ours that is, or will be, in the CRM."""

from functools import cached_property
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from moderation.crm.models.connection import Connection
from moderation.identities.unity import main_of
from moderation.queue.models import Item

SENTENCES = {
    "new": _("Our team has taken this up."),
    "working": _("Our team is working on this."),
    "waiting": _("Our team needs more information before it can go on."),
    "solved": _("Our team has solved this."),
    "closed": _("Our team has closed this case."),
}


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases."""

    def visible_to(self, person: Any) -> Self:
        """Cases of items that this person may see."""
        return self.filter(item__in=Item.objects.visible_to(person))

    def active(self) -> Self:
        """In the CRM, and not finished there: the ones that are polled."""
        return self.exclude(remote_id="").filter(broken_at=None).exclude(status=Case.Status.CLOSED)


class Case(models.Model):
    """One item's case in one connection. Without a connection it waits for one. The CRM owns the status."""

    class Status(models.TextChoices):
        NEW = "new"
        WORKING = "working"
        WAITING = "waiting"
        SOLVED = "solved"
        CLOSED = "closed"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="cases")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, null=True, related_name="cases")
    customer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    status_version = models.BigIntegerField(default=0, help_text="the CRM's version that the status came with")
    remote_id = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=500, blank=True)
    holds = models.JSONField(default=dict, blank=True, help_text="what the CRM held when it was last read")
    read_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True, help_text="the CRM no longer has it")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "connection"], name="one_case_per_item_and_connection", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["connection", "remote_id"], name="case_by_remote")]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @cached_property
    def contact(self) -> Person:
        """The account that stands for the customer, who may have several: the one that the CRM has as a contact."""
        return main_of(self.customer)

    @property
    def sentence(self) -> str:
        """Where it stands, for the customer and everybody else: no word of the CRM's."""
        return str(SENTENCES.get(self.status, ""))

    @property
    def is_finished(self) -> bool:
        """Nothing more is to come from the CRM. An open case beside a closed conversation is the team's own matter."""
        return self.status in (self.Status.SOLVED, self.Status.CLOSED)

    @property
    def is_stale(self) -> bool:
        """What the CRM holds was read long enough ago to be read again."""
        return self.read_at is None or (timezone.now() - self.read_at).total_seconds() > 20

    @property
    def held_status(self) -> str:
        """The status that was read over there, in words."""
        code = self.holds.get("status", "")
        return str(dict(Case.Status.choices).get(code, code))

    @property
    def is_private(self) -> bool:
        """A private conversation, or a thread: only the first holds private words."""
        return self.item.kind == Item.Kind.CONVERSATION
