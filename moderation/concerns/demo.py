"""The demo's concern: what Gil, of the partner's centre, was told to do, and what Jo makes of it."""

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.concerns.models import Concern, Word

SAID = (
    "Our shift lead wants each of us to write two nice posts about Kettle a week, from private accounts. "
    "I have not done it. Some colleagues worry about their bonus."
)
ANSWERED = (
    "Thank you, and please go on not doing it. Reviews of insiders never count here, so it would not even help them. "
    "I speak with the partner on Monday about the whole centre, so that nobody can tell who wrote to me."
)


def build(stage: Stage) -> None:
    """Last week, and an answer the day after."""
    stage.at(stage.now - span("6d"), lambda: raised(stage))
    stage.at(stage.now - span("5d"), lambda: answered(stage))


def raised(stage: Stage) -> None:
    stage.props["concern"] = Concern.objects.raise_with(SAID, by=stage.people["gil"], is_nameless=False)


def answered(stage: Stage) -> None:
    stage.props["concern"].say(ANSWERED, side=Word.Side.AUDITOR, by=stage.people["jo"])


def remove() -> None:
    """What the demo's people told."""
    Concern.objects.filter(by__username_key__in=names()).delete()
