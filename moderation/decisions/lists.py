"""The views of the review queue: which cases, in which order, and how many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from moderation.decisions.models import Appeal, SecondReading
from moderation.decisions.models.looking import has_seen_enough
from moderation.flags.models import Case

Origin = Case.Origin


@dataclass(frozen=True)
class CaseView:
    """One named list of cases."""

    key: str
    label: Any
    icon: str
    condition: Q
    order: str = "ranks_at"
    empty: Any = ""


OPEN, DECIDED = Q(state=Case.State.OPEN), Q(state=Case.State.DECIDED)
REPORTED = OPEN & Q(origin__in=[Origin.FLAG, Origin.NOTICE])
SIGNALS = OPEN & Q(origin__in=[Origin.SIGNAL, Origin.STAFF])
VIEWS = [
    CaseView("all", _("To review"), "flag", OPEN, empty=_("Nothing waits. Thank you.")),
    CaseView("reported", _("Reported"), "users", REPORTED, empty=_("Nobody reported anything.")),
    CaseView("held", _("Held back"), "pause", OPEN & Q(origin=Origin.GATE), empty=_("Nothing is held back.")),
    CaseView("signals", _("Signals"), "activity", SIGNALS, empty=_("No signals.")),
    CaseView("discussed", _("To talk about"), "messages-square", Q(decisions__reading__is_agreeing=False), "-closed_at",
             _("Second readers agreed.")),
    CaseView("decided", _("Decided"), "archive", DECIDED, "-closed_at", _("Nothing was decided yet.")),
]  # fmt: skip
BY_KEY = {view.key: view for view in VIEWS}
COUNTED = ("all", "reported", "held", "signals", "discussed")


def view_named(key: str) -> CaseView:
    """The view of that name, or the first."""
    return BY_KEY.get(key, VIEWS[0])


def cases_in(view: CaseView, person: Any) -> QuerySet[Any]:
    """What a person sees in a view. Who has seen enough hard things today is served the others."""
    cases = Case.objects.visible_to(person).filter(view.condition).with_rows()
    return cases.filter(is_sensitive=False) if has_seen_enough(person) else cases


def counts_for(person: Any) -> dict[str, int]:
    """How many cases each view holds, and how many appeals and second readings wait."""
    counted: dict[str, Callable[..., Any] | Any] = {
        key: Count("pk", filter=BY_KEY[key].condition, distinct=True) for key in COUNTED
    }
    counts = Case.objects.visible_to(person).aggregate(**counted)
    counts["appeals"] = Appeal.objects.visible_to(person).open().count()
    counts["readings"] = SecondReading.objects.for_reader(person).count()
    return counts
