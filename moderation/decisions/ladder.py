"""The ladder of suspensions, as it is published: each step is longer than the one before."""

from django.conf import settings

from community.people.models import Person
from moderation.decisions.models import Action


def step_of(person: Person) -> int:
    """How many suspensions of a year still count."""
    return Action.objects.strikes_of(person).filter(kind="suspend").count()


def next_step(person: Person) -> int:
    """Days of the next suspension; the last step repeats."""
    ladder = settings.SUSPENSION_LADDER
    return int(ladder[min(step_of(person), len(ladder) - 1)])
