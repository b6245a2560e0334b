"""Where the site of this directory is, for commands that run beside it: `up` knows the port, they do not."""

from pathlib import Path

from django.conf import settings


def note_address(var: Path, address: str) -> None:
    (var / "address").write_text(address)


def address_of_site() -> str:
    """What `up` noted last; without it what the settings say."""
    try:
        return (settings.VAR / "address").read_text().strip() or settings.SITE_URL
    except OSError:
        return str(settings.SITE_URL)
