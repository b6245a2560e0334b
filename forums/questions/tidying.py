"""Better tags on a question: by its author, by members whom their level lets, and by the team. Every change is kept."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.people.roles import Capability
from community.people.trust import OPENS, Privilege, may
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal
from forums.questions.models import Question
from forums.tags.naming import main_names
from forums.threads.indexing import index_now
from forums.threads.models import Thread
from forums.threads.purging import purge_thread


def may_retag(thread: Any, person: Any) -> bool:
    """Its author, members from a level on, and the team."""
    return bool(thread.author_id == person.pk or may(person, Privilege.EDIT_TAGS))


def refuse_retagging(thread: Any, person: Any) -> None:
    """Raise a Refusal that says what is missing."""
    if thread.home.is_locked and not person.can(Capability.MODERATE):
        raise Refusal(_("This thread is locked, so its tags stay as they are."), code="locked")
    if not may_retag(thread, person):
        sentence = _("Better tags for what others asked: this opens with level %(level)s.")
        raise Refusal(sentence % {"level": OPENS[Privilege.EDIT_TAGS][0]}, code="level")


@transaction.atomic
def retag(question: Question, names: Iterable[str], *, by: Person) -> HeldChange | None:
    """Put these tags on it, and no others. Words that mean another tag become that one.

    Answers the change when the gate wants somebody to look at it first.
    """
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=question.pk)
    refuse_retagging(thread, by)
    before, after = set(thread.tags.names()), main_names(names)
    if before == set(after):
        return None
    verdict = check(" ".join(after), by=by, where="tag").enforce() if after else Verdict()
    if verdict.is_held:
        texts = {"tags": ", ".join(after)}
        return HeldChange.objects.hold(thread, "retag", texts, by=by, because=verdict.held_because)
    HeldChange.objects.withdraw(thread, "retag", by=by)
    put_tags(thread, after, by=by)
    return None


def put_tags(thread: Thread, after: Iterable[str], *, by: Person) -> None:
    """These stand on it from now on."""
    before, names = set(thread.tags.names()), list(after)
    thread.tags.set(names)
    purge_thread(thread)
    purge("tags")
    index_now(thread)
    changes = {"added": sorted(set(names) - before), "removed": sorted(before - set(names))}
    record(Verb.THREAD_RETAGGED, actor=by, subject=thread, **changes)
