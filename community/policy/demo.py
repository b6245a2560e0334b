"""What the checks met in the demo goes when its people have gone."""

from community.policy.models import CheckHit, CheckRule
from community.staging import Stage


def build(stage: Stage) -> None:
    """Nothing of its own: the checks meet what everybody does."""


def remove() -> None:
    """The last of all: what nobody is behind any more, and the checks that nobody who is left has changed or met."""
    CheckHit.objects.filter(by=None).delete()
    CheckRule.objects.exclude(versions__by__isnull=False).exclude(hits__by__isnull=False).delete()
