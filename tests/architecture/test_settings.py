"""What the site reads from the environment is what docs/configuration.md explains."""

import ast
import re

from tests.architecture.tree import ROOT, Source

SETTINGS = ROOT / "community" / "settings.py"
PAGE = ROOT / "docs" / "configuration.md"
UNSAID = {"DAPHNE"}
"""Only tests set it."""


def names_read(source: Source) -> set[str]:
    """The variables that settings ask `env` for."""
    return {
        call.args[0].value
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def names_explained(page: str) -> set[str]:
    """The variables that begin a row of a table."""
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


def test_every_setting_is_explained_and_nothing_else():
    read = names_read(Source("community/settings.py", SETTINGS.read_text()))
    assert read - UNSAID == names_explained(PAGE.read_text())


def test_a_setting_that_nobody_explains_is_found():
    read = names_read(Source("community/settings.py", 'A = env.int("NEW_ONE", 3)\nB = env.str("OLD_ONE")'))
    assert read - names_explained("| `OLD_ONE`, `OTHER` | | both |") == {"NEW_ONE"}
