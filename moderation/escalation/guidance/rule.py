"""What a guidance rule is."""

from collections.abc import Callable
from dataclasses import dataclass

from forums.threads.models import Thread


@dataclass(frozen=True)
class Rule:
    """A reason to go private: its name, the test that answers with a sentence for the agent, and a proposed wording."""

    name: str
    fires: Callable[[Thread], str]
    wording: str
