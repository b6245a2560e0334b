"""Numbers that come from outside, in an address or a form."""


def number_in(text: str) -> int | None:
    """The number that this text is, when a row can have it; None for everything else, however long or odd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
