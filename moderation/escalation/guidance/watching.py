"""Asking every rule about a thread, and counting each that fires."""

from dataclasses import dataclass

from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from forums.threads.models import Thread
from moderation.escalation.guidance import RULES, title_of
from moderation.escalation.models import Conversation, Guideline, Invitation, Showing


@dataclass(frozen=True)
class Strip:
    """What the agent sees: the showings that wait, and a wording to begin with."""

    showings: list[Showing]
    wording: str

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Each rule in words, with what it saw."""
        return [(title_of(showing.rule), showing.reason) for showing in self.showings]


@transaction.atomic
def watch_thread(thread: Thread) -> list[Showing]:
    """Ask each rule once about a thread that changed. Nothing is proposed where private help was offered already."""
    if thread.kind != Thread.Kind.QUESTION or thread.author.is_team:
        return []
    if Invitation.objects.filter(thread=thread).exists() or Conversation.objects.filter(thread=thread).exists():
        return []
    off = set(Guideline.objects.filter(is_on=False).values_list("rule", flat=True))
    fired = []
    for rule in RULES:
        reason = "" if rule.name in off else rule.fires(thread)
        if not reason:
            continue
        showing, is_new = Showing.objects.get_or_create(thread=thread, rule=rule.name, defaults={"reason": reason})
        if is_new:
            record(Verb.GUIDANCE_GIVEN, actor=None, subject=thread, rule=rule.name)
            fired.append(showing)
    return fired


def strip_for(thread: Thread) -> Strip | None:
    """What to show beside a thread, if anything waits to be decided."""
    showings = list(Showing.objects.waiting().filter(thread=thread).order_by("pk"))
    return Strip(showings, wording_of(showings[0].rule)) if showings else None


def wording_of(rule: str) -> str:
    """The supervisor's wording of a rule, else the one it came with."""
    own = Guideline.objects.filter(rule=rule).values_list("wording", flat=True).first()
    return own or next((known.wording for known in RULES if known.name == rule), "")
