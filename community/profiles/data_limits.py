"""How often somebody takes along everything: making it is work."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.models import Event
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal

MOST_AN_HOUR = 5


def refuse_too_often(person: Person) -> None:
    """Raise a Refusal when they had it five times within the hour."""
    since = timezone.now() - timedelta(hours=1)
    if Event.objects.filter(verb=Verb.DATA_TAKEN, actor=person, created_at__gt=since).count() >= MOST_AN_HOUR:
        sentence = _("You took it along five times in this hour. Try again later.")
        raise Refusal(sentence, code="too_many", status=429, retry_after=3600)
