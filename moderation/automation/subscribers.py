"""Events that begin automations; a moderator's word about what one of them hid; and its owner, when it stops itself."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.causes import CAUSED_BY
from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.prepared import PreparedRow
from forums.threads.models import Post
from moderation.automation.automaton import is_of_automaton
from moderation.automation.models import Automation
from moderation.automation.running import meet
from moderation.automation.triggers import TRIGGERS, begun_by
from moderation.decisions.deciding import undo
from moderation.decisions.models import Decision
from moderation.flags.models import Case
from moderation.flags.rule_names import names_by

STOPPED = gettext_lazy("The automation “{name}” switched itself off: it ran more often than {n} times within an hour.")
VERBS = sorted({verb for trigger in TRIGGERS.values() for verb in trigger.verbs})


def is_anybodys(event: Event) -> bool:
    """Whether a person or the clock was behind it: an automation never begins by another one's acts, nor by its own."""
    return CAUSED_BY not in event.details and not is_of_automaton(event.actor_id)


at_work = PreparedRow(lambda triggers: Automation.objects.at_work().filter(trigger__among=triggers), triggers=list)


@on(*VERBS)
def begin_automations(event: Event) -> None:
    """Those in force and those in the shadow that wait for something like this."""
    waiting = list(at_work.all(triggers=begun_by(event.verb)))
    if not waiting or not is_anybodys(event):
        return
    for automation in waiting:
        brings = TRIGGERS[automation.trigger].brings
        matter = brings(event) if brings else None
        if matter is not None:
            meet(automation, matter)


@on(Verb.DECISION_MADE)
def follow_who_has_looked(event: Event) -> None:
    """A person found nothing wrong with what an automation had taken out of sight: it is back."""
    if event.actor_id is None or event.details.get("outcome") != Case.Outcome.LEFT:
        return
    case = Case.objects.filter(pk=event.details.get("case")).first()
    if case is None or not isinstance(case.subject, Post):
        return
    earlier = (
        Decision.objects.standing()
        .acted()
        .filter(case__in=Case.objects.about(case.subject), machine__startswith="automation:")
    )
    for decision in earlier:
        undo(
            decision,
            by=event.actor,
            reason=_("Somebody has looked, and found nothing against the rules."),
            reopen=False,
        )


@on(Verb.AUTOMATION_STOPPED)
def tell_its_owner(event: Event) -> None:
    """In the tray and by mail."""
    row = Automation.objects.select_related("owner").filter(pk=event.subject_id).first()
    if row is not None and row.owner is not None:
        letter = Letter(subject=_("An automation switched itself off"), button=_("Look at it"))
        text = format_lazy(STOPPED, name=row.name, n=row.most_an_hour)
        notify(row.owner, "team", url=row.get_absolute_url(), text=text, event=event, letter=letter)


@names_by
def name_of_automation(key: str) -> str:
    """For the pages of cases, decisions and the public log."""
    kind, _colon, number = key.partition(":")
    row = Automation.objects.filter(pk=number).first() if kind == "automation" and number.isdigit() else None
    return _("Automation: %(name)s") % {"name": row.name} if row else ""
