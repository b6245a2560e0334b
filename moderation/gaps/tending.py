"""Who tends the gaps: managers, editors, product owners and supervisors; and the lists they look at."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Grant, Person
from community.people.roles import CAPABILITIES, Capability
from community.search.models import Need, NeedAnswer
from moderation.gaps.models import GapOwner, SettingAside

TENDING = (Capability.MODERATE, Capability.EDIT_ARTICLES, Capability.OWN_PRODUCT, Capability.SUPERVISE)
ROLES = [role for role, capabilities in CAPABILITIES.items() if capabilities.intersection(TENDING)]
VIEWS = {"open": _("Open"), "mine": _("Yours"), "answered": _("Answered"), "aside": _("Set aside")}
PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days")}
PAGE = 40


def owners() -> QuerySet[Person]:
    """Colleagues who may be asked to close a gap, by name."""
    grants = Grant.objects.in_force().filter(role__in=ROLES)
    return Person.objects.active().filter(pk__in=grants.values("person")).order_by("username")


@dataclass
class Gap:
    """A need as the list shows it."""

    need: Any
    owner: Person | None = None
    answer: NeedAnswer | None = None

    @property
    def percent(self) -> int:
        """After how many of a hundred searches something was opened."""
        return round(100 * self.need.opened / self.need.searches) if self.need.searches else 0


@dataclass(frozen=True)
class Listing:
    """One look at the gaps: which of them, over how many days, with which words, and after which place."""

    view: str
    days: str
    words: str
    after: str

    @classmethod
    def read(cls, asked: Any) -> "Listing":
        view, days = asked.get("view", ""), asked.get("days", "")
        words, after = asked.get("q", "").replace("\0", "").strip()[:60], asked.get("after", "")
        return cls(view if view in VIEWS else "open", days if days in PERIODS else "30", words, after)

    @property
    def since(self) -> Any:
        return timezone.localdate() - timedelta(days=int(self.days) - 1)

    def rows(self, person: Person) -> tuple[list[Gap], str]:
        """A page of them, those with most searches in vain first, and the mark of the next one."""
        found = self._narrowed(person).order_by("-in_vain", "pk")
        in_vain, _dash, pk = self.after.partition("-")
        if self.after.isascii() and in_vain.isdigit() and pk.isdigit() and len(self.after) < 24:
            found = found.filter(Q(in_vain__lt=int(in_vain)) | Q(in_vain=int(in_vain), pk__gt=int(pk)))
        needs = list(found[: PAGE + 1])
        rest = f"{needs[PAGE - 1].in_vain}-{needs[PAGE - 1].pk}" if len(needs) > PAGE else ""
        return gaps_of(needs[:PAGE]), rest

    def _narrowed(self, person: Person) -> QuerySet[Need]:
        mine = {"need": OuterRef("pk")}
        answered = Exists(NeedAnswer.objects.filter(undone_at__isnull=True, **mine))
        aside = Exists(SettingAside.objects.current().filter(**mine))
        if self.view == "answered":
            found = Need.objects.counted(self.since).filter(answered)
        elif self.view == "aside":
            found = Need.objects.counted(self.since).filter(aside)
        elif self.view == "mine":
            own = Exists(GapOwner.objects.current().filter(owner=person, **mine))
            found = Need.objects.counted(self.since).filter(own, ~answered)
        else:
            found = Need.objects.gaps(self.since).filter(~answered, ~aside)
        return found.filter(words__icontains=self.words) if self.words else found


def gaps_of(needs: list[Need]) -> list[Gap]:
    """With who has each and what answers it."""
    held = {row.need_id: row.owner for row in GapOwner.objects.current().filter(need__in=needs).select_related("owner")}
    answers = {row.need_id: row for row in NeedAnswer.objects.filter(need__in=needs, undone_at__isnull=True)}
    return [Gap(need, held.get(need.pk), answers.get(need.pk)) for need in needs]


def standing() -> dict[str, int]:
    """The month in figures: searches, in vain, gaps open and answered."""
    since = timezone.localdate() - timedelta(days=29)
    rows = Need.objects.counted(since).filter(searches__gt=0).values_list("searches", "empty", "in_vain")
    totals = [sum(column) for column in zip(*rows, strict=True)] or [0, 0, 0]
    answered = NeedAnswer.objects.filter(undone_at__isnull=True).count()
    return dict(zip(("searches", "empty", "in_vain"), totals, strict=True)) | {"answered": answered}
