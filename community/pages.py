"""What every page knows, and pages that belong to no app."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: the site's name and address."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
