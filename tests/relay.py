"""A real relay for calls: coturn on this machine, with the secret that the running site knows.

Without `turnserver` tests that need it are skipped with that reason; with REQUIRE_TURN=1 a missing one is a failure.
"""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live_site import free_port

SECRET = "only-for-tests"
PORT = free_port()
RELAY_ENVIRONMENT = {"TURN_URLS": f"turn:127.0.0.1:{PORT}?transport=udp", "TURN_SECRET": SECRET, "TURN_MINUTES": "5"}
"""What the running site is told. Nothing listens there until a test starts the relay."""


@contextmanager
def coturn(folder: Path):
    """The relay, until the block ends."""
    program = shutil.which("turnserver")
    if not program:
        assert not os.environ.get("REQUIRE_TURN"), "no turnserver on this machine, and REQUIRE_TURN is set"
        pytest.skip("no turnserver on this machine")
    log = folder / "turn.log"
    options = [
        "-n", "--use-auth-secret", f"--static-auth-secret={SECRET}", "--realm=porchlight", "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1", f"--listening-port={PORT}", "--allow-loopback-peers", "--no-cli", "--no-tls",
        "--no-dtls", "--simple-log", f"--log-file={log}", f"--pidfile={folder / 'turn.pid'}",
        f"--userdb={folder / 'turn.db'}", "--verbose",
    ]  # fmt: skip
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        wait_until_it_listens(process)
        yield log
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_it_listens(process: subprocess.Popen) -> None:
    """It listens on the same port for both UDP and TCP; TCP can be asked."""
    for _try in range(100):
        assert process.poll() is None, "the relay ended at once"
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the relay does not listen")
