"""Real threads, reviews and spam, as their publishers have them: too large to ship, so tests that read them say where
they look. `PORCHLIGHT_DATA` names the folder; without it these tests are skipped with that reason."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("PORCHLIGHT_DATA") or "var/real_data")
THREADS = ROOT / "demo_sumo" / "threads.jsonl.gz"


def needs(path: Path) -> pytest.MarkDecorator:
    """The test is skipped where this file or folder is missing."""
    return pytest.mark.skipif(not path.exists(), reason=f"{path.relative_to(ROOT)} is not here (PORCHLIGHT_DATA)")
