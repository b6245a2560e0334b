"""The statement of reasons is written with the decision, in the same transaction: there is none without it."""

from typing import Any

from django.conf import settings
from django.utils import translation

from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import Action, Decision, StatementOfReasons


def state(decision: Decision) -> StatementOfReasons | None:
    """Write what the person is told. None when the object is nobody's."""
    case = decision.case
    if case.concerns is None or decision.rule is None:
        return None
    actions = list(decision.actions.all())
    with translation.override(case.concerns.locale or settings.LANGUAGE_CODE):
        measures = [measure(action) for action in actions]
    reviewed = case.reviewed
    return StatementOfReasons.objects.create(
        decision=decision,
        person=case.concerns,
        title=case.title,
        url=reviewed.url if reviewed else "",
        rule_title=decision.rule.title,
        rule_text=decision.rule.text,
        facts=decision.facts,
        scope=" ".join(one["what"] for one in measures)[:500],
        measures=measures,
        until=longest(action.until for action in actions),
        is_found_by_machine=decision.is_found_by_machine,
        is_made_by_machine=decision.is_made_by_machine,
    )


def measure(action: Action) -> dict[str, Any]:
    """One thing that was done, in words, and for how long: each has its own end."""
    deed, until = DEEDS[action.kind], action.until.isoformat() if action.until else None
    return {"what": str(deed.done), "until": until, "is_lasting": deed.takes and until is None}


def longest(moments: Any) -> Any:
    """The last of the moments that there are."""
    known = [moment for moment in moments if moment]
    return max(known) if known else None
