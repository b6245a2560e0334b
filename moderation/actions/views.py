"""The audit log, as a page and as a file."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.people.guards import requires
from community.people.roles import Capability
from moderation.actions.forms import FilterForm
from moderation.actions.saying import in_words, reason_of
from moderation.actions.trail import narrowed, page_of, trail

MOST = 100_000


@requires(Capability.SEE_AUDIT)
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """What staff did, the newest first, a page at a time by key."""
    form = FilterForm(request.GET)
    events, before = page_of(narrowed(trail(), form.filters), request.GET.get("before", ""))
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {"form": form, "events": events, "before": before, "asked": asked.urlencode()}
    return render(request, "moderation/actions/action_list.html", context)


@requires(Capability.SEE_AUDIT)
@require_safe
def action_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file for a spreadsheet, with nothing in it that a spreadsheet would run."""
    events = narrowed(trail(), FilterForm(request.GET).filters)[:MOST]
    response = StreamingHttpResponse(rows_of(events), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="actions.csv"'
    return response


class Line:
    """What the csv writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def rows_of(events: Any) -> Iterator[str]:
    """A heading and a line for each event."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(["number", "at", "person", "verb", "sentence", "object", "reason", "request"])
    for event in events.iterator(chunk_size=500):
        subject = f"{event.subject_type.model}:{event.subject_id}"
        person = event.actor.username if event.actor else ""
        at = event.created_at.isoformat(timespec="seconds")
        cells = [person, event.verb, in_words(event), subject, reason_of(event), event.request_id]
        yield writer.writerow([event.pk, at, *map(harmless, cells)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r")) else cell
