"""Mailboxes for an hour: domains that give one to everybody, from a list that is kept by many hands."""

from disposable_email_domains import blocklist


def is_disposable(domain: str) -> bool:
    """Whether this domain, or one above it, gives mailboxes away."""
    parts = domain.lower().strip(".").split(".")
    return any(".".join(parts[at:]) in blocklist for at in range(len(parts) - 1))
