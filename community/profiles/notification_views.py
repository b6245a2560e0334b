"""The settings page of what one hears of, and what these settings would have meant for last week."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.notifications.push_keys import site_keys
from community.once import once
from community.people.guards import signed_in
from community.people.requests import PersonRequest
from community.profiles.notification_form import NotificationForm


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings_notifications(request: PersonRequest) -> HttpResponse:
    """What the person wants to hear of, where, how often, and when not."""
    form = NotificationForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("community:settings-notifications")
    return show(request, form)


@signed_in
@require_POST
def settings_notifications_preview(request: PersonRequest) -> HttpResponse:
    """How many mails last week would have brought with the settings of the form. Nothing is saved."""
    return show(request, NotificationForm(request.user, request.POST))


def show(request: PersonRequest, form: NotificationForm) -> HttpResponse:
    """The page, or for htmx the line of the preview."""
    is_fine = form.sent is None or form.is_valid()
    context: dict[str, Any] = {"form": form, "section": "notifications", "preview": form.preview() if is_fine else None}
    if not request.htmx and (keys := site_keys()):
        context |= {"push_key": keys.public, "devices": request.user.devices.order_by("pk")}
    name = "_preview" if request.htmx else "notifications"
    return render(request, f"community/profiles/{name}.html", context, status=200 if is_fine else 422)
