"""Nothing is taken from anybody without a statement of reasons, whichever way it was done.

The review queue writes it with the decision. What was done elsewhere (on a thread's page, by a command, by a script)
is written down here as a decision of its own, from the reason that every such verb insists on.
"""

from typing import Any

from django.db import models

from community.events.models import Event
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person, Suspension
from forums.threads.models import Post
from moderation.decisions.deciding import settle, undo
from moderation.decisions.models import Action, Decision
from moderation.decisions.publishing import publish
from moderation.decisions.resubmitted import was_put_right
from moderation.decisions.stating import state
from moderation.flags.models import Case, HouseRule


def explain_hiding(post: Post, event: Event) -> Decision | None:
    """A hidden post without a standing action has no explanation yet."""
    hides = Action.objects.standing().filter(kind__in=("hide", "delete"), post=post)
    sweeps = Action.objects.standing().filter(kind__in=("spam", "sweep"), details__posts__contains=post.pk)
    hiding = getattr(post, "hiding", None)
    if hiding is None or hides.exists() or sweeps.exists():
        return None
    kind = "delete" if hiding.is_for_good else "hide"
    return written_down(post, event, kind, hiding.reason, post=post, details={"was_hidden": False})


def explain_suspension(person: Person, event: Event) -> Decision | None:
    """A suspension that none of our actions made."""
    ours = Action.objects.filter(person=person).values_list("details__suspension", flat=True)
    known = [pk for pk in ours if pk]
    row = Suspension.objects.in_force().filter(person=person).exclude(pk__in=known).order_by("-pk").first()
    if row is None:
        return None
    kind = "suspend" if row.until else "ban"
    return written_down(person, event, kind, row.reason, person=person, until=row.until, details={"suspension": row.pk})


def written_down(subject: models.Model, event: Event, kind: str, reason: str, **fields: Any) -> Decision:
    """The decision, its action and its statement, as if it had been made in the queue."""
    case = Case.objects.open_about(subject, by=event.actor, origin=Case.Origin.STAFF)
    decision = Decision.objects.create(
        case=case,
        by=event.actor,
        outcome=Case.Outcome.ACTED,
        rule=HouseRule.objects.get(slug="other"),
        facts=reason[:1000],
        subject_version=case.reviewed.version if case.reviewed else "",
        is_made_by_machine=event.actor is None,
        machine="" if event.actor else event.details.get("rule") or "command@1",
    )
    Action.objects.create(decision=decision, kind=kind, **fields)
    settle(case, Case.Outcome.ACTED)
    state(decision)
    publish(decision)
    record(
        Verb.DECISION_MADE, actor=event.actor, subject=decision, case=case.pk, outcome="acted", rule="other",
        reason=reason[:200], deeds=[kind],
    )  # fmt: skip
    return decision


def explain_restoring(post: Post, event: Event) -> None:
    """The decision that had hidden it is undone, unless its writer put it right; a case that held it is closed."""
    if was_put_right(post):
        return
    hidden = Action.objects.standing().filter(kind__in=("hide", "delete"), post=post).select_related("decision__case")
    for action in hidden:
        undo(action.decision, by=event.actor, reason="brought back on the page of its thread", reopen=False)
    held = Case.objects.about(post).open().filter(origin=Case.Origin.GATE).first()
    if held is not None and not held.decisions.exists():
        Decision.objects.create(
            case=held, by=event.actor, outcome=Case.Outcome.LEFT,
            detected_by=[finding.rule for finding in held.findings.all()], is_found_by_machine=True,
        )  # fmt: skip
        settle(held, Case.Outcome.LEFT)
