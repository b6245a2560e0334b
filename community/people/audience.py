"""Who may see what of somebody's page: chosen field by field."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person


class Field(models.TextChoices):
    """What a page says of its person."""

    ABOUT = "about", _("About you")
    SINCE = "since", _("Member since")
    PRODUCTS = "products", _("Products you own")
    TOPICS = "topics", _("What you know about")
    HELPED = "helped", _("What you have helped with")
    POINTS = "points", _("Your points and level")
    BADGES = "badges", _("Your badges")
    BOARDS = "boards", _("Boards of who helps")


class Seen(models.TextChoices):
    """By whom, from the widest to the narrowest."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members")
    STAFF = "staff", _("the team")
    NOBODY = "nobody", _("nobody")


UNSAID = dict.fromkeys(Field, Seen.PUBLIC) | {Field.PRODUCTS: Seen.STAFF}
"""What holds until somebody chooses."""


class Audience(models.Model):
    """A person's choice for one field. Without a row the default holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="audiences")
    field = models.CharField(max_length=12, choices=Field.choices)
    seen_by = models.CharField(max_length=8, choices=Seen.choices)

    class Meta:
        app_label = "people"
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="one_audience_per_field")]


def audiences_of(person: Person) -> dict[Field, Seen]:
    """Who may see each field."""
    chosen = {Field(row.field): Seen(row.seen_by) for row in Audience.objects.filter(person=person)}
    return UNSAID | chosen


def fields_for(viewer: Any, person: Person) -> set[str]:
    """What this viewer may see of the person; all of it when it is their own page."""
    if viewer is not None and viewer.pk == person.pk:
        return set(Field)
    able = {Seen.PUBLIC}
    if viewer is not None and viewer.is_authenticated:
        able.add(Seen.MEMBERS)
        if viewer.is_team:
            able.add(Seen.STAFF)
    return {field for field, seen in audiences_of(person).items() if seen in able}


@transaction.atomic
def choose_audience(person: Person, choices: dict[str, str]) -> None:
    """Keep the person's choices; pages that showed more are dropped at once."""
    for field, seen_by in choices.items():
        Audience.objects.update_or_create(person=person, field=Field(field), defaults={"seen_by": Seen(seen_by)})
    purge("people", f"person-{person.pk}")
    record(Verb.AUDIENCE_CHOSEN, actor=person, subject=person)


def without_private_words(people: Iterable[Person]) -> list[Person]:
    """The people for a list that everybody reads: `about` is empty where it is not for everybody."""
    rows = list(people)
    own = Audience.objects.filter(person__in=[row.pk for row in rows], field=Field.ABOUT).exclude(seen_by=Seen.PUBLIC)
    kept = set(own.values_list("person", flat=True))
    for row in rows:
        row.about = "" if row.pk in kept else row.about
    return rows


def off_the_boards() -> Any:
    """Choices of people who want to be on no board, for an Exists()."""
    return Audience.objects.filter(field=Field.BOARDS).exclude(seen_by=Seen.PUBLIC)


def hiding(field: Field) -> Any:
    """People who do not show this field to everybody, for lists and for what stands beside a name."""
    return Audience.objects.filter(field=field).exclude(seen_by=Seen.PUBLIC).values("person")
