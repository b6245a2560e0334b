"""Deciding a case: what is done, by which rule and why, in one transaction with all that people are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.refusals import Refusal, Stale
from forums.threads.models import Post
from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import Action, Decision, SecondReading, StatementOfReasons
from moderation.decisions.models.reading import is_sampled
from moderation.decisions.publishing import publish, withdraw
from moderation.decisions.stating import state
from moderation.flags.models import Case, HouseRule
from moderation.flags.models.claiming import refuse_unless_moderator


@dataclass(frozen=True)
class Wanted:
    """What a moderator wants done: names of deeds with their options, the rule, the facts."""

    outcome: str
    deeds: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    rule: HouseRule | None = None
    facts: str = ""
    is_private: bool = False
    machine: str = ""  # the rule of the site that decides, with its version; empty when a person does
    is_mailed_later: bool = False  # the page of the reasons is there at once, its mail waits for a moderator
    batch: UUID | None = None


@transaction.atomic
def decide(case: Case, wanted: Wanted, *, by: Any, seen: str = "") -> Decision:
    """Make one decision about a case.

    `seen` is the version of the object that the moderator looked at: when it was changed since, Stale is raised with
    the object as it is now. `by` is None for a rule or a command, and then `wanted.machine` says which.
    """
    refuse_unless_moderator(by)
    refuse_nobody(wanted, by)
    case.hold()
    refuse_decided(case, by)
    refuse_changed(case, seen)
    refuse_unfounded(case, wanted)
    found = [finding.rule for finding in case.findings.all()]
    decision = Decision.objects.create(
        case=case,
        by=by,
        outcome=wanted.outcome,
        rule=wanted.rule if wanted.outcome == Case.Outcome.ACTED else None,
        facts=wanted.facts.strip(),
        subject_version=case.reviewed.version if case.reviewed else "",
        detected_by=found,
        is_found_by_machine=bool(found) and not case.flags.exists(),
        is_made_by_machine=bool(wanted.machine),
        machine=wanted.machine,
        is_private=wanted.is_private,
        batch=wanted.batch,
        is_mailed_later=wanted.is_mailed_later,
    )
    deeds = carry_out(decision, wanted)
    settle(case, wanted.outcome)
    if wanted.outcome == Case.Outcome.ACTED:
        state(decision)
    publish(decision)
    if is_sampled(decision):
        SecondReading.objects.create(decision=decision)
    record(Verb.DECISION_MADE, actor=by, subject=decision, **told_of(decision), deeds=deeds)
    return decision


def told_of(decision: Decision) -> dict[str, Any]:
    """What the event of a decision says."""
    rule = decision.rule.slug if decision.rule else ""
    facts = {"case": decision.case_id, "outcome": decision.outcome, "rule": rule, "reason": decision.facts[:200]}
    return facts | ({"machine": decision.machine} if decision.machine else {})


def carry_out(decision: Decision, wanted: Wanted) -> list[str]:
    """Do what is wanted; and when anything is, what is always done with such an object. Answers the names of deeds.

    What the gate held and nobody objects to is published.
    """
    reviewed = decision.case.reviewed
    always = reviewed.always if wanted.deeds and reviewed else ()
    deeds: dict[str, dict[str, Any]] = {**{name: {} for name in always}, **wanted.deeds}
    for name, options in deeds.items():
        take(decision, name, options)
    if wanted.outcome == Case.Outcome.LEFT and reviewed:
        reviewed.let_through(decision.by)
    return sorted(deeds)


def take(decision: Decision, name: str, options: dict[str, Any]) -> Action:
    """Carry out one deed and keep its row."""
    deed, case = DEEDS[name], decision.case
    post = case.subject if isinstance(case.subject, Post) and not deed.is_on_person else None
    person = case.concerns if deed.is_on_person else None
    is_missing = person is None if deed.is_on_person else post is None and not isinstance(case.subject, deed.others)
    if is_missing:
        raise Refusal(_("“%(deed)s” cannot be done here.") % {"deed": deed.label}, code="not_possible", status=422)
    action = Action(decision=decision, kind=name, post=post, person=person)
    deed.carry_out(action, options)
    action.save()
    about: Any = post or person or decision
    until = action.until.isoformat() if action.until else ""
    record(Verb.ACTION_TAKEN, actor=decision.by, subject=about, action=action.pk, kind=name, until=until)
    return action


def settle(case: Case, outcome: str) -> None:
    """The case is closed and its reporters have their answer."""
    case.close(outcome)
    for flag in case.flags.all():
        flag.judge(outcome)


@transaction.atomic
def undo(decision: Decision, *, by: Any, reason: str, reopen: bool = True) -> None:
    """Take a decision back with all it did: within thirty days, or at any time by an appeal (`reopen=False`)."""
    refuse_unless_moderator(by)
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update(of=("self",)))
    if not decision.is_standing:
        raise Refusal(_("Somebody has undone this already."), code="undone")
    if reopen and not decision.is_undoable:
        raise Refusal(_("This was done more than thirty days ago, and people have built on it."), code="too_late")
    if not reason.strip():
        raise Refusal(_("Say why, so that the log can tell."), code="reason_missing", status=422)
    for action in decision.actions.standing().order_by("-pk"):
        take_back(action, by=by)
    decision.mark_undone(by=by, reason=reason.strip())
    case = decision.case
    case.hold()
    if reopen and case.subject is not None and not Case.objects.about(case.subject).open().exists():
        case.reopen()
    else:
        if case.reviewed:
            case.reviewed.let_through(by)
        settle(case, Case.Outcome.LEFT)
    withdraw(decision)
    record(Verb.DECISION_UNDONE, actor=by, subject=decision, case=case.pk, reason=reason.strip()[:200])


def take_back(action: Action, *, by: Any) -> None:
    """Undo one action; what it was about is told in the audit log."""
    DEEDS[action.kind].take_back(action, by)
    action.mark_undone(by=by)
    about: Any = action.post or action.person or action.decision
    record(Verb.ACTION_UNDONE, actor=by, subject=about, action=action.pk, kind=action.kind)


def undo_batch(batch: UUID, *, by: Any, reason: str) -> int:
    """Take back what was decided together. Answers how many decisions."""
    decisions = Decision.objects.standing().filter(batch=batch, case__in=Case.objects.visible_to(by))
    rows = list(decisions.select_related("case").order_by("-pk"))
    with transaction.atomic():
        for decision in rows:
            undo(decision, by=by, reason=reason)
    return len(rows)


def refuse_decided(case: Case, by: Any) -> None:
    """Somebody was faster, or somebody else is on it."""
    if not case.is_open:
        raise Stale(case, _("Somebody has decided this already."))
    holder = case.holder
    if by is not None and holder and holder.pk != by.pk:
        raise Refusal(_("%(who)s is on it. Take it over if you must.") % {"who": holder}, code="held_by_other")


def refuse_changed(case: Case, seen: str) -> None:
    """The object is no longer what the moderator looked at. Locked, so that it does not change in this moment."""
    subject = case.subject
    if subject is None:
        return
    subject.refresh_from_db(from_queryset=type(subject).objects.select_for_update(of=("self",)))
    if seen and case.reviewed and case.reviewed.version != seen:
        raise Stale(case.reviewed, _("It was changed while you were looking at it. Look at what is new."))


def refuse_nobody(wanted: Wanted, by: Any) -> None:
    """Either a person decides, or a rule that has a name and a version."""
    if (by is None) != bool(wanted.machine):
        raise Refusal(_("A decision has a person or a rule behind it, and not both."), code="nobody", status=422)


def refuse_unfounded(case: Case, wanted: Wanted) -> None:
    """Nothing is taken from anybody without a rule and the facts."""
    if wanted.outcome == Case.Outcome.LEFT:
        if wanted.deeds:
            raise Refusal(_("Either something is done, or nothing."), code="both", status=422)
        return
    if not wanted.deeds:
        raise Refusal(_("Choose what to do."), code="no_deed", status=422)
    if wanted.rule is None:
        raise Refusal(_("Choose the rule that it is against."), code="no_rule", status=422)
    if not wanted.facts.strip():
        raise Refusal(_("Say what you found, so that the person can be told."), code="no_facts", status=422)


def statement_of(decision: Decision) -> StatementOfReasons | None:
    """What the person was told, when there was something to tell."""
    return StatementOfReasons.objects.filter(decision=decision).first()
