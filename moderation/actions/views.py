"""The audit log, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.people.guards import requires
from community.people.roles import Capability
from community.spreadsheets import csv_lines
from moderation.actions.forms import FilterForm
from moderation.actions.saying import in_words, reason_of
from moderation.actions.signing import signed
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


@requires(Capability.SEE_AUDIT)
@require_safe
def action_signed(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file that proves itself: signed, with each event's place in the chain."""
    events = narrowed(trail(), FilterForm(request.GET).filters)[:MOST]
    response = StreamingHttpResponse(signed(events.iterator(chunk_size=500)), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="actions.jsonl"'
    return response


def rows_of(events: Any) -> Iterator[str]:
    """A heading and a line for each event."""
    head = ["number", "at", "person", "verb", "sentence", "object", "reason", "request"]
    return csv_lines(head, (cells_of(event) for event in events.iterator(chunk_size=500)))


def cells_of(event: Any) -> list[Any]:
    """The line of an event."""
    subject = f"{event.subject_type.model}:{event.subject_id}"
    person = event.actor.username if event.actor else ""
    at = event.created_at.isoformat(timespec="seconds")
    return [event.pk, at, person, event.verb, in_words(event), subject, reason_of(event), event.request_id]
