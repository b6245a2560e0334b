"""Turning a browser on and off for notifications, and the small script that shows them there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community.notifications.devices import Subscription, renew, turn_on
from community.notifications.models import Device
from community.people.guards import signed_in
from community.people.requests import PersonRequest
from community.refusals import Refusal


@require_safe
def device_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address that stays: browsers ask for it again by themselves."""
    response = render(request, "community/notifications/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def site_manifest(request: HttpRequest) -> HttpResponse:
    """The site as an app on a home screen: on iPhones and iPads only such a one may show notifications."""
    icon = {"src": static("images/apple-touch-icon.png"), "sizes": "180x180", "type": "image/png"}
    told = {
        "id": "/",
        "name": settings.SITE_NAME,
        "start_url": reverse("community:notification-list"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [icon, {"src": static("images/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@signed_in
@require_POST
def device_on(request: PersonRequest) -> HttpResponse:
    """This browser shows notifications from now on. Answers with the list of the person's browsers."""
    key = request.session.session_key or ""
    turn_on(request.user, said(request), session_key=key, agent=request.headers.get("User-Agent", ""))
    return devices_shown(request)


@signed_in
@require_POST
def device_off(request: PersonRequest) -> HttpResponse:
    """This browser shows nothing any more."""
    Device.objects.filter(person=request.user, endpoint=request.POST.get("endpoint", "")).delete()
    return devices_shown(request)


@signed_in
@require_POST
def device_forget(request: PersonRequest, pk: int) -> HttpResponse:
    """Another of the person's browsers shows nothing any more."""
    get_object_or_404(Device, pk=pk, person=request.user).delete()
    return devices_shown(request) if request.htmx else redirect("community:settings-notifications")


@csrf_exempt  # asked by the browser while no page is open; the secret that it shares with us is the proof
@require_POST
def device_renew(request: HttpRequest) -> HttpResponse:
    """The browser's push service gave it another address."""
    if not renew(request.POST.get("was", ""), request.POST.get("was_auth", ""), said(request)):
        raise Refusal(_("This browser is not turned on."), code="no_device", status=422)
    return HttpResponse(status=204)


def said(request: HttpRequest) -> Subscription:
    """What the browser says of itself."""
    return Subscription(**{name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")})


def devices_shown(request: PersonRequest) -> HttpResponse:
    """The list as a fragment."""
    return render(request, "community/notifications/_devices.html", {"devices": request.user.devices.order_by("pk")})
