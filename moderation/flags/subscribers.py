"""What comes to the review queue by itself: texts that the gate holds."""

from typing import Any

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.policy.models import HeldChange
from forums.threads.models import Post
from moderation.flags.models import Case


@on(Verb.POST_HELD)
def open_case_of_held(event: Event) -> None:
    """Each thing that the gate found is a finding of the case, under the name of the rule that found it.

    `reasons` are names of checks; `rules` say more: `{"rule": "words:12", "version": 3, "reason": …, "points": 20}`.
    """
    post = Post.objects.select_related("thread__product__brand", "author").filter(pk=event.subject_id).first()
    if post is None or not post.is_held:
        return
    found = event.details.get("rules") or [{"rule": name} for name in event.details.get("reasons", [])]
    for finding in found or [{"rule": "gate"}]:
        Case.objects.open_about(post, origin=Case.Origin.GATE, **fields_of(finding))


def fields_of(finding: dict[str, Any]) -> dict[str, Any]:
    """What of a finding the case keeps."""
    return {name: finding[name] for name in ("rule", "version", "reason", "points") if name in finding}


@on(Verb.CHANGE_HELD)
def open_case_of_change(event: Event) -> None:
    """The same for a change that waits while the old words stay."""
    change = HeldChange.objects.select_related("by").filter(pk=event.subject_id).first()
    if change is None or not change.is_waiting:
        return
    found = event.details.get("rules") or [{"rule": name} for name in event.details.get("reasons", [])]
    for finding in found or [{"rule": "gate"}]:
        Case.objects.open_about(change, origin=Case.Origin.GATE, **fields_of(finding))


@on(Verb.CHANGE_WITHDRAWN)
def close_case_of_change(event: Event) -> None:
    """Its author wants something else by now: nobody has to look."""
    change = HeldChange.objects.filter(pk=event.subject_id).first()
    case = Case.objects.about(change).open().first() if change else None
    if case is not None:
        case.close(Case.Outcome.LEFT)
