"""What was just written leaves the site some moments later: while its writer may undo it, nobody is told of it.

What new members wrote waits longer: what is spam is out of sight by then, and is dropped.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from community.events.models import Event
from community.events.verbs import Verb
from community.people.crisis import KNOWN_FROM_LEVEL

WRITTEN = {Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED}
UNDOABLE = WRITTEN | {Verb.MESSAGE_SENT, Verb.MESSAGE_RECEIVED}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def told_from(event: Event | None) -> datetime:
    """The moment from which a mail or a device may tell of it: later for what somebody wrote whom nobody knows."""
    if event is None:
        return LONG_AGO
    actor = event.actor if event.verb in UNDOABLE else None
    if actor is None:
        return event.created_at
    is_known = actor.level >= KNOWN_FROM_LEVEL or actor.shown_as or event.verb not in WRITTEN
    wait = settings.UNDO_SECONDS if is_known else max(settings.UNDO_SECONDS, settings.NEW_MEMBER_MAIL_WAIT)
    return event.created_at + timedelta(seconds=wait)
