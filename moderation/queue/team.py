"""Who may have an item: everybody who works the queue of its brand."""

from django.db.models import Q, QuerySet

from community.people.models import Grant, Person
from community.people.roles import CAPABILITIES, Capability, Role
from moderation.queue.models import Item

WORKING_ROLES = [role for role, capabilities in CAPABILITIES.items() if Capability.WORK_THE_QUEUE in capabilities]


def working(grants: Q) -> QuerySet[Person]:
    """Everybody who works the queue by one of these grants, by name."""
    known = Grant.objects.in_force().filter(grants, role__in=WORKING_ROLES)
    return Person.objects.active().filter(pk__in=known.values("person")).order_by("username")


def team_for(item: Item) -> QuerySet[Person]:
    """Colleagues to whom the item can be given."""
    return working(Q(brand__in=["", item.brand_slug]))


def team_of_brands(person: Person) -> QuerySet[Person]:
    """Everybody to whom this person can give something of one of their brands."""
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    return working(Q() if brands is None else Q(brand="") | Q(brand__in=brands))


def supervisors_of(item: Item) -> list[Person]:
    """Who decides what an agent may not, for the item's brand."""
    people = Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR)
    return [person for person in people if person.can(Capability.SUPERVISE, item.brand_slug)]
