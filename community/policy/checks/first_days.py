"""The first days of a new member: so many threads on the first day, and one text at a time that waits for a look."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.events.models import Event
from community.events.verbs import Verb
from community.people.trust import Privilege, may
from community.policy.checks.pace import POSTING_DOORS
from community.policy.expecting import HELD, LOOKED_AT, expected
from community.policy.findings import Finding, Outcome
from community.policy.ruling import Number, Ruled, number, ruled

FIRST_DAY = ruled(
    Ruled(
        "first_day", gettext_lazy("Threads on the first day"),
        gettext_lazy("A new member begins more questions and reviews than this on the first day."),
        numbers=(Number("most", gettext_lazy("Questions and reviews"), "NEW_MEMBER_THREADS", least=1),),
    )
)  # fmt: skip
WAITING = ruled(
    Ruled(
        "waiting", gettext_lazy("Texts that wait"),
        gettext_lazy("A new member writes on while so many of their texts wait for a look."),
        numbers=(Number("most", gettext_lazy("Texts that may wait"), "NEW_MEMBER_WAITING", least=1),),
    )
)  # fmt: skip
BEGINNING = {"question", "review"}
"""Doors at which a thread begins."""
BEGUN = [Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN]
OVER = [*LOOKED_AT, Verb.POST_RESTORED, Verb.POST_REMOVED]
DAY = timedelta(days=1)


def first_days(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Both limits end with level 1; who has no account yet is counted where they come in."""
    if by is None or by.pk is None or where not in POSTING_DOORS or may(by, Privilege.POSTS):
        return
    if where in BEGINNING and is_first_day(by):
        most = number("first_day", "most")
        if threads_of(by) >= most:
            yield Finding("first_day", Outcome.REFUSE, too_many_threads(most, by.created_at + DAY), status=429)
    most = number("waiting", "most")
    if texts_waiting(by) >= most:
        sentence = ngettext(
            "%(n)s text of yours waits for a look. You can write the next one as soon as somebody has looked, "
            "%(when)s. This one is kept as a draft.",
            "%(n)s texts of yours wait for a look. You can write the next one as soon as somebody has looked, "
            "%(when)s. This one is kept as a draft.",
            most,
        )
        yield Finding("waiting", Outcome.REFUSE, sentence % {"n": most, "when": expected()}, status=429)


def is_first_day(person: Any) -> bool:
    """Less than a day since they joined."""
    return bool(person.created_at > timezone.now() - DAY)


def threads_of(person: Any) -> int:
    """Threads they have begun since they joined, those that wait too."""
    held = Q(verb=Verb.POST_HELD, details__door__in=sorted(BEGINNING))
    begun = Event.objects.filter(Q(verb__in=BEGUN) | held, actor=person.pk, created_at__gt=person.created_at)
    return begun.count()


def texts_waiting(person: Any) -> int:
    """Texts of theirs that the gate has held and nobody has looked at yet."""
    held = Event.objects.filter(actor=person.pk, verb__in=HELD)
    same = {"subject_type": OuterRef("subject_type"), "subject_id": OuterRef("subject_id")}
    seen = Event.objects.filter(**same, verb__in=OVER, pk__gt=OuterRef("pk"))
    return held.filter(~Exists(seen)).values("subject_id").distinct().count()


def too_many_threads(most: int, opens_at: datetime) -> str:
    """What was reached, and when it goes on."""
    moment = date_format(timezone.localtime(opens_at), "j M, H:i")
    sentence = _(
        "That was %(most)s of %(most)s today: new members begin so many threads on their first day. You can begin the "
        "next one on %(moment)s. Your text is kept as a draft; answers and comments are welcome meanwhile."
    )
    return sentence % {"most": most, "moment": moment}
