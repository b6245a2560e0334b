"""Running an automation on a matter: once, in bounds, act by act, and written down."""

from typing import Any

from django.db import transaction

from community.events.causes import caused_by
from community.events.recording import record
from community.events.verbs import Verb
from community.refusals import Refusal
from moderation.automation.acts import ACTS, Context, says
from moderation.automation.automaton import automaton
from moderation.automation.conditions import all_hold
from moderation.automation.matters import Matter
from moderation.automation.models import Automation, Run


@transaction.atomic
def meet(automation: Automation, matter: Matter) -> Run | None:
    """What it does about a matter; None when it is none of its, when it met it before, or when it has to stop."""
    if matter.subject is None or not all_hold(automation.conditions, matter):
        return None
    row = Automation.objects.select_for_update().get(pk=automation.pk)  # its runs are counted in turn
    if row.runs.filter(key=matter.key).exists() or row.state == row.State.OFF:
        return None
    if row.is_in_force and row.is_too_busy():
        row.stop()
        record(Verb.AUTOMATION_STOPPED, actor=None, subject=row, most=row.most_an_hour)
        return None
    run = begin(row, matter)
    if not run.is_shadow:
        act(row, run, matter)
    return run


def begin(automation: Automation, matter: Matter) -> Run:
    """The row of the run. In the shadow it is all that happens."""
    run = Run(
        automation=automation, version=automation.version, key=matter.key, event=matter.event,
        title=matter.title[:200], is_shadow=automation.is_shadow,
    )  # fmt: skip
    run.subject = matter.subject
    run.save()
    return run


def act(automation: Automation, run: Run, matter: Matter) -> None:
    """Each act by itself: one that refuses keeps none of the others from being done."""
    with caused_by(automation.key):
        for key in (key for key in ACTS if key in automation.acts):
            context = Context(automation, matter, automation.acts[key])
            try:
                with transaction.atomic():
                    fact = ACTS[key].does(context)
            except Refusal as refusal:
                run.failed.append({"act": key, "sentence": str(refusal)[:300]})
                continue
            if fact is not None:
                run.done.append({"act": key, "says": says(key, context.value)[:200], "fact": fact})
        run.save(update_fields=["done", "failed"])
        done = [one["act"] for one in run.done]
        facts: dict[str, Any] = {"name": automation.name, "version": automation.version, "acts": done, "run": run.pk}
        record(Verb.AUTOMATION_RAN, actor=automaton(), subject=automation, **facts)
