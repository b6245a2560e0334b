"""A secret key for a laptop: made once and kept in `var/`, so that sign-ins survive a restart."""

import os
import secrets
from pathlib import Path

from community.embedded.problems import StartupProblem


def laptop_secret(var: Path, production: bool) -> str:
    """The key kept in `var/secret-key`. In production nothing is made up: SECRET_KEY must be set."""
    if production:
        raise StartupProblem("SECRET_KEY is not set. In production it must be: 50 random characters, kept for good.")
    file = var / "secret-key"
    try:
        var.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            make_secret(file)
        return file.read_text().strip()
    except OSError as error:
        sentence = f"{var} cannot be written. Make it writable, or set VAR_DIR to a directory that is."
        raise StartupProblem(sentence) from error


def make_secret(file: Path) -> None:
    """Write a new key, readable by its owner only. Of two processes that start at once, the first one's key stays."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()
