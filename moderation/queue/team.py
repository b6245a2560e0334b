"""Who may have an item: everybody who works the queue of its brand."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.people.models import Grant, Person
from community.people.roles import CAPABILITIES, Capability, Role
from community.prepared import PreparedRow
from moderation.queue.models import Item

WORKING_ROLES = [role for role, capabilities in CAPABILITIES.items() if Capability.WORK_THE_QUEUE in capabilities]


def working(grants: Q, at: datetime | None = None) -> QuerySet[Person]:
    """Everybody who works the queue by one of these grants, by name."""
    known = Grant.objects.in_force(at).filter(grants, role__in=WORKING_ROLES)
    return Person.objects.active().filter(pk__in=known.values("person")).order_by("username")


def team_for(item: Item) -> QuerySet[Person]:
    """Colleagues to whom the item can be given."""
    return working(Q(brand__in=["", item.brand_slug]))


def colleagues_for(item: Item) -> list[Person]:
    """The same for a page that shows them: planned once, and with nothing but what a name and a picture need."""
    return list(colleagues.all(brand=item.brand_slug, now_at=timezone.now()))


def _colleagues(brand: str, now_at: datetime) -> QuerySet[Person]:
    shown = ("pk", "username", "shown_as", "hue", "picture")
    return working(Q(brand="") | Q(brand=brand), now_at).only(*shown)


colleagues = PreparedRow(_colleagues, brand=str, now_at=datetime)


def team_of_brands(person: Person) -> QuerySet[Person]:
    """Everybody to whom this person can give something of one of their brands."""
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    return working(Q() if brands is None else Q(brand="") | Q(brand__in=brands))


def supervisors_of(item: Item) -> list[Person]:
    """Who decides what an agent may not, for the item's brand."""
    people = Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR)
    return [person for person in people if person.can(Capability.SUPERVISE, item.brand_slug)]
