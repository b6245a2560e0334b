"""Changing what the levels ask for: from a day on, after a simulation, and with a way back until that day."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.reputation.bars import Asked
from forums.reputation.levelling import simulate
from forums.reputation.models import Bar, LevelPlan


def is_in_order(bars: Sequence[Asked]) -> bool:
    """Whether no level asks for less than the one below it, in any respect."""
    steps = [(vars(lower), vars(higher)) for lower, higher in pairwise(bars)]
    return all(higher[name] >= lower[name] for lower, higher in steps for name in lower)


@transaction.atomic
def plan_levels(
    bars: Sequence[Asked], *, by: Person, applies_from: datetime, grace_days: int, reason: str
) -> LevelPlan:
    """From that moment on the levels ask for this. What the simulation said stays with the plan."""
    _refuse_unless_setting(by)
    if not is_in_order(bars):
        raise Refusal(_("A higher level cannot ask for less than the one below."), code="order", status=422)
    expected = simulate(bars)
    plan = LevelPlan.objects.create(
        by=by,
        reason=reason,
        grace_days=grace_days,
        applies_from=max(applies_from, timezone.now()),
        up=len(expected.up),
        down=len(expected.down),
    )
    rows = enumerate(bars, 1)
    Bar.objects.bulk_create([Bar(plan=plan, level=level, **vars(asked)) for level, asked in rows])
    purge("standing")
    facts = {"from": plan.applies_from.isoformat(), "up": plan.up, "down": plan.down, "reason": reason}
    record(Verb.LEVELS_PLANNED, actor=by, subject=plan, **facts)
    return plan


@transaction.atomic
def withdraw(plan: LevelPlan, *, by: Person) -> None:
    """Call off a plan before its day. Afterwards it needs a new one."""
    _refuse_unless_setting(by)
    current = LevelPlan.objects.select_for_update().get(pk=plan.pk)
    if current.withdrawn_at:
        return
    if not current.is_to_come:
        sentence = _("It holds already. Change what the levels ask for instead; that is simulated first as well.")
        raise Refusal(sentence, code="begun")
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    purge("standing")
    record(Verb.LEVELS_PLAN_WITHDRAWN, actor=by, subject=current)


def _refuse_unless_setting(by: Person) -> None:
    if not by.can(Capability.SET_LEVELS):
        raise Refusal(_("Community managers and administrators decide this."), code="not_allowed", status=403)
