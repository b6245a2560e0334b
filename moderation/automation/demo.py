"""Hana's automations in the demo: what waits is put up, heat is tagged, and one is in the shadow."""

from datetime import timedelta

from django.utils import timezone

from community.events.models import Event
from community.people.demo_cast import names
from community.people.models import Person
from community.staging import Stage, span
from forums.canned.models import CannedReply
from moderation.automation.models import Account, Automation
from moderation.automation.running import meet
from moderation.automation.triggers import TRIGGERS
from moderation.automation.undoing import undo


def build(stage: Stage) -> None:
    """Plan when she wrote them, when the clock looked, and what she took back."""
    desk = Desk(stage)
    stage.at(stage.now - span("8d"), desk.write)
    for ago in ("6d", "4d", "2d", "20h", "2h"):
        stage.at(stage.now - span(ago), desk.look)
    stage.at(stage.now - span("90m"), desk.take_one_back)


class Desk:
    """Hana at her automations."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hana: Person = stage.people["hana"]

    def write(self) -> None:
        kept, hana = Automation.objects, self.hana
        told = {"trigger": "unanswered", "hours": 6, "state": "on", "most_an_hour": 20}
        kept.write(by=hana, why="Nobody should wait over lunch.", name="Six hours without an answer", conditions={},
                   acts={"raise": True, "tell": "role:supervisor"}, **told)  # fmt: skip
        heat = {"words": "warm\nhot\nsmell*\nswollen\nsmoke", "level_most": 4}
        kept.write(by=hana, why="Such reports are read first.", name="Heat and smell", trigger="question", state="on",
                   conditions=heat, acts={"tag": "safety", "raise": True, **self.template()})  # fmt: skip
        kept.write(by=hana, why="Would it be right often enough?", name="New members who read like spam",
                   trigger="answer", state="shadow", conditions={"level_most": 0, "spam": 80},
                   acts={"hide": {"rule": "spam", "facts": "It reads like advertising."}})  # fmt: skip

    def template(self) -> dict[str, int]:
        """A shared template, where the demo has one."""
        row = CannedReply.objects.exclude(audience=CannedReply.Audience.OWN).filter(name__icontains="heat").first()
        return {"reply": row.pk} if row else {}

    def look(self) -> None:
        """As the clock does every five minutes."""
        now = timezone.now()
        for automation in Automation.objects.filter(trigger="unanswered"):
            due = TRIGGERS["unanswered"].due
            for matter in due(automation.hours, now - timedelta(days=2), now) if due else ():
                meet(automation, matter)

    def take_one_back(self) -> None:
        row = Automation.objects.get(name="Six hours without an answer")
        run = next((run for run in row.runs.standing() if run.is_undoable), None)
        if run is not None:
            undo(run, by=self.hana, why="It waits for a part, and the customer knows.")


def remove() -> None:
    """Automations of the demo's people go with their runs; the account, when no automation is left."""
    people = Person.objects.filter(username_key__in=names())
    Automation.objects.filter(owner__in=people).delete()
    Event.objects.filter(verb__startswith="automation.", actor__in=people).delete()
    if not Automation.objects.exists():
        for account in Account.objects.select_related("person"):
            Event.objects.filter(actor=account.person).delete()
            account.person.delete()
