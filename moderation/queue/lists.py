"""The views of the queue: which items, in which order. List, count and search start at the same `visible_to`."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.numbers import number_in
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import Prepared, PreparedRow
from moderation.queue.models import Claim, Item, KeptView, Preference, Presence
from moderation.queue.models.presence import GONE_AFTER
from moderation.queue.narrowing import at_hand_of_nobody, matching, of, of_team

S = Item.State


@dataclass(frozen=True)
class QueueView:
    """One named list of items, as a condition, so that all counts are one query."""

    key: str
    label: Any
    icon: str
    condition: Callable[[Any], Q]
    """Of somebody, or of their key."""
    order: str = "ranks_at"
    is_counted: bool = True
    empty: Any = ""
    capability: Capability | None = None
    kept: KeptView | None = None
    counted: Callable[[Any], Q] | None = None
    """The same condition where another way to say it is counted sooner."""

    def is_for(self, person: Person) -> bool:
        """Whether this person has the view; what stands in it is another question."""
        return self.capability is None or person.can(self.capability)


def next_for(person: Person) -> Q:
    """Mine, and what nobody has: neither given to a colleague, nor at their hand, nor asked of them by name.

    Claims and names are said as what they are not: PostgreSQL then expects most items to be there, and walks along
    their order until a page is full. Of "no claim or mine" it expects so few that it fetches and sorts all items.
    """
    nobody_else = Q(assignee=person) | Q(assignee__isnull=True)
    at_hand = Q(pk__in=Claim.objects.exclude(holder=person).values("item"))
    named = Q(pk__in=Preference.objects.exclude(agent=person).values("item"))
    return Q(state=S.OPEN) & nobody_else & ~at_hand & ~named


def next_counted(person: Any) -> Q:
    """The same where all items are read anyway: said by the rows that are beside each of them already."""
    nobody_else = Q(assignee=person) | Q(assignee__isnull=True)
    free, unnamed = Q(claim_row=None) | Q(claim_row__holder=person), Q(preference=None) | Q(preference__agent=person)
    return Q(state=S.OPEN) & nobody_else & free & unnamed


def by_name(person: Person) -> Q:
    """What customers asked this person for by name."""
    return Q(state=S.OPEN, preference__agent=person)


def mine(person: Person) -> Q:
    return Q(state__in=[S.OPEN, S.SNOOZED]) & of(person)


def my_teams(person: Person) -> Q:
    return Q(state__in=[S.OPEN, S.SNOOZED]) & of_team(person)


def wants_a_supervisor(_person: Person) -> Q:
    """Nobody can do what it asks for, or nobody has had it for too long."""
    nobody_has_it = Q(alarmed_at__isnull=False, assignee=None, claim_row=None)
    return Q(state=S.OPEN) & (Q(stranded_at__isnull=False) | nobody_has_it)


VIEWS = [
    QueueView(
        "next",
        _("Next for me"),
        "inbox",
        next_for,
        empty=_("Nothing waits for you. Time for a tea."),
        counted=next_counted,
    ),
    QueueView(
        "named",
        _("For me by name"),
        "user",
        by_name,
        empty=_("Nobody asks for you by name just now."),
    ),
    QueueView("waiting", _("Waiting"), "hourglass", lambda _p: Q(state=S.OPEN), empty=_("Nobody waits.")),
    QueueView("mine", _("Mine"), "user-check", mine, empty=_("Nothing is yours. Claim an item with c.")),
    QueueView(
        "team",
        _("My team"),
        "users",
        my_teams,
        empty=_("Nobody of your team has anything. Supervisors say who is in which team, under Order and team."),
    ),
    QueueView(
        "free",
        _("Unassigned"),
        "user-x",
        lambda _p: Q(state=S.OPEN) & at_hand_of_nobody,
        empty=_("Everything that waits is somebody’s."),
    ),
    QueueView(
        "stuck",
        _("Nobody has it"),
        "alert-triangle",
        wants_a_supervisor,
        empty=_("Everything that waits is in somebody's hands, or soon will be."),
        capability=Capability.SUPERVISE,
    ),
    QueueView(
        "answered",
        _("Answered, watching"),
        "eye",
        lambda _p: Q(state=S.WATCHING),
        order="-moved_at",
        empty=_("What the team has answered stays here until the customer says more."),
    ),
    QueueView(
        "private",
        _("Private"),
        "lock",
        lambda _p: Q(kind=Item.Kind.CONVERSATION) & ~Q(state=S.CLOSED),
        empty=_("No private conversations."),
    ),
    QueueView(
        "snoozed",
        _("Snoozed"),
        "snooze",
        lambda _p: Q(state=S.SNOOZED),
        order="snoozed_until",
        empty=_("Nothing sleeps."),
    ),
    QueueView(
        "closed",
        _("Closed"),
        "archive",
        lambda _p: Q(state=S.CLOSED),
        order="-moved_at",
        is_counted=False,
        empty=_("Nothing was closed yet."),
    ),
]
BY_KEY = {view.key: view for view in VIEWS}


def views_for(person: Person) -> list[QueueView]:
    """The views that this person has: those of everybody, then those that were kept."""
    works = person.can(Capability.WORK_THE_QUEUE)
    kept = kept_beside.all(person=person.pk) if works else ()
    return [view for view in VIEWS if view.is_for(person)] + [as_view(row) for row in kept]


kept_beside = PreparedRow(lambda person: KeptView.objects.beside(person), person=int)


def as_view(row: KeptView) -> QueueView:
    """A search that was kept, as a view like all others."""
    return QueueView(
        row.key,
        row.name,
        "filter",
        lambda person: matching(row.query, person),
        is_counted="state:closed" not in row.query,
        empty=_("Nothing fits %(query)s now.") % {"query": row.query},
        kept=row,
    )


def view_named(key: str, person: Person) -> QueueView:
    """The view of that name, or the first."""
    number = number_in(key.removeprefix("kept-")) if key.startswith("kept-") else None
    if number is not None and (row := KeptView.objects.visible_to(person).filter(pk=number).first()):
        return as_view(row)
    view = BY_KEY.get(key, VIEWS[0])
    return view if view.is_for(person) else VIEWS[0]


def items_in(view: QueueView, person: Person, query: str = "") -> QuerySet[Item]:
    """What a person sees in a view; a query looks through all that they may see."""
    seen = Item.objects.visible_to(person).with_people()
    return seen.filter(matching(query, person)) if query else seen.filter(view.condition(person))


def with_all(ids: list[int]) -> list[Item]:
    """These items, in this order, with all that a row shows: a dozen tables, which PostgreSQL looks at only once."""
    return with_people_there(ids, there_at(ids))


def with_people_there(ids: list[int], here: Mapping[int, list[Presence]]) -> list[Item]:
    """The same for whoever has asked already who is there."""
    found = {item.pk: item for item in (by_id.all(ids=ids) if len(ids) != 1 else by_one.all(item=ids[0]))}
    for item in found.values():
        item.here = here.get(item.pk, [])
    return [found[pk] for pk in ids if pk in found]


def there_at(ids: list[int]) -> dict[int, list[Presence]]:
    """Who has these items open now."""
    here = defaultdict(list)
    for one in present.all(ids=ids, moment=timezone.now() - GONE_AFTER):
        here[one.item_id].append(one)
    return here


def _present(ids: list[int], moment: datetime) -> QuerySet[Presence]:
    return Presence.objects.since(moment).filter(item__among=ids)


present = PreparedRow(_present, ids=list, moment=datetime)
by_id = PreparedRow(lambda ids: Item.objects.with_people().prefetch_related(None).filter(pk__among=ids), ids=list)
by_one = PreparedRow(lambda item: Item.objects.with_people().prefetch_related(None).filter(pk=item), item=int)
"""The same for one: of a list PostgreSQL expects ten rows, so that it plans anew, and better, for each list of one."""


def order_of(view: QueueView, query: str = "") -> str:
    """What the view is ordered by; what was found by a query is ordered by its last move."""
    return "-moved_at" if query else view.order


def counts_for(person: Person, views: Sequence[QueueView] | None = None) -> dict[str, int]:
    """How many items each view holds for this person: one query, and another for the views that were kept."""
    shown = [view for view in (views_for(person) if views is None else views) if view.is_counted]
    if not person.can(Capability.WORK_THE_QUEUE):
        return {view.key: 0 for view in shown}
    brands = person.brands_for(Capability.WORK_THE_QUEUE)
    keys = tuple(view.key for view in shown if not view.kept)
    found = counting(keys, None if brands is None else tuple(sorted(brands))).row(person=person.pk)
    counts = dict(zip(keys, found or [0] * len(keys), strict=True))
    kept = {view.key: Count("pk", filter=view.condition(person)) for view in shown if view.kept}
    return counts | (Item.objects.visible_to(person).exclude(state=S.CLOSED).aggregate(**kept) if kept else {})


@lru_cache(maxsize=200)
def counting(keys: tuple[str, ...], brands: tuple[str, ...] | None) -> Prepared:
    """Counts everybody's views of these names, for who works on these brands (None: on all)."""
    views = [BY_KEY[key] for key in keys]

    def counts(person: int) -> QuerySet[Item, tuple[Any, ...]]:
        mine = Item.objects.of_brands(brands).exclude(state=S.CLOSED).order_by()
        counted = {view.key: Count("pk", filter=(view.counted or view.condition)(person)) for view in views}
        return mine.values(everything=Value(1)).annotate(**counted).values_list(*keys)

    return Prepared(counts, person=int)


def news_since(view: QueueView, person: Person, since: Any, shown: list[int]) -> int:
    """How many items came into a view after its page was made."""
    return items_in(view, person).filter(moved_at__gt=since).exclude(pk__in=shown).count()
