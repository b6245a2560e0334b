"""Appeals: made once, within six months, and answered by somebody who did not decide before."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from moderation.decisions.deciding import settle, take, take_back, undo
from moderation.decisions.models import Appeal, AppealFile, Decision
from moderation.decisions.models.statement import APPEAL_WITHIN
from moderation.decisions.publishing import publish, withdraw
from moderation.decisions.stating import state
from moderation.flags.models import Case, Flag, HouseRule
from moderation.flags.models.claiming import refuse_unless_moderator

LONGEST_FILE = 5 * 1024 * 1024
MILDER = ("warn", "lock", "silence", "suspend", "hide")


@transaction.atomic
def appeal(decision: Decision, *, by: Person | None, text: str, flag: Flag | None = None, file: Any = None) -> Appeal:
    """Say that a decision was wrong. `flag` when it is the reporter who says so."""
    refuse_late(decision)
    if flag is not None and decision.outcome != Case.Outcome.LEFT:
        raise Refusal(_("The team acted on your report, so there is nothing to appeal against."), code="acted")
    if not text.strip():
        raise Refusal(_("Say why you think that it was wrong."), code="empty", status=422)
    if file is not None and file.size > LONGEST_FILE:
        raise Refusal(_("The file may have 5 MB."), code="too_big", status=413)
    check(text, by=by, where="appeal", keep=("phone", "email", "order_number")).enforce()
    try:
        with transaction.atomic():
            row = Appeal.objects.create(decision=decision, by=by, flag=flag, text=text.strip()[:2000])
    except IntegrityError as error:
        raise Refusal(_("There is an appeal against this decision already, one for each."), code="once") from error
    if file is not None:
        AppealFile.objects.create(appeal=row, name=file.name[:120], kind="", data=file.read())
    record(Verb.APPEAL_MADE, actor=by, subject=row, decision=decision.pk, reporter=flag is not None)
    return row


def refuse_late(decision: Decision) -> None:
    """Raise a Refusal after six months, or when the decision was taken back already."""
    if not decision.is_standing:
        raise Refusal(_("The decision was taken back already."), code="undone")
    until = decision.created_at + APPEAL_WITHIN
    if timezone.now() > until:
        sentence = _("Appeals are possible for six months; for this decision that was until %(until)s.")
        raise Refusal(sentence % {"until": date_format(timezone.localtime(until), "DATE_FORMAT")}, code="late")


@transaction.atomic
def answer(
    row: Appeal,
    outcome: str,
    *,
    by: Person,
    reason: str,
    deed: str = "",
    rule: HouseRule | None = None,
    options: dict[str, Any] | None = None,
) -> None:
    """Uphold, modify or overturn the decision. Overturning brings everything back that the decision had taken.

    A modified decision keeps its rule and gets `deed` in place of what it did. Of a reporter's appeal, overturning
    means that the object is looked at again: the case is open once more.
    """
    refuse_unless_moderator(by)
    row.refresh_from_db(from_queryset=Appeal.objects.select_for_update(of=("self",)))
    decision = row.decision
    if decision.by_id == by.pk:
        raise Refusal(
            _("You made this decision, so somebody else answers the appeal."), code="first_reviewer", status=403
        )
    if not row.is_open:
        raise Refusal(_("Somebody has answered this appeal already."), code="answered")
    if not reason.strip():
        raise Refusal(_("Say why, so that the person can be told."), code="reason_missing", status=422)
    if outcome == Appeal.Outcome.OVERTURNED:
        undo(decision, by=by, reason=reason, reopen=row.is_by_reporter)
    elif outcome == Appeal.Outcome.MODIFIED:
        modify(decision, deed, by=by, reason=reason, options=options or {})
    row.outcome, row.reason = outcome, reason.strip()[:1000]
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    facts = {"decision": decision.pk, "outcome": outcome, "reason": row.reason[:200]}
    record(Verb.APPEAL_DECIDED, actor=by, subject=row, **facts)


def milder_for(row: Appeal) -> list[str]:
    """The deeds that could stand in place of what was done."""
    done = set(row.decision.actions.values_list("kind", flat=True))
    reviewed = row.decision.case.reviewed
    return [name for name in MILDER if reviewed and name in reviewed.deeds and name not in done]


def modify(decision: Decision, deed: str, *, by: Person, reason: str, options: dict[str, Any]) -> Decision:
    """What was done is taken back, and something milder stands in its place, as a decision of its own."""
    if not deed:
        raise Refusal(_("Choose what stands in place of it."), code="no_deed", status=422)
    if decision.rule is None:
        raise Refusal(_("Nothing was done that could be made milder."), code="nothing", status=422)
    case = decision.case
    for action in decision.actions.standing().order_by("-pk"):
        take_back(action, by=by)
    decision.mark_undone(by=by, reason=reason)
    withdraw(decision)
    milder = Decision.objects.create(
        case=case,
        by=by,
        outcome=Case.Outcome.ACTED,
        rule=decision.rule,
        facts=reason.strip()[:1000],
        subject_version=case.reviewed.version if case.reviewed else "",
        detected_by=decision.detected_by,
        is_found_by_machine=decision.is_found_by_machine,
        is_private=decision.is_private,
    )
    take(milder, deed, options)
    settle(case, Case.Outcome.ACTED)
    state(milder)
    publish(milder)
    return milder
