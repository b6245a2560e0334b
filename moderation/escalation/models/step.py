"""What happens in a private conversation besides words: somebody comes, goes or takes over, a call is made."""

from django.db import models
from django.utils.translation import gettext as _


class Step(models.TextChoices):
    """One thing that happened; kept as a code, told in the reader's language."""

    JOINED = "joined"
    TOOK_OVER = "took_over"
    ASKED = "asked"
    QUIET = "quiet"
    NOBODY = "nobody"
    ENDED = "ended"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    IDENTIFIED = "identified"
    SPOKE = "spoke"
    UNHEARD = "unheard"
    UNANSWERED = "unanswered"


OF_BOOKED_CALLS = {Step.BOOKED, Step.MOVED, Step.CANCELLED, Step.REACHED, Step.NO_ANSWER, Step.WRONG_NUMBER}
"""What is told of a booked call, from its first word to its last."""
AHEAD = {Step.BOOKED, Step.MOVED}


def sentence_of(step: str, name: str, detail: str) -> str:
    """The step in words; `detail` is a name or a time that belongs to it."""
    told = {
        Step.JOINED: _("%(name)s is here now and has read what you wrote."),
        Step.TOOK_OVER: _("%(name)s takes over from %(detail)s and has everything above. You need not say it again."),
        Step.ASKED: _("Are you still there? If it stays quiet we go on by mail."),
        Step.QUIET: _("It was quiet for a while, so the chat is over. We go on by mail."),
        Step.NOBODY: _("Nobody of the team can chat now. We read this and answer by mail."),
        Step.ENDED: _("%(name)s ended the chat. What was said goes out by mail."),
        Step.BOOKED: _("A call is booked for %(detail)s."),
        Step.MOVED: _("The call is moved to %(detail)s."),
        Step.CANCELLED: _("The call of %(detail)s is called off."),
        Step.REACHED: _("%(name)s called, and we talked."),
        Step.NO_ANSWER: _("%(name)s called, and nobody answered."),
        Step.WRONG_NUMBER: _("%(name)s called, and the number was not the right one."),
        Step.IDENTIFIED: _("%(name)s has checked with a code that it is really the customer."),
        Step.SPOKE: _("%(name)s spoke with the customer in the browser for %(detail)s."),
        Step.UNHEARD: _("A call in the browser did not come through."),
        Step.UNANSWERED: _("A call in the browser was not answered."),
    }
    return told[Step(step)] % {"name": name, "detail": detail}
