"""Acts before moderators: putting a post up for review, or out of sight until somebody has looked."""

from typing import Any

from django.utils.translation import gettext as _

from community.policy.expecting import expected
from moderation.automation.acts.act import Context, Fact
from moderation.decisions.deciding import Wanted, decide, settle, undo
from moderation.decisions.models import Decision
from moderation.flags.models import Case, HouseRule
from moderation.flags.models.finding import CaseFinding

POINTS = 30


def put_up_for_review(context: Context) -> Fact | None:
    """Nothing is hidden: the post has a case with the automation's reason."""
    post = context.matter.post
    if post is None:
        return None
    return {"case": open_case(context, str(context.value)).pk, "rule": context.automation.key}


def open_case(context: Context, reason: str) -> Case:
    """The case about the post, with the automation as what found it."""
    facts: dict[str, Any] = {"rule": context.automation.key, "version": context.automation.version, "points": POINTS}
    return Case.objects.open_about(context.matter.post, origin=Case.Origin.SIGNAL, reason=reason, **facts)  # type: ignore[arg-type]


def leave_case(fact: Fact, by: Any, why: str) -> str:
    """The case is what it was without the automation; one that has nothing else is closed."""
    case = Case.objects.filter(pk=fact["case"]).first()
    if case is None or not case.is_open:
        return _("A moderator has decided it already, and that stands.")
    CaseFinding.objects.filter(case=case, rule=fact["rule"]).delete()
    if case.flags.exists() or case.findings.exists():
        case.rank()
    else:
        settle(case, Case.Outcome.LEFT)
    return ""


def hide(context: Context) -> Fact | None:
    """A decision with rule, facts, statement, appeal and a line in the log; and a person looks at it afterwards."""
    post = context.matter.post
    if post is None or post.is_hidden or post.author.is_team:
        return None
    rule, facts = HouseRule.objects.get(slug=context.value["rule"]), str(context.value["facts"])
    case = open_case(context, facts)
    until = _("An automation took it out of sight until somebody of the team has looked, %(when)s.")
    told = f"{facts} {until % {'when': expected()}}"
    wanted = Wanted(Case.Outcome.ACTED, {"hide": {}}, rule, told, machine=context.automation.machine)
    decision = decide(case, wanted, by=None)
    post.refresh_from_db()
    again = open_case(context, facts)
    return {"decision": decision.pk, "case": again.pk, "rule": context.automation.key}


def show(fact: Fact, by: Any, why: str) -> str:
    """Back into sight, and nobody has to look any more."""
    decision = Decision.objects.get(pk=fact["decision"])
    if decision.is_standing:
        undo(decision, by=by, reason=why, reopen=False)
    return leave_case(fact, by, why)


def rule_named(slug: str) -> str:
    rule = HouseRule.objects.filter(slug=slug).first()
    return str(rule.title) if rule else "?"


SAYS = {
    "review": lambda v: _("put it up for review (“%(x)s”)") % {"x": v},
    "hide": lambda v: (
        _("take it out of sight until somebody has looked, by the rule “%(x)s”") % {"x": rule_named(v["rule"])}
    ),
}
