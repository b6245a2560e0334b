"""Drawing a picture anew in a process of its own, limited in time and memory, so that a hostile file harms nothing."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from community.refusals import Refusal

SECONDS = 8
"""Of the clock; the process itself may use four seconds of a processor and 300 MB."""
AT_A_TIME = threading.BoundedSemaphore(2)
"""So many pictures are drawn at once in one process of the site, however many arrive."""
PROGRAM = Path(__file__).with_name("redraw.py")


@dataclass(frozen=True)
class Drawn:
    """A picture without anything but its pixels."""

    data: bytes
    content_type: str
    width: int
    height: int


def draw_anew(data: bytes, *, is_for_web: bool = False) -> list[Drawn]:
    """The picture, for the web followed by a smaller one where it is large; empty when it is none that we can draw."""
    return drawn_by_itself(data, *(["web"] if is_for_web else []))


def draw_face(data: bytes) -> Drawn | None:
    """A small square for beside a name; None when it is no picture that we can draw."""
    return next(iter(drawn_by_itself(data, "face")), None)


def drawn_by_itself(data: bytes, *words: str) -> list[Drawn]:
    """What the program made of it."""
    if not AT_A_TIME.acquire(timeout=SECONDS):
        raise Refusal(
            _("Many pictures are arriving just now. Try again in a minute."), code="busy", status=503, retry_after=30
        )
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", str(PROGRAM), *words],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return []
    finally:
        AT_A_TIME.release()
    line, _end, bytes_in_a_row = done.stdout.partition(b"\n")
    return list(pieces(json.loads(line), bytes_in_a_row)) if done.returncode == 0 and bytes_in_a_row else []


def pieces(described: list[dict[str, int | str]], row: bytes) -> list[Drawn]:
    """The pictures that lie in a row of bytes."""
    found = []
    for one in described:
        size = int(one["size"])
        found.append(Drawn(row[:size], str(one["type"]), int(one["width"]), int(one["height"])))
        row = row[size:]
    return found
