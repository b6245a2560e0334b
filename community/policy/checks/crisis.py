"""Crisis mode at the gate: what new people write waits for a look, or for its turn, while it is on."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.models import Event
from community.people.crisis import Crisis, is_known
from community.policy.checks.links import LINK
from community.policy.checks.pace import FREE_DOORS, POSTING
from community.policy.findings import Finding, Outcome
from community.text.fingerprints import fingerprints

KNOWN_BEFORE = timedelta(hours=1)
"""Who had published something an hour before it began is no stranger: a wave is younger than that."""
FIRST = gettext_lazy("For some hours the team looks at first posts before they appear. Thank you for waiting.")
LINKS = gettext_lazy("For some hours the team looks at links of new members before they appear.")
PART_OF_IT = gettext_lazy("For some hours the team looks at what several new members write before it appears.")
REPEATED = gettext_lazy("Much that looks like this is being posted just now, so the team looks at it first.")

Suspected = Callable[[Any], bool]
_suspected_elsewhere: list[Suspected] = []


def suspected_elsewhere(asked: Suspected) -> Suspected:
    """Register who knows whether a person is part of what the crisis is about, such as an alarm that still goes on."""
    _suspected_elsewhere.append(asked)
    return asked


def crisis(text: str, by: Any, where: str) -> Iterable[Finding]:
    """First posts, links, repeated patterns and whoever is part of it are held; a slow pace is refused."""
    if by is None or where in FREE_DOORS - {"edit", "profile"} or is_known(by):
        return
    row = Crisis.objects.now()
    if row is None:
        return
    if row.marks and {mark.value for mark in fingerprints(text)} & set(row.marks):
        yield Finding("crisis", Outcome.HOLD, str(REPEATED))
    elif row.holds_links and LINK.search(text):
        yield Finding("crisis", Outcome.HOLD, str(LINKS))
    elif row.holds_first_posts and where not in FREE_DOORS and not has_spoken(by, row):
        yield Finding("crisis", Outcome.HOLD, str(FIRST))
    elif by.pk and any(asked(by) for asked in _suspected_elsewhere):
        yield Finding("crisis", Outcome.HOLD, str(PART_OF_IT))
    if row.slow_minutes and by.pk and where not in FREE_DOORS:
        yield from too_soon(by, timedelta(minutes=row.slow_minutes))


def has_spoken(person: Any, row: Crisis) -> bool:
    """Whether somebody had published anything well before it began."""
    if person.pk is None:
        return False
    before = row.started_at - KNOWN_BEFORE
    published = [verb for verb in POSTING if verb != "post.held"]
    return Event.objects.filter(actor=person.pk, verb__in=published, created_at__lt=before).exists()


def too_soon(person: Any, span: timedelta) -> Iterable[Finding]:
    """The last post was less than so long ago."""
    posted = Event.objects.filter(actor=person.pk, verb__in=POSTING, created_at__gt=timezone.now() - span)
    last = posted.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is not None:
        minutes = max(1, round((last + span - timezone.now()).total_seconds() / 60))
        sentence = _("For some hours new members post more slowly. Your text is kept; send it in %(n)s minutes.")
        yield Finding("crisis", Outcome.REFUSE, sentence % {"n": minutes}, status=429)
