"""Small pages that stand in a frame on other people's sites: no cookie, no script, nothing of whoever looks at them.

What is somebody's own (asking, chatting) opens in a window of ours, where the page around the frame cannot look.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action {forms}; frame-ancestors *"


def framed(template: str, context: dict[str, Any], *, has_form: bool = False) -> HttpResponse:
    """The page for a frame of anybody's. Its view is exempt from the rule that nobody frames us."""
    told = {**context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    response = HttpResponse(render_to_string(template, told))
    response["Content-Security-Policy"] = POLICY.format(forms="'self'" if has_form else "'none'")
    return response
