"""A backup is one tar file: the database as `pg_dump` writes it, the uploads, and the checksum of each."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from community.embedded.postgres.programs import client_program
from community.embedded.problems import StartupProblem

DUMP = "database.dump"
MANIFEST = "manifest.json"
NEWER_ONLY = ("SET transaction_timeout", "CREATE SCHEMA public;")  # unknown to PostgreSQL 15; there already


def upload_places() -> dict[str, Path]:
    """Where uploads lie, by their folder in the backup."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_MEDIA_ROOT)}


def back_up(target: Path) -> dict[str, Any]:
    """Write a backup; the file appears when it is whole. The database comes first: a later upload does no harm."""
    draft = target.with_name(f"{target.name}.part")
    sums: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="porchlight-") as place, tarfile.open(draft, "w") as archive:
            dump = Path(place, DUMP)
            postgres("pg_dump", ["--format=custom", "--no-owner", "--no-acl", f"--file={dump}"])
            add(archive, DUMP, dump, sums)
            for name, path in uploads():
                add(archive, name, path, sums)
            manifest = {"made_at": datetime.now(UTC).isoformat(), "site": settings.SITE_URL, "files": sums}
            words = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode = len(words), 0o600
            archive.addfile(entry, io.BytesIO(words))
        draft.chmod(0o600)
        os.replace(draft, target)
    except OSError as error:
        raise StartupProblem(f"The backup {target} could not be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def uploads() -> Iterator[tuple[str, Path]]:
    """Each uploaded file with its name in the backup."""
    for folder, root in upload_places().items():
        for path in sorted(root.rglob("*")) if root.exists() else []:
            if path.is_file() and not path.is_symlink():
                yield f"{folder}/{path.relative_to(root).as_posix()}", path


def add(archive: tarfile.TarFile, name: str, path: Path, sums: dict[str, str]) -> None:
    archive.add(path, name, recursive=False)
    with path.open("rb") as file:
        sums[name] = checksum(file)


def checksum(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def verify(source: Path) -> dict[str, Any]:
    """Read the whole backup and compare each checksum; answers its manifest."""
    try:
        with tarfile.open(source) as archive:
            inside = {entry.name: entry for entry in archive if entry.isfile()}
            manifest: dict[str, Any] = json.loads(opened(archive, inside[MANIFEST]).read())
            if set(manifest["files"]) != set(inside) - {MANIFEST}:
                raise StartupProblem(f"{source} is not whole: files are missing in it, or too many.")
            for name, known in manifest["files"].items():
                if checksum(opened(archive, inside[name])) != known:
                    raise StartupProblem(f"{source} is damaged: {name} has changed since the backup was made.")
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise StartupProblem(f"{source} is not a backup of Porchlight, or is damaged.") from error
    return manifest


def opened(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(entry)
    if file is None:
        raise tarfile.TarError(entry.name)
    return file


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Bring a backup back, after its checksums were found right. What is there is replaced only when asked for."""
    manifest = verify(source)
    if not replace and not is_empty():
        raise StartupProblem("This database is not empty. Say --replace to put the backup in its place.")
    connection.close()
    with tempfile.TemporaryDirectory(prefix="porchlight-") as place, tarfile.open(source) as archive:
        archive.extract(DUMP, place, filter="data")
        empty()
        play(Path(place, DUMP), Path(place, "database.sql"))
        for entry in archive:
            folder, _, name = entry.name.partition("/")
            root = upload_places().get(folder)
            if root is not None and name and entry.isfile():
                root.mkdir(parents=True, exist_ok=True)
                entry.name = name
                archive.extract(entry, root, filter="data")
    return manifest


def play(dump: Path, script: Path) -> None:
    """Bring the database back in one transaction, on this or an older PostgreSQL than the one it came from."""
    postgres("pg_restore", ["--no-owner", "--no-acl", f"--file={script}.new"], str(dump), no_database=True)
    with open(f"{script}.new") as lines, script.open("w") as kept:
        kept.writelines(line for line in lines if not line.startswith(NEWER_ONLY))
    postgres("psql", ["--quiet", "--no-psqlrc", "--single-transaction", "-v", "ON_ERROR_STOP=1", f"--file={script}"])


def is_empty() -> bool:
    """Whether nobody has ever joined: a freshly migrated database is as empty as a new one."""
    with connection.cursor() as cursor:
        if "people_person" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM people_person)")
        return bool(cursor.fetchone()[0])


def empty() -> None:
    """Drop everything in the database; the backup brings its own tables."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def postgres(name: str, arguments: list[str], *more: str, no_database: bool = False) -> None:
    """Run one of PostgreSQL's programs on our database; the password never stands in the list of processes."""
    known = connection.get_connection_params()
    places = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    environment = {**os.environ, **{places[key]: str(known[key]) for key in places if known.get(key)}}
    command = [client_program(name), *arguments, *([] if no_database else [f"--dbname={known['dbname']}"]), *more]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise StartupProblem(f"{name} failed: {' '.join(done.stderr.split())[-400:]}")
