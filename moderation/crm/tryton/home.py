"""Where a Tryton of our own lives: its environment, its prepared database, and its web client when npm is there."""

import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from moderation.crm.tryton.first_steps import ADMIN_PASSWORD, prepare

PINNED = Path(__file__).with_name("requirements.txt")
FIRST_STEPS = Path(__file__).with_name("first_steps.py")
WEB_CLIENT = "tryton-sao@8.0.11"
MODULES = ["party", "company", "currency", "sale_opportunity"]
DATABASE = "porchlight"
CONFIG = """[database]
uri = sqlite://
path = {data}
[web]
listen = 127.0.0.1:{port}
{root}
[session]
timeout = 86400
"""

Say = Callable[[str], None]


class Home:
    """One installation. Its directory is named for what is pinned, so that a new pin is a new installation."""

    def __init__(self, parent: Path, say: Say = lambda line: None) -> None:
        key = short_hash(PINNED.read_bytes() + WEB_CLIENT.encode())
        self.directory, self.say = parent / f"tryton-{key}", say
        self.bin = self.directory / "venv" / "bin"
        self.ready = self.directory / f"ready-{short_hash(FIRST_STEPS.read_bytes())}.sqlite"
        self.client = self.directory / "client" / "node_modules" / "tryton-sao"

    def make(self, *, with_client: bool = False) -> None:
        """Install and prepare whatever is missing. Takes about a minute the first time, nothing later."""
        self.directory.mkdir(parents=True, exist_ok=True)
        if not (self.directory / "installed").exists():
            self.say("Installing Tryton into an environment of its own …")
            self.install()
            (self.directory / "installed").touch()
        if not self.ready.exists():
            self.say("Preparing an empty Tryton database …")
            self.prepare_database()
        if with_client and not self.client.exists():
            self.install_client()

    def install(self) -> None:
        """The pinned packages, with uv when it is there."""
        run([sys.executable, "-m", "venv", "--clear", str(self.directory / "venv")])
        uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
        python = str(self.bin / "python")
        if uv:
            run([uv, "pip", "install", "-q", "--python", python, "-r", str(PINNED)])
        else:
            run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(PINNED)])

    def install_client(self) -> None:
        """Tryton's own web client, to look with. Without npm there is none, and everything else works."""
        npm = shutil.which("npm")
        if npm is None:
            return
        self.say("Fetching Tryton's web client …")
        target = self.client.parent.parent
        target.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(target), WEB_CLIENT]
        if subprocess.run(command, capture_output=True, timeout=300).returncode:  # noqa: S603
            self.say("Tryton's web client could not be fetched; its server works without.")
            return
        (self.client / "node_modules").symlink_to(self.client.parent)

    def prepare_database(self) -> None:
        """Make the tables, then a company, an employee and the community's own user."""
        work = self.directory / "preparing"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        (work / f"{DATABASE}.sqlite").touch()
        (work / "password").write_text(ADMIN_PASSWORD)
        config = self.write_config(work, 0)
        admin = [str(self.bin / "trytond-admin"), "-c", str(config), "-d", DATABASE]
        run([*admin, "--all", "--email", "admin@example.org", "-p"], TRYTONPASSFILE=str(work / "password"))
        run([*admin, "-u", *MODULES, "--activate-dependencies"])
        server = self.start(work)
        try:
            prepare(server.url, DATABASE)
        finally:
            server.stop()
        with closing(sqlite3.connect(work / f"{DATABASE}.sqlite")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what the server had not yet moved into the file
            database.execute("PRAGMA journal_mode=DELETE")
        shutil.move(str(work / f"{DATABASE}.sqlite"), self.ready)
        shutil.rmtree(work)

    def start(self, data: Path, port: int = 0) -> "Server":
        """A running server on the database in `data`; an empty directory gets a copy of the prepared one."""
        data.mkdir(parents=True, exist_ok=True)
        if not (data / f"{DATABASE}.sqlite").exists():
            shutil.copy(self.ready, data / f"{DATABASE}.sqlite")
        port = port or free_port()
        config = self.write_config(data, port)
        log = (data / "server.log").open("ab")
        command = [str(self.bin / "trytond"), "-c", str(config), "-d", DATABASE]
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)  # noqa: S603
        server = Server(process, port)
        server.wait_until_ready()
        return server

    def write_config(self, data: Path, port: int) -> Path:
        """Tryton's settings for one data directory."""
        config = data / "trytond.conf"
        root = f"root = {self.client}" if self.client.exists() else ""
        config.write_text(CONFIG.format(data=data, port=port, root=root))
        return config


class Server:
    """A running Tryton."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port
        self.url = f"http://127.0.0.1:{port}"

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Until it takes connections; raises when it ended instead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("Tryton ended at once; its server.log says why.")
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("Tryton did not start in time.")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def short_hash(content: bytes) -> str:
    """Enough of a hash to tell versions apart."""
    return hashlib.sha256(content).hexdigest()[:12]


def free_port() -> int:
    """A port on the loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(command: list[str], **environment: str) -> None:
    """Run one step; raises with its last words when it fails."""
    done = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-600:]}")
