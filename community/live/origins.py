"""From which pages a socket may be opened: the site's own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host


def is_own_origin(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether the handshake names exactly one origin, and it is a configured one or the very host that was asked."""
    origins = [value.decode("latin1") for name, value in headers if name == b"origin"]
    hosts = [value.decode("latin1").lower() for name, value in headers if name == b"host"]
    if len(origins) != 1 or len(hosts) != 1:
        return False
    origin = origins[0].lower().rstrip("/")
    if origin in {trusted.lower() for trusted in [settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS]}:
        return True
    parts = urlsplit(origin)
    own = parts.scheme in {"http", "https"} and parts.netloc == hosts[0]
    return own and validate_host(parts.hostname or "", settings.ALLOWED_HOSTS)
