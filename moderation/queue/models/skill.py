"""What a matter asks of whoever takes it, and who can do it: languages, topics, and certificates that run out."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal

if TYPE_CHECKING:
    from moderation.queue.models.item import Item


class SkillQuerySet(models.QuerySet["Skill"]):
    """What can be asked for."""

    @transaction.atomic
    def introduce(self, name: str, *, by: Person, is_certificate: bool = False) -> "Skill":
        """A supervisor gives a skill its name."""
        refuse_without_supervising(by)
        row = self.create(name=name.strip(), is_certificate=is_certificate)
        record(Verb.SKILL_NAMED, actor=by, subject=row, skill=row.name)
        return row


class Skill(models.Model):
    """One thing that not everybody of the team can do: German, Bluetooth, battery safety."""

    name = models.CharField(max_length=40, unique=True)
    is_certificate = models.BooleanField(default=False, help_text="counts only with a day until which it is valid")

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AbilityQuerySet(models.QuerySet["Ability"]):
    """Who can do what."""

    def in_force(self, day: date | None = None) -> Self:
        """What counts on a day: certificates that have run out do not, and those without a day never did."""
        today = day or timezone.localdate()
        without_end = models.Q(valid_until=None, skill__is_certificate=False)
        return self.filter(without_end | models.Q(valid_until__gte=today))

    @transaction.atomic
    def give(self, person: Person, skill: Skill, *, by: Person, valid_until: date | None = None) -> "Ability":
        """A supervisor says that somebody can do it; of a certificate, until when."""
        refuse_without_supervising(by)
        if skill.is_certificate and valid_until is None:
            raise Refusal(_("Say until when the certificate is valid."), code="no_day", status=422)
        if not person.can(Capability.WORK_THE_QUEUE):
            raise Refusal(_("They do not work the queue."), code="not_staff", status=422)
        row, _is_new = self.update_or_create(person=person, skill=skill, defaults={"valid_until": valid_until})
        until = valid_until.isoformat() if valid_until else None
        record(Verb.SKILL_GIVEN, actor=by, subject=person, skill=skill.name, until=until)
        return row


class Ability(models.Model):
    """Somebody of the team can do something. Taking it back deletes the row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="abilities")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="abilities")
    valid_until = models.DateField(null=True, blank=True, help_text="the last day on which it counts")

    objects = AbilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "abilities"
        ordering = ["skill__name"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_ability_per_person_and_skill")]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}"

    @property
    def is_over(self) -> bool:
        """A certificate that has run out."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """They cannot do it any longer."""
        refuse_without_supervising(by)
        record(Verb.SKILL_TAKEN, actor=by, subject=self.person, skill=self.skill.name)
        self.delete()


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """What asks for what."""

    @transaction.atomic
    def make(self, skill: Skill, *, by: Person, kind: str, value: str) -> "Requirement":
        """From now on such items ask for the skill; those that wait already, too."""
        refuse_without_supervising(by)
        row, is_new = self.get_or_create(skill=skill, kind=kind, value=value.strip().casefold())
        if is_new:
            record(Verb.REQUIREMENT_MADE, actor=by, subject=row, skill=skill.name, kind=kind, value=row.value)
        return row


class Requirement(models.Model):
    """Items of one language, tag, product or signal ask for a skill."""

    class Kind(models.TextChoices):
        LANGUAGE = "language", _l("the customer's language is")
        TAG = "tag", _l("a tag is")
        PRODUCT = "product", _l("the product is")
        SIGNAL = "signal", _l("triage saw")

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=60)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["skill__name", "kind", "value"]
        constraints = [models.UniqueConstraint(fields=["skill", "kind", "value"], name="requirements_are_made_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}: {self.skill}"

    def fits(self, facts: dict[str, set[str]]) -> bool:
        """Whether an item with these facts asks for the skill."""
        return self.value in facts[self.kind]

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """It asks for nothing any longer."""
        refuse_without_supervising(by)
        record(Verb.REQUIREMENT_DROPPED, actor=by, subject=self, skill=self.skill.name, value=self.value)
        self.delete()


class Need(models.Model):
    """One item asks for one skill: kept, so that taking the next is one query."""

    item = models.ForeignKey("queue.Item", on_delete=models.CASCADE, related_name="needs")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "skill"], name="an_item_needs_a_skill_once")]


def facts_of(item: "Item") -> dict[str, set[str]]:
    """What of an item may ask for a skill."""
    thread: Any = item.thread
    return {
        Requirement.Kind.LANGUAGE: {item.customer.locale.partition("-")[0].casefold()},
        Requirement.Kind.TAG: {tag.name.casefold() for tag in thread.tags.all()} if thread else set(),
        Requirement.Kind.PRODUCT: {item.product.slug} if item.product else set(),
        Requirement.Kind.SIGNAL: set(item.signals),
    }


def refuse_without_supervising(person: Person) -> None:
    """Raise a Refusal for everybody but supervisors."""
    if not person.can(Capability.SUPERVISE):
        raise Refusal(_("Only supervisors say who can do what."), code="not_yours", status=403)
