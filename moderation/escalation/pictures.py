"""Drawing a picture anew in a process of its own, limited in time and memory, so that a hostile file harms nothing."""

import subprocess
import sys
from pathlib import Path

SECONDS = 8
HERE = Path(__file__).parent


def draw_anew(data: bytes) -> tuple[bytes, str] | None:
    """The picture as new bytes without any metadata, and its type; None when it is no picture we know."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", str(HERE / "redraw.py")],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    kind, _line, drawn = done.stdout.partition(b"\n")
    return (drawn, kind.decode()) if done.returncode == 0 and drawn else None
