"""What triage sees in a text: short codes that count for the place in the queue. The words themselves are not kept."""

import re

from community.policy.checks.personal_data import found

DANGER = re.compile(
    r"\b(smok(?:e|es|ing)|fire|flames?|burn(?:s|t|ed|ing)?|melt(?:s|ed|ing)?|swollen|explod\w*|electric shock|injur\w+"
    r"|rauch\w*|brenn\w+|verbrann\w*|feuer|überhitz\w*|verletz\w*)\b",
    re.IGNORECASE,
)
"""Words that ask for a quick look by a person. A false alarm costs a minute, a missed one a house."""

DATA_OF_AN_ACCOUNT = {"card", "iban", "order_number", "email", "phone"}


def signals_in(*texts: str) -> list[str]:
    """The codes of `priority.SEVERITY` that these texts give."""
    text = "\n".join(texts)
    signals = []
    if DANGER.search(text):
        signals.append("safety")
    if any(kind in DATA_OF_AN_ACCOUNT for kind, _, _ in found(text)):
        signals.append("personal_data")
    return signals
