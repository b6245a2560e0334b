"""Faster than typed, and the same again: what programs do, and what is no reason to refuse a person (AC-MOD-3).

Both hold for a look. A draft that was kept on the server, and what comes by mail, is not faster than typed. The same
again is asked of everybody but the team, which has its canned replies: new members may say the same once a day, others
twice. What one quotes is not one's own words, and a shared reply template is there to be used again.
"""

import re
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forms_opened import sent_form
from community.people.trust import Privilege, may
from community.policy.checks.pace import POSTING_DOORS
from community.policy.expecting import expected
from community.policy.findings import Finding, Outcome
from community.policy.models import Passage
from community.policy.reading import plain
from community.policy.ruling import Does, Number, Ruled, number, ruled

TYPED = ruled(
    Ruled(
        "typed", gettext_lazy("Faster than typed"),
        gettext_lazy("A new member’s text is here sooner after its form was opened than anybody types."),
        Does.HOLD, (Number("seconds", gettext_lazy("Seconds (0: not asked)"), "NEW_MEMBER_SECONDS", most=60),),
    )
)  # fmt: skip
REPEATED = ruled(
    Ruled(
        "repeated", gettext_lazy("The same again"),
        gettext_lazy(
            "A member posts the same words more often than this within a day, wherever. Quotes, shared templates and "
            "the team are let be."
        ),
        Does.HOLD,
        (
            Number("most", gettext_lazy("Times in a day, of a new member"), "NEW_MEMBER_REPEATS", least=1),
            Number("others", gettext_lazy("Times in a day, of other members"), "MEMBER_REPEATS", least=1),
        ),
    )
)  # fmt: skip
SHORT = 40
"""Letters: “Thank you, that helped” may be said twice."""
QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
Kept = Callable[[Any, str], bool]
_kept_elsewhere: list[Kept] = []
_meant_for_many: list[Callable[[str], bool]] = []


def kept_elsewhere(asked: Kept) -> Kept:
    """Register who knows whether a person had this text before the form was opened, such as a draft."""
    _kept_elsewhere.append(asked)
    return asked


def meant_for_many(asked: Callable[[str], bool]) -> Callable[[str], bool]:
    """Register who knows words that are there to be said again, such as a shared reply template."""
    _meant_for_many.append(asked)
    return asked


def copied(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Asked of all but the team, of new members also how fast; written down, so that it can be tried."""
    if by is None or by.pk is None or where not in POSTING_DOORS or by.is_team:
        return
    is_new, mark = not may(by, Privilege.POSTS), mark_of(text)
    form = sent_form() if is_new else None
    seconds = form.seconds if form else None
    times = Passage.objects.note(by, where, mark, seconds)
    if form and is_too_fast(text, by, seconds):
        yield Finding("typed", Outcome.HOLD, later(), note=told(seconds), points=25)
    if mark and is_said_too_often(text, times, is_new):
        yield Finding("repeated", Outcome.HOLD, later(), note=_("The same words again within a day"), points=25)


def forget_newest(by: Any) -> None:
    """What they sent last was taken back at once: to send it again is no repetition."""
    if newest := Passage.objects.filter(person=by, where__in=POSTING_DOORS).order_by("-created_at").first():
        newest.delete()


def is_said_too_often(text: str, times: int, is_new: bool) -> bool:
    """The same words, here or in any other thread, unless they are there to be used again."""
    most = number("repeated", "most" if is_new else "others")
    return times >= most and not any(asked(text) for asked in _meant_for_many)


def later() -> str:
    """What its writer reads."""
    return _("Somebody of the team looks at it first, %(when)s.") % {"when": expected()}


def is_too_fast(text: str, by: Any, seconds: float | None) -> bool:
    """Sooner than it takes to type, or by no form of ours; unless they had it before."""
    least = number("typed", "seconds")
    if not least or (seconds is not None and seconds >= least):
        return False
    return not any(asked(by, text) for asked in _kept_elsewhere)


def told(seconds: float | None) -> str:
    """For the moderators."""
    if seconds is None:
        return _("Sent by no form that was opened here")
    return _("Sent %(n).1f seconds after the form was opened") % {"n": seconds}


def mark_of(text: str) -> str:
    """The same for the same words, whatever their capitals and signs; empty for a few. Quotes are others' words."""
    words = " ".join(re.findall(r"\w+", plain(QUOTED.sub("", text)).letters))
    return blake2b(words.encode(), digest_size=16).hexdigest() if len(words) >= SHORT else ""
