"""Floods of notices: a network gives so many an hour."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from community.refusals import Refusal

NOTICES_AN_HOUR = 10


def refuse_too_many_notices(network: str) -> None:
    """Raise a Refusal when this network has given enough for now."""
    key = f"notices-{network}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > NOTICES_AN_HOUR:
        sentence = _("Many notices came from your network in the last hour. Please come back a little later.")
        raise Refusal(sentence, code="pace", status=429, retry_after=3600)
