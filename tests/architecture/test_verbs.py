"""Whatever can happen can be told: each verb has a sentence, and each sentence a verb."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from community.events.audiences import PRIVATE, PUBLIC, STAFF
from community.events.verbs import Verb
from tests.architecture.tree import ROOT


def without_sentence(verbs: set[str], sentences: set[str]) -> list[str]:
    """Verbs that nobody can tell, and sentences of verbs that do not exist."""
    return sorted(verbs ^ sentences)


def sentences() -> set[str]:
    return {path.name.removesuffix(".html") for path in (ROOT / "templates/events").glob("*.html")}


def test_each_verb_has_a_sentence():
    assert without_sentence(set(Verb), {name for name in sentences() if not name.startswith("_")}) == []


def test_a_verb_without_sentence_is_found():
    assert without_sentence({"cake.baked", "item.claimed"}, {"item.claimed"}) == ["cake.baked"]


@pytest.mark.parametrize("verb", list(Verb))
def test_the_sentence_can_be_read(verb):
    event = SimpleNamespace(verb=verb, actor="Dora", subject=None, details={"reason": "<b>rude</b>"})
    words = " ".join(render_to_string(f"events/{verb}.html", {"event": event, "who": "Dora"}).split())
    assert words[0].isupper()
    assert "<b>" not in words


def test_each_verb_is_public_or_for_staff_or_nobodys_business():
    assert set(Verb) == PUBLIC | STAFF | PRIVATE
    assert len(Verb) == len(PUBLIC) + len(STAFF) + len(PRIVATE)


def test_nothing_private_is_public():
    private = ("message.", "conversation.", "note.", "case.", "push.", "mail.", "contact.", "attachment.", "survey.")
    assert [verb for verb in PUBLIC if verb.startswith(private)] == []
