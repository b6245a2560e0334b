"""Addresses of this site as they stand outside of it: in mails, in feeds, in what programs and search engines read."""

from django.conf import settings


def absolute(path: str) -> str:
    """An address that works outside of the site as well; what is elsewhere, or nowhere, stays as it is."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
