"""A text without markup is its own excerpt: the short way says the same as reading it as Markdown."""

import random
import re

import pytest

from community.text import excerpts

WORDS = ["word", "it's", "3.2", "1.", "2)", "-", "+", "=", "*", "_", "`", "\n", "\n\n", " ", "    ", "\t", "—", "(so)"]
WORDS += ["!", ":", "é", "~", "#", ">", "|", "&amp;", "a-b", "snake_case", "https://a.example/x?y=1"]


@pytest.mark.parametrize("seed", range(10))
def test_it_says_the_same_as_the_long_way(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(WORDS, k=chance.randrange(1, 12))) for _ in range(200)]
    short = [excerpts.plain_text(text) for text in texts]
    monkeypatch.setattr(excerpts, "MARKUP", re.compile(""))
    assert short == [excerpts.plain_text(text) for text in texts]


def test_most_texts_take_the_short_way() -> None:
    assert not excerpts.MARKUP.search("It drops each minute. What I tried:\nunpairing, and another phone (an old one)!")
