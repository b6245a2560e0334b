"""The pages for readers are complete: every setting is explained, every page is listed, every link leads somewhere."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT, Source

SETTINGS = [ROOT / "community" / name for name in ("settings.py", "ground_rules.py")]
DOCS = ROOT / "docs"
UNSAID = {"DEMO_MOVES_IN"}
"""Only `up` sets it."""


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
    read = set().union(*(names_read(Source(file.name, file.read_text())) for file in SETTINGS))
    assert read - UNSAID == names_explained((DOCS / "configuration.md").read_text())


def test_a_setting_that_nobody_explains_is_found():
    read = names_read(Source("community/settings.py", 'A = env.int("NEW_ONE", 3)\nB = env.str("OLD_ONE")'))
    assert read - names_explained("| `OLD_ONE`, `OTHER` | | both |") == {"NEW_ONE"}


def links_in(page: str) -> set[str]:
    """Where a page leads to inside the repository."""
    return {link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", page) if "://" not in link} - {""}


def test_every_page_is_listed():
    listed = links_in((DOCS / "README.md").read_text())
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= listed


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=str)
def test_no_link_leads_nowhere(page):
    assert [link for link in links_in(page.read_text()) if not (page.parent / link).exists()] == []


def test_links_are_found():
    assert links_in("[a](b.md#c), [d](https://e.example/) and [f](#g) and [h](../i/)") == {"b.md", "../i/"}
