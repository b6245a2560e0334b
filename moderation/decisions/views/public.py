"""What everybody may know of moderation: the log, and the figures of a period."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.live.pages import shows
from community.paging import page_of
from community.people.guards import doorway
from moderation.decisions.figures import Period, figures_of
from moderation.decisions.forms import PeriodForm
from moderation.decisions.models import LogEntry
from moderation.decisions.publishing import KEY


@doorway
@require_safe
def moderation_log(request: HttpRequest) -> HttpResponse:
    """Each decision that did something, without names."""
    rule = request.GET.get("rule", "")[:80]
    page = page_of(LogEntry.objects.of_rule(rule), "-created_at", request.GET.get("after", ""), 50)
    rules = LogEntry.objects.exclude(rule="").values_list("rule", flat=True).distinct().order_by("rule")
    context = {"entries": page.rows, "after": page.older, "rule": rule, "rules": rules}
    response = render(request, "moderation/decisions/moderation_log.html", context)
    return response if request.user.is_authenticated else shows(response, KEY)


@doorway
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The figures of a period, read from the records."""
    figures = figures_of(period_of(PeriodForm(request.GET)))
    context = {"figures": figures, "form": form_of(figures.period)}
    return render(request, "moderation/decisions/transparency.html", context)


@doorway
@require_safe
def transparency_export(request: HttpRequest) -> JsonResponse:
    """The same for a program."""
    return JsonResponse(figures_of(period_of(PeriodForm(request.GET))).as_record())


def form_of(period: Period) -> PeriodForm:
    """The form with the days that are shown."""
    return PeriodForm(initial={"since": period.first, "until": period.last})


def period_of(form: PeriodForm) -> Period:
    """What was asked for; what makes no sense is left out."""
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    return Period.of(given.get("since"), given.get("until"))
