"""Clicked twice, done once: a form carries a one-time key, and its second POST gets the first one's answer."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

KEPT_HEADERS = (
    "Content-Type", "ETag", "Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url",
    "HX-Refresh", "HX-Retarget", "HX-Reswap", "HX-Reselect", "HX-Trigger", "HX-Trigger-After-Swap",
)  # fmt: skip


class OnceKeyQuerySet(models.QuerySet["OnceKey"]):
    """Which keys."""

    def claim(self, person: Any, key: str) -> "OnceKey | None":
        """Write the key down, in one statement; None when somebody has, after waiting for them to finish."""
        row = OnceKey(person=person, key=key, created_at=timezone.now())
        values = (row.person_id, key, row.created_at)
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            claimed = cursor.fetchone()
        if claimed is None:
            return None
        row.pk, row._state.adding = claimed[0], False
        return row


CLAIM = """
    INSERT INTO community_oncekey (person_id, key, status, headers, body, created_at)
    VALUES (%s, %s, 0, '{}', '', %s) ON CONFLICT DO NOTHING RETURNING id
"""


KEEP = "UPDATE community_oncekey SET status = %s, headers = %s, body = %s WHERE id = %s"


class OnceKey(models.Model):
    """A form that was sent, and the answer it got. Swept after a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    key = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OnceKeyQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_answer_per_form", nulls_distinct=False)
        ]

    def keep(self, response: HttpResponse) -> None:
        """Remember the answer, with what htmx reads from its headers."""
        self.status = response.status_code
        self.headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        self.body = "" if response.streaming else response.content.decode()
        with connection.cursor() as cursor:
            cursor.execute(KEEP, (self.status, json.dumps(self.headers), self.body, self.pk))

    def answer(self) -> HttpResponse:
        """The answer of the first click."""
        return HttpResponse(self.body, status=self.status, headers=self.headers)


def key_of(request: HttpRequest) -> str:
    """The form's key, good for its own address only; empty when the form has none."""
    given = request.POST.get("once", "") or request.headers.get("Idempotency-Key", "")
    return hashlib.sha256(f"{request.path} {given}".encode()).hexdigest() if given else ""


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a POST with the same `once` key one time only. A failed POST may be sent again.

    The row is written first and its key is unique, so a second click waits for the first one's transaction.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        person = request.user if request.user.is_authenticated else None
        with transaction.atomic():
            row = OnceKey.objects.claim(person, key)
            if row is None:
                return OnceKey.objects.get(person=person, key=key).answer()
            response = finished(view(request, *args, **kwargs))
            if response.status_code >= 400:
                row.delete()
            else:
                row.keep(response)
        return response

    guarded.is_once = True  # type: ignore[attr-defined]
    return guarded


def finished(response: HttpResponse) -> HttpResponse:
    """The response with its template rendered, so that it can be kept."""
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    return response
