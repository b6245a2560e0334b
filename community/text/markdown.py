"""Markdown to safe HTML."""

from django.utils.html import escape


def to_html(source: str) -> str:
    """Safe HTML of a Markdown text."""
    return f"<p>{escape(source)}</p>"
