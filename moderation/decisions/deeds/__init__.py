"""What a decision can do, one file for each: copy one to add another, and name it here."""

from moderation.decisions.deeds.ban import BAN
from moderation.decisions.deeds.decline import DECLINE
from moderation.decisions.deeds.deed import Deed
from moderation.decisions.deeds.delete import DELETE
from moderation.decisions.deeds.edit import EDIT
from moderation.decisions.deeds.hide import HIDE
from moderation.decisions.deeds.lock import LOCK
from moderation.decisions.deeds.picture import PICTURE
from moderation.decisions.deeds.reshape import MERGE, MOVE
from moderation.decisions.deeds.silence import SILENCE
from moderation.decisions.deeds.spam import SPAM
from moderation.decisions.deeds.suspend import SUSPEND
from moderation.decisions.deeds.sweep import SWEEP
from moderation.decisions.deeds.void_votes import VOID_VOTES
from moderation.decisions.deeds.warn import WARN

__all__ = ["DEEDS", "Deed"]

DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        HIDE,
        DELETE,
        DECLINE,
        EDIT,
        LOCK,
        MOVE,
        MERGE,
        PICTURE,
        WARN,
        SILENCE,
        SUSPEND,
        BAN,
        SPAM,
        SWEEP,
        VOID_VOTES,
    )
}
