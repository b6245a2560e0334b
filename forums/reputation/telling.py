"""What people are told of their level and their badges."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.trust import NAMES, opened_by
from forums.reputation.models import Award

RAISED = _("You reached level {level}, “{name}”. {new}")
RAISED_ALONE = _("You reached level {level}, “{name}”.")
NEW = _("New for you: {what}")
AT_RISK = _(
    "Your level, “{name}”, asks for more than you have just now. You keep it until {day}, and for good when you have "
    "made up for it by then."
)
LOWERED = _("Your level is “{name}” from now on. Whatever you wrote and earned stays, and the way up is open.")
BADGE = _("You earned the badge “{badge}” for “{title}”.")
NEWS = timedelta(days=9)
"""What earned a badge longer ago is no news: it was found when badges were counted anew."""


def tell_level(event: Event) -> None:
    """Up, about to go down, or down."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None:
        return
    text = words_for(event)
    letter = Letter(subject=_("Your level here"), excerpt="", button=_("See what the levels are"))
    notify(person, "level", url=reverse("forums:level-list"), text=text, event=event, letter=letter)


def words_for(event: Event) -> Any:
    """The sentence, in the language of whoever reads it."""
    facts = event.details
    if event.verb == Verb.LEVEL_AT_RISK:
        ends_at = timezone.localtime(datetime.fromisoformat(facts["until"]))
        day = lazystr(formats.date_format(ends_at, "j F Y"))
        return format_lazy(AT_RISK, name=NAMES[facts["level"]], day=day)
    after = facts["after"]
    if event.verb == Verb.LEVEL_LOWERED:
        return format_lazy(LOWERED, name=NAMES[after])
    opened = [words for level in range(facts["before"] + 1, after + 1) for words in opened_by(level)]
    if not opened:
        return format_lazy(RAISED_ALONE, level=after, name=NAMES[after])
    new = format_lazy(NEW, what=format_lazy(" ".join(["{}"] * len(opened)), *opened))
    return format_lazy(RAISED, level=after, name=NAMES[after], new=new)


def tell_badge(event: Event) -> None:
    """Which one, and for what."""
    award = Award.objects.in_force().filter(pk=event.subject_id).select_related("person", "post__thread").first()
    if award is None or award.created_at < event.created_at - NEWS:
        return
    text = format_lazy(BADGE, badge=award.rule.name, title=award.post.thread.title)
    url = reverse("forums:badge-detail", args=[award.badge])
    notify(award.person, "badge", url=url, text=text, event=event)
