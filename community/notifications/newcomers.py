"""What new members wrote is mailed some moments later: what is spam has gone out of sight by then, and is dropped."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from community.events.models import Event
from community.events.verbs import Verb
from community.people.crisis import KNOWN_FROM_LEVEL

WRITTEN = {Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def mailed_from(event: Event | None) -> datetime:
    """The moment from which a mail may tell of it: at once, but for what somebody wrote whom nobody knows yet."""
    if event is None:
        return LONG_AGO
    actor = event.actor if event.verb in WRITTEN else None
    if actor is None or actor.level >= KNOWN_FROM_LEVEL or actor.shown_as:
        return event.created_at
    return event.created_at + timedelta(seconds=settings.NEW_MEMBER_MAIL_WAIT)
