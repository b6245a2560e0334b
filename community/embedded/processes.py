"""Child processes under one roof: started, watched, started again when they die, stopped together, one log for all."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
CALM_AFTER = 20.0
LONGEST_WAIT = 10.0


def say(name: str, line: str) -> None:
    """One line of the common log."""
    try:
        print(f"[{name}] {line}", flush=True)
    except (BrokenPipeError, ValueError):  # whoever read the log has gone; the site stays
        return


def ask_to_die_with_parent() -> None:
    """On Linux the kernel ends a child whose `up` was killed, so that nothing is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


@dataclass
class Child:
    """One process of the site, with its own group so that Ctrl-C reaches only `up`, which then stops all in order.

    One that is held loads itself, and begins when it is let go: its standard input ends.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str]
    before: Callable[[], None] = lambda: None
    is_held: bool = False
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    wait: float = 0.0
    starts: int = field(default=0)

    def start(self) -> None:
        self.before()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(self.environment),
            stdin=subprocess.PIPE if self.is_held else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=ask_to_die_with_parent,
        )
        self.started_at = time.monotonic()
        self.starts += 1
        threading.Thread(target=self.pass_on, args=(self.process,), daemon=True).start()

    def let_go(self) -> None:
        """What it waited for is there."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def pass_on(self, process: subprocess.Popen[str]) -> None:
        """Bring the child's lines into the common log."""
        for line in process.stdout or ():
            say(self.name, line.rstrip())

    def watch(self) -> None:
        """Start it again when it has died: at once the first time, then with growing waits."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.signal_group(signal.SIGKILL)  # what it left behind would hold its port
            self.wait = 0.0 if now - self.started_at > CALM_AFTER else min(LONGEST_WAIT, self.wait * 2 + 0.5)
            self.due_at, self.process = now + self.wait, None
            say(self.name, f"ended ({ending(code)}) and is started again")
        if now >= self.due_at:
            self.start()

    def signal_group(self, number: int) -> None:
        """Send a signal to the child and to the processes it made."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def ask_to_stop(self) -> None:
        """Ask the child itself; it ends its own processes in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def is_gone(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def has_failed(self) -> bool:
        """Whether it has ended, and not because its work was done."""
        return self.process is not None and bool(self.process.poll())


def ending(code: int) -> str:
    """How a process ended, in words."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def stop_all(children: list[Child], within: float) -> None:
    """Ask all to stop, wait, and end by force what is left of them."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and not all(child.is_gone() for child in children):
        time.sleep(0.05)
    for child in children:
        child.signal_group(signal.SIGKILL)
        child.process = None
