"""When two mail addresses are one mailbox."""

IGNORES_DOTS = {"gmail.com", "googlemail.com"}


def plainest(address: str) -> str:
    """One mailbox, one form: no +tag, no dots where they mean nothing, small letters."""
    name, _at, domain = address.lower().partition("@")
    name = name.partition("+")[0]
    return f"{name.replace('.', '') if domain in IGNORES_DOTS else name}@{domain}"
