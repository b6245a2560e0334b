"""An outside PostgreSQL 15 and Redis 7, by two environment variables: what runs on a laptop runs in production."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.live_site import ROOT, free_port

pytestmark = [pytest.mark.slow]
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
SCENE = """
from community.events.models import Event
from community.live.broadcasting import broadcast
from django.db import connection, transaction
from forums.threads.models import Post
from tests.cast import Cast
from tests.scenes import ana_asks, ben_answers
cast = Cast()
question = ana_asks(cast)
answer = ben_answers(cast, question)
with transaction.atomic():
    broadcast(f"thread:{question.pk}", "components/_preview.html", {"html": "Hello-Ben"})
with connection.cursor() as cursor:
    cursor.execute("SHOW server_version_num")
    version = int(cursor.fetchone()[0]) // 10000
print("HELD", version, Post.objects.count(), Event.objects.filter(verb="answer.posted").count())
"""


def account() -> list[str]:
    """How a program is run by somebody who is not root; PostgreSQL insists."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        pytest.skip("no runuser, and PostgreSQL does not run as root")
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


@pytest.fixture(scope="module")
def postgres_url():
    """The machine's own PostgreSQL, temporary, on a loopback port."""
    if not POSTGRES:
        pytest.skip("no PostgreSQL of the machine's own in /usr/lib/postgresql")
    programs, port = POSTGRES[-1].parent, free_port()
    place = Path(tempfile.mkdtemp(prefix="porchlight-pg-"))
    place.chmod(0o777)
    run = account()
    data = str(place / "data")
    subprocess.run(
        [*run, programs / "initdb", "-A", "trust", "-U", "porch", "-D", data], check=True, capture_output=True
    )
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {place}"
    start = [*run, programs / "pg_ctl", "-w", "-D", data, "-l", str(place / "log"), "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    create = [*run, programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "porch", "porchlight"]
    subprocess.run(create, check=True)
    yield f"postgres://porch@127.0.0.1:{port}/porchlight"
    subprocess.run([*run, programs / "pg_ctl", "-m", "immediate", "-D", data, "stop"], check=True, capture_output=True)
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def redis_url():
    """The machine's own Redis, temporary, on a loopback port."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        pytest.skip("no redis-server on this machine")
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


@pytest.fixture
def manage(tmp_path, postgres_url, redis_url):
    """Run a command of the product with the two variables set."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    environment["DJANGO_SETTINGS_MODULE"] = "community.settings"

    def command(*arguments: str) -> str:
        words = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return command


def test_a_question_is_asked_answered_and_told_on_outside_services(manage, redis_url):
    manage("migrate", "-v0")
    listener = subprocess.Popen(
        [shutil.which("redis-cli") or "redis-cli", "-u", redis_url, "PSUBSCRIBE", "*"],
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.5)
    words = manage("shell", "-v0", "-c", SCENE)
    time.sleep(0.5)
    listener.terminate()
    heard = listener.communicate(timeout=10)[0]
    version = int(POSTGRES[-1].parent.parent.name)
    assert f"HELD {version} 2 1" in words
    assert '"stream": "thread:' in heard  # nobody has the page open: it is told that there is news, not the words


def test_the_site_is_ready_on_outside_services(manage):
    manage("migrate", "-v0")
    words = manage(
        "shell",
        "-v0",
        "-c",
        "from django.test import Client; print(Client().get('/ready/', SERVER_NAME='localhost').json())",
    )
    assert "'ready': True" in words
    assert "'live': 'ok'" in words
