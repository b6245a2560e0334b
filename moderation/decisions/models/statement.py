"""The statement of reasons: what a person is told about a decision, on a page of their own and by mail."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from community.people.models import Person
from moderation.decisions.models.decision import Decision

APPEAL_WITHIN = timedelta(days=183)
"""Six months."""


def new_token() -> str:
    """The key to the page: whoever is suspended cannot sign in, and must still read why and answer."""
    return secrets.token_urlsafe(24)


def appeal_until() -> Any:
    """Six months from now."""
    return timezone.now() + APPEAL_WITHIN


@dataclass(frozen=True)
class Step:
    """One thing that was done: until when, or whether it lasts until it is taken back."""

    what: str
    until: datetime | None
    is_lasting: bool


class StatementOfReasons(models.Model):
    """What, where, by which rule, on which facts, how long, whether a machine took part, and how to appeal.

    The words are kept as they were said; the rule may be written anew later.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="statement")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statements")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    title = models.CharField(max_length=200, help_text="what it is about")
    url = models.CharField(max_length=500, blank=True)
    rule_title = models.CharField(max_length=80)
    rule_text = models.CharField(max_length=500)
    facts = models.CharField(max_length=1000)
    scope = models.CharField(max_length=500, help_text="what was done, in words")
    measures = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="the same one by one, each with its end",
    )
    until = models.DateTimeField(null=True, blank=True, help_text="empty: for good, or until it is taken back")
    is_found_by_machine = models.BooleanField(default=False)
    is_made_by_machine = models.BooleanField(default=False)
    appeal_until = models.DateTimeField(default=appeal_until)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="statement_by_person")]

    def __str__(self) -> str:
        return f"statement {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:statement-detail", args=[self.token])

    @property
    def steps(self) -> list["Step"]:
        """What was done, one by one. Older rows know only all of it together."""
        told = [Step(one["what"], parse_datetime(one["until"] or ""), one["is_lasting"]) for one in self.measures]
        return told or [Step(self.scope, self.until, is_lasting=True)]

    def as_record(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "what": self.title,
            "where": self.url,
            "rule": {"title": self.rule_title, "text": self.rule_text},
            "facts": self.facts,
            "scope": self.scope,
            "measures": [
                {"what": step.what, "until": step.until.isoformat() if step.until else None, "lasts": step.is_lasting}
                for step in self.steps
            ],
            "from": self.created_at.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "automation": {
                "detection": self.is_found_by_machine,
                "decision": self.is_made_by_machine,
                "rule": self.decision.machine,
            },
            "appeal_until": self.appeal_until.isoformat(),
            "standing": self.decision.is_standing,
        }
