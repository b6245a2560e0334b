"""shows(): a public page says what it shows, so that it can be kept ready and dropped when that changes."""

from django.http import HttpResponse


def shows(response: HttpResponse, *keys: str) -> HttpResponse:
    """Name what a public page shows (`thread-42`, `questions`). Answers the same response.

    Use it only for a page that is the same for every visitor without a session. Browsers ask each time whether it
    has changed; the front, and a CDN that understands `Surrogate-Key`, keep it until one of the keys is purged.
    """
    named = response.get("Surrogate-Key", "").split()
    response["Surrogate-Key"] = " ".join(dict.fromkeys([*named, *keys]))
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
