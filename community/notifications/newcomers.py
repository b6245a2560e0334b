"""What new members wrote leaves the site some moments later: what is spam is out of sight by then, and is dropped."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from community.events.models import Event
from community.events.verbs import Verb
from community.people.crisis import KNOWN_FROM_LEVEL

WRITTEN = {Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def told_from(event: Event | None) -> datetime:
    """The moment from which a mail or a device may tell of it: later for what somebody wrote whom nobody knows."""
    if event is None:
        return LONG_AGO
    actor = event.actor if event.verb in WRITTEN else None
    if actor is None or actor.level >= KNOWN_FROM_LEVEL or actor.shown_as:
        return event.created_at
    return event.created_at + timedelta(seconds=settings.NEW_MEMBER_MAIL_WAIT)
