"""Clicked twice, done once: a form carries a one-time key, and its second POST gets the first one's answer."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.forms_opened import opened_at
from community.prepared import planned_once
from community.refusals import Refusal

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
        with planned_once() as cursor:
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


KEYS_KEPT = timedelta(days=8)
"""For so long we know that a form was sent: what waits longer in a browser without a line is not sent by itself."""
KEEP = "UPDATE community_oncekey SET status = %s, headers = %s, body = %s WHERE id = %s"


class OnceKey(models.Model):
    """A form that was sent, and the answer it got. The answer is swept after a day, the key after `KEYS_KEPT`."""

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
        with planned_once() as cursor:
            cursor.execute(KEEP, (self.status, json.dumps(self.headers), self.body, self.pk))

    def answer(self) -> HttpResponse:
        """The answer of the first click."""
        return HttpResponse(self.body, status=self.status, headers=self.headers)


def key_of(request: HttpRequest) -> str:
    """The form's key, good for its own address only; empty when the form has none."""
    given = request.POST.get("once", "") or request.headers.get("Idempotency-Key", "")
    return hashlib.sha256(f"{request.path} {given}".encode()).hexdigest() if given else ""


def by_whom(request: HttpRequest) -> Any:
    """Whose form it is: whoever is signed in."""
    return request.user if request.user.is_authenticated else None


def once(
    view: Callable[..., HttpResponse], whose: Callable[[HttpRequest], Any] = by_whom
) -> Callable[..., HttpResponse]:
    """Run a POST with the same `once` key one time only. A failed POST may be sent again.

    The row is written first and its key is unique, so a second click waits for the first one's transaction.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        refuse_if_it_waited_too_long(request)
        person = whose(request)
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


def refuse_if_it_waited_too_long(request: HttpRequest) -> None:
    """Raise a Refusal for what a browser kept so long that nobody can tell any more whether it was sent before.

    Our own clock says so, by the moment that is signed in the form's key; the browser's clock may say what it likes.
    """
    if "X-Waited" not in request.headers:
        return
    opened = opened_at(request.POST.get("once", ""))
    if opened is None or datetime.fromtimestamp(opened / 1000, UTC) < timezone.now() - KEYS_KEPT:
        sentence = _("This waited for more than a week. Read it again, then send it.")
        raise Refusal(sentence, code="waited_too_long")


def once_by(whose: Callable[[HttpRequest], Any]) -> Callable[..., Callable[..., HttpResponse]]:
    """As `once`, where the kept answer must not always name a person: `whose` says to whom it belongs, or None."""
    return partial(once, whose=whose)


def finished(response: HttpResponse) -> HttpResponse:
    """The response with its template rendered, so that it can be kept."""
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    return response
