"""A secret key for a laptop: made once and kept in `var/`, so that sign-ins survive a restart."""

import secrets
from pathlib import Path


def laptop_secret(var: Path, production: bool) -> str:
    """The key kept in `var/secret-key`; empty in production, where SECRET_KEY must be set."""
    if production:
        return ""
    file = var / "secret-key"
    try:
        var.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(secrets.token_urlsafe(50))
            file.chmod(0o600)
        return file.read_text().strip()
    except OSError:
        return "unwritable-var"
