"""shows(): a public page says what it shows, so that it can be kept ready and dropped when that changes."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.live.fragments import kept


def shows(response: HttpResponse, *keys: str) -> HttpResponse:
    """Name what a public page shows (`thread-42`, `questions`). Answers the same response.

    Use it only for a page that is the same for every visitor without a session. Browsers ask each time whether it
    has changed; the front, and a CDN that understands `Surrogate-Key`, keep it until one of the keys is purged.
    """
    named = response.get("Surrogate-Key", "").split()
    response["Surrogate-Key"] = " ".join(dict.fromkeys([*named, *keys]))
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def kept_page(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *versions: Any
) -> HttpResponse:
    """A page for visitors, rendered once for each state of what it shows.

    `versions` name that state: ids with their versions, counts. With the address and the hour (for "asked 2 h ago")
    they are the key; `context` is asked for, and may raise Http404, only when nobody has seen this state before.
    """
    hour = int(time.time() // 3600)
    name = (template, request.get_full_path(), request.get_host(), hour, *versions)
    return HttpResponse(kept(lambda: render_to_string(template, context(), request), *name))
