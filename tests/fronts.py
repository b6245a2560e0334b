"""Two fronts of one site, each a process of its own with its own address, for tests of what they tell each other."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from community.embedded import valkey
from tests.live_site import ROOT, free_port
from tests.waiting import until


@dataclass
class Fronts:
    """Granian with one worker each, on one database and one Valkey."""

    var: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    valkey_process: subprocess.Popen | None = None

    @property
    def redis_url(self) -> str:
        return valkey.address(self.var)

    @property
    def urls(self) -> list[str]:
        return [f"http://localhost:{port}" for port in self.ports]

    def start(self, count: int = 2) -> None:
        self.start_valkey()
        for _ in range(count):
            port = free_port()
            command = [sys.executable, "-m", "granian", "community.front:application", "--interface", "asgi",
                       "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--loop", "uvloop",
                       "--log-level", "warning"]  # fmt: skip
            env = {**os.environ, **self.environment, "REDIS_URL": self.redis_url, "VAR_DIR": str(self.var)}
            log = (self.var / f"front-{port}.log").open("w")
            self.processes.append(subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log))
            self.ports.append(port)
        for url in self.urls:
            until(lambda url=url: httpx.get(f"{url}/health/", timeout=2, verify=False).status_code == 200)

    def start_valkey(self) -> None:
        self.valkey_process = subprocess.Popen(valkey.command(self.var), stdout=subprocess.DEVNULL)
        until(lambda: valkey.answers(self.var))

    def kill_valkey(self) -> None:
        self.valkey_process.kill()
        self.valkey_process.wait()

    def stop(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.kill_valkey()
