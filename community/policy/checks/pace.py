"""Pace: nobody answers six times a minute, and a new member says enough in ten posts a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.models import Event
from community.events.verbs import Verb
from community.people.trust import Privilege, may
from community.policy.findings import Finding, Outcome
from community.policy.ruling import Number, Ruled, number, ruled
from community.prepared import Prepared

PACE = ruled(
    Ruled(
        "pace", gettext_lazy("Pace"),
        gettext_lazy("More posts in a minute than a person writes; of new members, more in a day."),
        numbers=(
            Number("minute", gettext_lazy("Posts a minute"), "POSTS_A_MINUTE", least=1, most=1_000_000),
            Number("day", gettext_lazy("Posts a day of a new member"), "NEW_MEMBER_POSTS_A_DAY", 1, 10_000_000),
        ),
    )
)  # fmt: skip
POSTING = [Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_HELD]
FREE_DOORS = {
    "edit", "review_edit", "suggestion", "remark", "lock", "note", "message", "mail_private", "import", "profile",
    "name", "canned", "article",
}  # fmt: skip
POSTING_DOORS = {"question", "review", "answer", "comment", "mail"}
"""Where a text of somebody new comes into being."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def pace(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Posts a minute for all members, posts a day for new ones; the team has no limit (robustness H5)."""
    if by is None or by.pk is None or where in FREE_DOORS or by.is_team:
        return
    now = timezone.now()
    limits = [(number("pace", "minute"), MINUTE)]
    limits += [] if may(by, Privilege.POSTS) else [(number("pace", "day"), DAY)]
    for most, span in limits:
        first = newest(most).row(person=by.pk, since=now - span)
        if first:
            wait = first[0] + span - now
            yield Finding("pace", Outcome.REFUSE, sentence(most, span, wait), status=429)
            return


@cache
def newest(number: int) -> Prepared:
    """When a person's post of that number, counted from the newest, was written, if that is since some moment."""

    def posted(person: int, since: datetime) -> QuerySet[Event, tuple[Any, ...]]:
        events = Event.objects.filter(actor=person, verb__in=POSTING, created_at__gt=since)
        return events.order_by("-created_at").values_list("created_at")[number - 1 : number]

    return Prepared(posted, person=int, since=datetime)


def sentence(most: int, span: timedelta, wait: timedelta) -> str:
    """What the limit is and when it lets the person on."""
    seconds = max(1, int(wait.total_seconds()))
    if span == MINUTE:
        return _("That was %(most)s posts in a minute. Your text is kept; send it again in %(wait)s seconds.") % {
            "most": most,
            "wait": seconds,
        }
    hours = max(1, round(seconds / 3600))
    return _(
        "New members can write %(most)s posts a day, and these were yours. "
        "Your text is kept as a draft; send it in about %(hours)s hours."
    ) % {"most": most, "hours": hours}
