"""Learning anew: when enough was decided, and only from this site's own decisions."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from moderation.decisions.models import Decision
from moderation.learning.examples import examples
from moderation.learning.measuring import trained
from moderation.learning.models import SpamModel

FEWEST = 12
"""Of each kind: with less nothing can be learned, and nothing is said."""
NEW_DECISIONS, AT_LEAST_EVERY = 10, timedelta(days=1)


def learn(by: Any = None) -> SpamModel | None:
    """A new version of all there is; None while there is too little."""
    known = examples()
    spam = sum(is_spam for _text, is_spam in known)
    if min(spam, len(known) - spam) < FEWEST:
        return None
    model, cut, found = trained(known)
    with transaction.atomic():
        return SpamModel.objects.keep(model, cut, found, examples=len(known), spam=spam, by=by)


def learn_if_due() -> SpamModel | None:
    """When ten decisions were made or taken back since the last time, or one and a day is over."""
    last = SpamModel.objects.newest().first()
    if last is None:
        return learn()
    made = Decision.objects.filter(created_at__gt=last.created_at).count()
    undone = Decision.objects.filter(undone_at__gt=last.created_at).count()
    is_old = timezone.now() - last.created_at > AT_LEAST_EVERY
    return learn() if made + undone >= (1 if is_old else NEW_DECISIONS) else None
