"""What the house rules read: source files and templates, as paths with their text. A rule can be fed made-up ones."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINGS = ("community", "forums", "moderation")


@dataclass(frozen=True)
class Source:
    """One file, by its path from the root."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Each function and method, inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def classes(self) -> Iterator[ast.ClassDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                yield node


def read(pattern: str, *places: str) -> list[Source]:
    """The files of these places whose names fit."""
    found = [path for place in places for path in sorted((ROOT / place).rglob(pattern)) if path.is_file()]
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text()) for path in found]


def product() -> list[Source]:
    """The product's own Python files, without migrations."""
    return [source for source in read("*.py", *WINGS) if not source.is_migration]


def templates() -> list[Source]:
    return [*read("*.html", "templates"), *read("*.txt", "templates")]


def migrations() -> list[Source]:
    return [
        source for source in read("*.py", *WINGS) if source.is_migration and not source.path.endswith("__init__.py")
    ]
