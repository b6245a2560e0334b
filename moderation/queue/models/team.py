"""Teams: who works together, so that "my team" means somebody."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.queue.models.skill import refuse_without_supervising


class TeamQuerySet(models.QuerySet["Team"]):
    """Which teams, and how one begins."""

    @transaction.atomic
    def form(self, name: str, *, by: Person) -> "Team":
        """A supervisor gives a team its name."""
        refuse_without_supervising(by)
        row = self.create(name=name.strip())
        record(Verb.TEAM_FORMED, actor=by, subject=row, team=row.name)
        return row


class Team(models.Model):
    """People who have a part of the work together: those of Bluetooth, the early shift, Lisbon."""

    name = models.CharField(max_length=40, unique=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def take_in(self, person: Person, *, by: Person) -> "Member":
        """Somebody works in it from now on. Repeating it changes nothing."""
        refuse_without_supervising(by)
        if not person.can(Capability.WORK_THE_QUEUE):
            raise Refusal(_("They do not work the queue."), code="not_staff", status=422)
        row, is_new = Member.objects.get_or_create(team=self, person=person)
        if is_new:
            record(Verb.TEAM_JOINED, actor=by, subject=person, team=self.name)
        return row


class Member(models.Model):
    """Somebody is in a team. Leaving deletes the row."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="team_members")

    class Meta:
        ordering = ["person__username"]
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="one_membership_per_team_and_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"

    @transaction.atomic
    def leave(self, *, by: Person) -> None:
        """They work in it no longer. An empty team is none."""
        refuse_without_supervising(by)
        record(Verb.TEAM_LEFT, actor=by, subject=self.person, team=self.team.name)
        self.delete()
        if not self.team.members.exists():
            self.team.delete()


def team_mates(person: Any) -> models.QuerySet[Member]:
    """Everybody in one of somebody's teams, themselves too."""
    return Member.objects.filter(team__members__person=person)
