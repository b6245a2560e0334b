"""The words of a text that is kept as HTML, as a reader would read them aloud."""

import html
import re

WITHIN_A_LINE = re.compile(r"</?(?:a|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u)\b[^>]*>")
"""Marks that stand inside of words and sentences, and take no room."""
TAG = re.compile(r"<[^>]*>")


def words_of(markup: str) -> str:
    """The words on one line, without any mark."""
    return " ".join(html.unescape(TAG.sub(" ", WITHIN_A_LINE.sub("", markup))).split())
