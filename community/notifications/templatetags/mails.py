"""Filters for mails: names and titles must not become links in somebody's mail program."""

import re

from django import template

from community.text.quoting import quotable

register = template.Library()
JOINER = "\u2060"  # invisible, and no mail program takes it for a part of an address


@register.filter
def unlinked(words: object) -> str:
    """Text that looks like an address ("free-prizes.com", "@name") and stays text."""
    return re.sub(r"(?<=\S)(\.(?=[^\W\d])|[@:/](?=\S))", rf"{JOINER}\1{JOINER}", str(words))


register.filter("quotable", quotable)
