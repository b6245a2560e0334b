"""What each answer tells the browser to refuse: foreign scripts, inline scripts and styles, frames, sniffing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def permissions(*allowed: str) -> str:
    """The Permissions-Policy of a page that may use some of it, such as the microphone during a call."""
    rules = PERMISSIONS
    for name in allowed:
        rules = rules.replace(f"{name}=()", f"{name}=(self)")
    return rules


def content_policy(form_targets: list[str]) -> str:
    """The Content-Security-Policy: everything from here, nothing inline, nothing evaluated."""
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": " ".join(["'self'", *form_targets]),
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


class SecurityHeadersMiddleware:
    """Adds the content policy to each answer that has none of its own (a download may be stricter)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_policy(settings.CSP_FORM_TARGETS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
