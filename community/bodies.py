"""What programs and mail servers send us, read no further than the door at which it arrives allows."""

from django.http import HttpRequest

from community.numbers import number_in


def body_within(request: HttpRequest, largest: int) -> bytes | None:
    """The body as it was sent; None when it is longer, whether the sender says so or not."""
    if (number_in(request.headers.get("Content-Length", "")) or 0) > largest:
        return None
    raw = request.read(largest + 1)
    return raw if len(raw) <= largest else None
