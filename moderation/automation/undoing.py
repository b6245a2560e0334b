"""Taking runs back: one, or all of an automation that still stand."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.causes import caused_by
from community.events.recording import record
from community.events.verbs import Verb
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.automation.acts import ACTS
from moderation.automation.models import Automation, Run

MOST = 500


@transaction.atomic
def undo(run: Run, *, by: Any, why: str) -> None:
    """Act by act, the last first. What cannot be taken back is said beside it."""
    refuse_unfounded(by, why)
    run.refresh_from_db(from_queryset=Run.objects.select_for_update(of=("self",)))
    if not run.is_undoable:
        raise Refusal(_("There is nothing left to undo here."), code="undone")
    with caused_by(run.automation.key):
        for done in reversed(run.done):
            if sentence := take_back(done, by, why.strip()):
                run.left.append(sentence)
    run.undone_at, run.undone_by, run.undone_why = timezone.now(), by, why.strip()[:300]
    run.save(update_fields=["undone_at", "undone_by", "undone_why", "left"])
    facts = {"run": run.pk, "name": run.automation.name, "reason": why.strip()[:200]}
    record(Verb.AUTOMATION_UNDONE, actor=by, subject=run.automation, **facts)


def take_back(done: dict[str, Any], by: Any, why: str) -> str:
    """One act; a refusal is its sentence, and the others are taken back all the same."""
    try:
        with transaction.atomic():
            return ACTS[done["act"]].takes_back(done["fact"], by, why)
    except Refusal as refusal:
        return str(refusal)[:300]


def undo_all(automation: Automation, *, by: Any, why: str) -> int:
    """All runs that stand, the newest first. Answers how many."""
    refuse_unfounded(by, why)
    runs = [run for run in automation.runs.standing().order_by("-pk")[:MOST] if run.is_undoable]
    for run in runs:
        undo(run, by=by, why=why)
    return len(runs)


def refuse_unfounded(by: Any, why: str) -> None:
    """A moderator, with a reason."""
    if not by.can(Capability.MODERATE):
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
    if not why.strip():
        raise Refusal(_("Say why, so that colleagues understand."), code="reason_missing", status=422)
