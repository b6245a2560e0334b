"""Rows that belong to the site itself."""

from community.once import OnceKey

__all__ = ["OnceKey"]
