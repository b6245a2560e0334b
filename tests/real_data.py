"""Real threads, reviews and spam, as their publishers have them. Some of each ship with the tests that read them; what
is too large to ship, or may not be, lies in the folder that `PORCHLIGHT_DATA` names, and without it the tests that read
it are skipped with that reason."""

import os
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parent
THREADS = SHIPPED / "community/search/sumo/threads.jsonl.gz"
CLOTHING = SHIPPED / "forums/reviews/retailer/reviews.csv.gz"
ROOT = Path(os.environ.get("PORCHLIGHT_DATA") or "var/real_data")


def needs(path: Path) -> pytest.MarkDecorator:
    """The test is skipped where this file or folder is missing."""
    return pytest.mark.skipif(not path.exists(), reason=f"{path.relative_to(ROOT)} is not here (PORCHLIGHT_DATA)")
