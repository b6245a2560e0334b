"""Clicked twice, done once: a form carries a one-time key, and its second POST gets the first one's answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse


class OnceKey(models.Model):
    """A form that was sent, and the answer it got. Swept after a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    key = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_answer_per_form", nulls_distinct=False)
        ]

    def answer(self) -> HttpResponse:
        """The answer of the first click."""
        response = HttpResponse(self.body, status=self.status)
        if self.location:
            response["Location"] = self.location
        return response


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a POST with the same `once` key one time only. A failed POST may be sent again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("once", "")[:64] or request.headers.get("Idempotency-Key", "")[:64]
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        person = request.user if request.user.is_authenticated else None
        with transaction.atomic():
            row, is_first = OnceKey.objects.get_or_create(person=person, key=key)
            if not is_first:
                return row.answer()
            with transaction.atomic():
                response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                row.delete()
                return response
            row.status = response.status_code
            row.location = response.headers.get("Location", "")
            row.body = response.content.decode() if not response.streaming else ""
            row.save()
        return response

    return guarded
