"""An automation as one sentence, from what a form says or a row holds."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from moderation.automation.acts import ACTS, says
from moderation.automation.conditions import CONDITIONS
from moderation.automation.models import Automation
from moderation.automation.triggers import TRIGGERS


def sentence(automation: Automation) -> str:
    """“When a question waits 4 hours for an answer and it is about Beam 2: tell the agents and put it up.”"""
    trigger = TRIGGERS.get(automation.trigger)
    if trigger is None:
        return ""
    when = str(trigger.says) % {"hours": automation.hours} if trigger.waits else str(trigger.says)
    asked = [
        str(one.says(automation.conditions[key])) for key, one in CONDITIONS.items() if key in automation.conditions
    ]
    done = [says(key, automation.acts[key]) for key in ACTS if key in automation.acts]
    told = {"when": when, "if": get_text_list(asked, _("and")), "then": get_text_list(done, _("and")) or "…"}
    return (_("When %(when)s and %(if)s: %(then)s.") if asked else _("When %(when)s: %(then)s.")) % told
