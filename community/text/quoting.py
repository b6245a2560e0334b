"""Names within quotation marks: the marks that they bring along become single ones, as one writes."""

INNER = str.maketrans({"“": "‘", "”": "’", "„": "‚"})


def quotable(words: object) -> str:
    """To be put between “ and ”."""
    return str(words).translate(INNER)
