"""Who is able to take an item, and what becomes of one that nobody can take."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from moderation.queue.models import Ability, Item, Need, Requirement
from moderation.queue.models.skill import facts_of
from moderation.queue.team import team_for


@transaction.atomic
def settle_needs(item: Item) -> None:
    """Keep what the item asks for. What nobody can do goes to the supervisors, and is never silently parked."""
    requirements = list(Requirement.objects.all())
    if not requirements and item.stranded_at is None and not item.needs.exists():
        return
    facts = facts_of(item)
    wanted = {row.skill_id for row in requirements if row.fits(facts)}
    Need.objects.filter(item=item).exclude(skill__in=wanted).delete()
    Need.objects.bulk_create([Need(item=item, skill_id=skill) for skill in sorted(wanted)], ignore_conflicts=True)
    strand(item, wanted)


def strand(item: Item, wanted: set[int]) -> None:
    """Note that nobody can take it, or that somebody can again."""
    is_stranded = bool(wanted) and not able_to(item, wanted).exists()
    if is_stranded == (item.stranded_at is not None):
        return
    item.stranded_at = timezone.now() if is_stranded else None
    Item.objects.filter(pk=item.pk).update(stranded_at=item.stranded_at)
    item.touch()
    record(Verb.ITEM_STRANDED if is_stranded else Verb.ITEM_SERVED, actor=None, subject=item)


def able_to(item: Item, wanted: set[int]) -> QuerySet[Person]:
    """Everybody of its team who can do all of it today, at the desk or not."""
    people = team_for(item)
    for skill in wanted:
        people = people.filter(pk__in=Ability.objects.in_force().filter(skill=skill).values("person"))
    return people


def settle_all() -> None:
    """Look again at all that is not closed: requirements or abilities have changed, or a certificate has run out."""
    items = Item.objects.exclude(state=Item.State.CLOSED).select_related("customer", "product__brand", "thread")
    known = Requirement.objects.exists() or Need.objects.exists()
    for item in items.prefetch_related("thread__tags").iterator(chunk_size=500) if known else ():
        settle_needs(item)
