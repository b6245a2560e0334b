"""Is the process alive, and is all there that it needs? For load balancers, for `up`, and for whoever is on call."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.live.outlet import outlet
from community.moving_in import progress
from community.people.guards import doorway

log = logging.getLogger(__name__)
OLDEST_JOB = """
    SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)::int, count(*)
    FROM procrastinate_jobs job
    LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
OLDEST_DELIVERY = """
    SELECT coalesce(extract(epoch FROM now() - min(event.created_at)), 0)::int, count(*)
    FROM events_delivery delivery JOIN events_event event ON event.id = delivery.event_id
    WHERE delivery.state = 'waiting'
"""
_known: dict[str, bool] = {}


@doorway
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"alive": True})


@doorway
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether visitors can be sent here: 503 while database or migrations are missing, or the demo moves in.

    Without the live layer pages still work, so its loss is told but costs no visitor their page.
    """
    state: dict[str, Any] = {"database": "ok", "migrations": "ok", "live": live_state()}
    try:
        state["migrations"] = "ok" if is_migrated() else "missing"
        state["oldest_waiting_job"] = oldest(OLDEST_JOB)
        state["oldest_waiting_delivery"] = oldest(OLDEST_DELIVERY)
    except DatabaseError as error:
        log.warning("not ready: %s", error)
        state["database"] = "unreachable"
    if settings.DEMO_MOVES_IN and progress():
        state["demo"] = "is moving in"
    is_ready = state["database"] == state["migrations"] == "ok" and "demo" not in state
    headers = {} if is_ready else {"Retry-After": "5"}
    return JsonResponse({"ready": is_ready, **state}, status=200 if is_ready else 503, headers=headers)


def is_migrated() -> bool:
    """Whether all migrations of this code are there. Once they are, this process need not ask again."""
    if not _known.get("migrated"):
        executor = MigrationExecutor(connection)
        _known["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known["migrated"]


def oldest(query: str) -> dict[str, int]:
    """How long the oldest one has waited, and how many wait."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        seconds, count = cursor.fetchone()
    return {"seconds": seconds, "waiting": count}


def live_state() -> str:
    """Whether a live message can be sent now."""
    return "ok" if outlet is None or outlet.answers() else "down"
