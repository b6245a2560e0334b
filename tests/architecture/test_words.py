"""Modules and classes are named for what they are in the business, and imports stand where everybody sees them."""

import ast
import re

from tests.architecture.tree import Source, product

MODULES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "selectors",
    "managers",
    "common",
    "misc",
    "tools",
}
WORDS = re.compile(r"(Topic|Ticket|UserType|DirectMessage|Macro|Helper|Service|Handler|Processor|Manager)")
ROLES = {"COMMUNITY_MANAGER", "PersonManager"}  # a role of the business; Django's own word for making people


# A session that a package's page deletes has no verb of ours; its sockets must close all the same.
OF_PACKAGES = {"community/live/closing.py"}


def forbidden_modules(sources: list[Source]) -> list[str]:
    """Modules and packages whose name says nothing."""
    return [source.path for source in sources if MODULES & set(re.split(r"[/.]", source.path))]


def forbidden_words(sources: list[Source]) -> list[str]:
    """Classes named with words that the house does not use."""
    return [
        f"{source.path}: {kind.name}"
        for source in sources
        for kind in source.classes()
        if WORDS.search(kind.name) and kind.name not in ROLES
    ]


def hidden_imports(sources: list[Source]) -> list[str]:
    """Imports inside functions: a border crossed where nobody looks."""
    return [
        f"{source.path}:{node.lineno}"
        for source in sources
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def save_signals(sources: list[Source]) -> list[str]:
    """Signals of saving, which make things happen that no verb names."""
    pattern = re.compile(r"\b(post_save|pre_save|post_delete|m2m_changed)\b")
    return [source.path for source in sources if pattern.search(source.text) and source.path not in OF_PACKAGES]


def clocks_of_the_database(sources: list[Source]) -> list[str]:
    """Moments that the database is asked for: there is one clock, Python's, and a test that sets it sets all."""
    pattern = re.compile(r"functions import [^\n]*\b(Now|TransactionNow)\b")
    return [source.path for source in sources if pattern.search(source.text)]


def test_no_module_is_named_for_nothing():
    assert forbidden_modules(product()) == []


def test_a_module_named_utils_is_found():
    wrong = [Source("forums/utils.py", ""), Source("forums/helpers/dates.py", ""), Source("forums/threads/post.py", "")]
    assert forbidden_modules(wrong) == ["forums/utils.py", "forums/helpers/dates.py"]


def test_no_class_uses_a_word_the_house_does_not_use():
    assert forbidden_words(product()) == []


def test_a_ticket_service_is_found():
    assert forbidden_words([Source("moderation/a.py", "class TicketService: ...\nclass Item: ...\n")]) == [
        "moderation/a.py: TicketService"
    ]


def test_no_import_hides_in_a_function():
    assert hidden_imports(product()) == []


def test_an_import_in_a_method_is_found():
    wrong = "class A:\n    def b(self):\n        from moderation.queue.models import Item\n"
    assert hidden_imports([Source("forums/a.py", wrong)]) == ["forums/a.py:3"]


def test_nothing_happens_by_save_signals():
    assert save_signals(product()) == []


def test_a_save_signal_is_found():
    assert save_signals([Source("forums/a.py", "from django.db.models.signals import post_save\n")]) == ["forums/a.py"]


def test_there_is_one_clock():
    assert clocks_of_the_database(product()) == []


def test_a_second_clock_is_found():
    wrong = "from django.db.models.functions import Coalesce, Now\n"
    assert clocks_of_the_database([Source("forums/a.py", wrong)]) == ["forums/a.py"]
