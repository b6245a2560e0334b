"""What may stand in the search of the desk: words, a number, and filters such as `kind:review has:me due:late`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.numbers import number_in
from community.people.languages import language_name
from community.people.roles import Capability
from moderation.queue.models import Item
from moderation.queue.models.team import team_mates

S = Item.State
KINDS: dict[str, tuple[Any, Callable[[], Q]]] = {}
"""Kinds of matters besides those of the card itself, named by the parts that know them: mail, chat, call."""

at_hand_of_nobody = Q(assignee=None, claim_row=None)


def of(person: Any) -> Q:
    """Given to somebody, or at their hand."""
    return Q(assignee=person) | Q(claim_row__holder=person)


def of_team(person: Any) -> Q:
    """Given to somebody's team, or at hand there. Of most it is known that they are nobody's before a team is read."""
    mates = team_mates(person).values("person")
    given = Q(assignee__isnull=False) & Q(assignee__in=mates)
    held = Q(claim_row__isnull=False) & Q(claim_row__holder__in=mates)
    return given | held


def kind(value: str, _person: Any) -> Q:
    """Of the card, or of the way that a private matter goes."""
    return KINDS[value][1]() if value in KINDS else Q(kind=value)


def state(value: str, _person: Any) -> Q:
    """One of its states; `live` is all but the closed."""
    return ~Q(state=S.CLOSED) if value == "live" else Q(state=value)


def due(value: str, _person: Any) -> Q:
    """`late` past what is due next, `soon` in the last fifth of the promised time."""
    now = timezone.now()
    late = Q(responded_at=None, respond_by__lt=now) | Q(responded_at__isnull=False, resolve_by__lt=now)
    waits = Q(state=S.OPEN)
    return waits & late if value == "late" else waits & Q(warn_at__lte=now) & ~late


def has(value: str, person: Any) -> Q:
    """Who has it: `me`, `team`, `nobody`, or a name."""
    known = {"me": lambda: of(person), "team": lambda: of_team(person), "nobody": lambda: at_hand_of_nobody}
    named = Q(assignee__username_key=value) | Q(claim_row__holder__username_key=value)
    return known[value]() if value in known else named


FILTERS: dict[str, Callable[[str, Any], Q]] = {
    "kind": kind,
    "state": state,
    "lang": lambda value, _person: Q(customer__locale__istartswith=value),
    "product": lambda value, _person: Q(product__slug=value),
    "brand": lambda value, _person: Q(product__brand__slug=value),
    "due": due,
    "has": has,
}
"""What may stand before a colon."""


def languages_of(items: Any) -> list[tuple[str, str]]:
    """The languages of those who wait or waited, by name."""
    locales = items.order_by().values_list("customer__locale", flat=True).distinct()
    codes = {locale.partition("-")[0].casefold() for locale in locales}
    return sorted(((code, language_name(code)) for code in codes), key=lambda one: one[1])


def choices_for(person: Any) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """What can be chosen instead of typed: each filter with its name and values; of products those one works on."""
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    products = Product.objects.order_by("name")
    mine = products if brands is None else products.filter(brand__slug__in=brands)
    ways = [(name, label) for name, (label, _condition) in KINDS.items()]
    return [
        ("kind", _("Kind"), [*Item.Kind.choices, *ways]),
        ("product", _("Product"), list(mine.values_list("slug", "name"))),
        ("lang", _("Language"), languages_of(Item.objects.visible_to(person))),
        ("state", _("State"), [("live", _("not closed")), *Item.State.choices]),
        ("due", _("Promise"), [("late", _("late")), ("soon", _("due soon"))]),
        ("has", _("Who has it"), [("me", _("mine")), ("team", _("my team")), ("nobody", _("unassigned"))]),
    ]


def matching(query: str, person: Any) -> Q:
    """Words of the title, the customer's name, `#` and the item's or thread's number, or filters such as `lang:de`.

    A list that is found so has an address of its own, which can be given to a colleague: they find what they may see.
    """
    number = number_in(query[1:]) if query.startswith("#") else None
    if number is not None:
        return Q(pk=number) | Q(thread_id=number)
    words = Q()
    for word in query.split()[:8]:
        name, colon, value = word.partition(":")
        if colon and name in FILTERS and value:
            words &= FILTERS[name](value.casefold(), person)
            continue
        words &= Q(title__icontains=word) | Q(customer__username__icontains=word) | Q(product__name__icontains=word)
    return words
