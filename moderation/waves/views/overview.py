"""How moderation stands: what waits, what happened today, what was decided, and how sure we can be of it."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.events.models import Event
from community.events.verbs import Verb
from community.people.crisis import Crisis
from community.people.guards import requires
from community.people.roles import Capability
from moderation.decisions.figures import Period, figures_of
from moderation.decisions.forms import PeriodForm
from moderation.decisions.models import Appeal, Decision
from moderation.decisions.reading_again import agreement_by_rule
from moderation.decisions.views.page import nav_context
from moderation.decisions.views.public import form_of, period_of
from moderation.waves.models import Wave

TODAY = {
    "joined": [Verb.PERSON_JOINED],
    "posted": [Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED],
    "held": [Verb.POST_HELD],
    "reported": [Verb.FLAG_RAISED],
    "decided": [Verb.DECISION_MADE],
    "appealed": [Verb.APPEAL_MADE],
}


@requires(Capability.MODERATE)
@require_safe
def moderation_overview(request: HttpRequest) -> HttpResponse:
    """Each figure has its table, and leads to what it counts."""
    figures = figures_of(period_of(PeriodForm(request.GET)), smallest=0)
    context = {
        **nav_context(request),
        "form": form_of(figures.period),
        "figures": figures,
        "rules": bars(figures.by_rule),
        "actions": bars(figures.by_action),
        "precision": precision_in(figures.period),
        "agreement": agreement_by_rule(),
        "late": Appeal.objects.visible_to(request.user).open().filter(escalated_at__isnull=False).count(),
        "today": today(),
        "waves": list(Wave.objects.visible_to(request.user).going_on().order_by("-pk")[:5]),
        "crisis": Crisis.objects.in_force().first(),
    }
    return render(request, "moderation/waves/moderation_overview.html", context)


def today() -> dict[str, int]:
    """What happened since midnight, read from the events in one query."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counts: dict[str, Any] = {name: Count("pk", filter=Q(verb__in=verbs)) for name, verbs in TODAY.items()}
    verbs = [verb for several in TODAY.values() for verb in several]
    return Event.objects.filter(
        verb__in=verbs, created_at__gte=midnight, created_at__lt=midnight + timedelta(days=1)
    ).aggregate(**counts)


def bars(counts: dict[str, int | None]) -> list[tuple[str, int, int]]:
    """Name, number and length in percent of the longest."""
    most = max([number or 0 for number in counts.values()], default=0) or 1
    return [(name, number or 0, round(100 * (number or 0) / most)) for name, number in counts.items()]


def precision_in(period: Period) -> list[dict[str, Any]]:
    """For each rule of the gate: how often decisions bore it out."""
    decisions = period.within(Decision.objects.standing()).exclude(detected_by=[])
    names = {name for found in decisions.values_list("detected_by", flat=True) for name in found}
    rows = [(name, *decisions.precision_of(name)) for name in sorted(names)]
    return [{"rule": name, "right": right, "of": of, "rate": round(100 * right / of)} for name, right, of in rows if of]
