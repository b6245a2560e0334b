"""What was backed up comes back, and a damaged backup touches nothing."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import Cast
from tests.databases import ROOT, drop_database
from tests.live_site import fresh_database
from tests.scenes import TITLE, ana_asks

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def manage(var: Path, url: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command of the product on this database."""
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "community.settings",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def database():
    """An empty database, and how it is reached."""
    name = f"test_backup_{os.getpid()}"
    url = fresh_database(name)
    yield url
    drop_database(name)


def test_a_backup_comes_back_whole(tmp_path, database):
    url = database
    own = url.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    ana_asks(Cast())
    upload = tmp_path / "here" / "private" / "12" / "receipt.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF receipt")

    made = manage(tmp_path / "here", own, "backup", str(tmp_path / "b.tar"))
    assert made.returncode == 0, made.stderr
    assert "the database and 1 uploads" in made.stdout
    back = manage(tmp_path / "there", url, "restore", str(tmp_path / "b.tar"))
    assert back.returncode == 0, back.stderr
    assert (tmp_path / "there" / "private" / "12" / "receipt.pdf").read_bytes() == b"%PDF receipt"

    again = manage(tmp_path / "there", url, "restore", str(tmp_path / "b.tar"))
    assert again.returncode == 1
    assert again.stderr.strip() == "This database is not empty. Say --replace to put the backup in its place."
    titles = manage(
        tmp_path / "there", url, "shell", "-v0", "-c", "print(*Thread.objects.values_list('title', flat=True))"
    )
    assert TITLE in titles.stdout


def test_a_damaged_backup_is_refused_in_one_sentence(tmp_path, database):
    url = database
    broken = tmp_path / "b.tar"
    with tarfile.open(broken, "w") as archive:
        archive.add(ROOT / "LICENSE", "database.dump")
    result = manage(tmp_path / "there", url, "restore", str(broken))
    assert result.returncode == 1
    assert result.stderr.strip() == f"{broken} is not a backup of Porchlight, or is damaged."
