"""What a guidance rule is."""

from collections.abc import Callable
from dataclasses import dataclass

from forums.threads.models import Thread


@dataclass(frozen=True)
class Rule:
    """A reason to go private: its name in code and in words, the test that answers the agent, a proposed wording."""

    name: str
    title: str
    fires: Callable[[Thread], str]
    wording: str
