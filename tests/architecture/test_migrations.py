"""Migrations say what they do, and none is missing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.tree import Source, migrations

AUTOMATIC = re.compile(r"\d{4}_(auto_\w+|.*_and_more|remove_\w+_and_.*)\.py$|(?!0001)\d{4}_initial\.py$")


def automatic(sources: list[Source]) -> list[str]:
    """Migrations named by the machine."""
    return [source.path for source in sources if AUTOMATIC.search(source.path)]


def test_no_migration_is_named_by_the_machine():
    assert automatic(migrations()) == []


def test_a_machine_named_migration_is_found():
    names = [
        "0002_auto_20260101_1200",
        "0003_thread_a_and_more",
        "0002_initial",
        "0004_votes_are_counted",
        "0001_initial",
    ]
    assert automatic([Source(f"forums/threads/migrations/{name}.py", "") for name in names]) == [
        "forums/threads/migrations/0002_auto_20260101_1200.py",
        "forums/threads/migrations/0003_thread_a_and_more.py",
        "forums/threads/migrations/0002_initial.py",
    ]


@pytest.mark.django_db
def test_no_migration_is_missing():
    words = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=words)
    assert "No changes detected" in words.getvalue()
