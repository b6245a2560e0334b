"""The checks of the gate, one small file each, in the order in which they are asked."""

from collections.abc import Callable, Iterable
from typing import Any

from community.policy.checks.copied import copied
from community.policy.checks.crisis import crisis
from community.policy.checks.embargo import embargo
from community.policy.checks.files import files
from community.policy.checks.first_days import first_days
from community.policy.checks.links import links
from community.policy.checks.pace import pace
from community.policy.checks.personal_data import personal_data
from community.policy.checks.review_requests import review_requests
from community.policy.checks.silence import silence
from community.policy.findings import Finding

CHECKS: list[Callable[[str, Any, str], Iterable[Finding]]] = [
    silence,
    personal_data,
    links,
    files,
    pace,
    first_days,
    copied,
    crisis,
    review_requests,
    embargo,
]
