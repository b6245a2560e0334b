"""What the rules, scores and signals that find something are called on the moderators' pages."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy.models import WordRule
from community.policy.ruling import CHECKED
from forums.reviews.holding import KINDS

_names: dict[str, Any] = {
    "crisis": gettext_lazy("Crisis mode"),
    **dict.fromkeys(KINDS, gettext_lazy("Check of reviews")),
}


_by_key: list[Callable[[str], str]] = []


def named(rule: str, name: Any) -> str:
    """Say what a rule is called, where the rule is; answers the rule."""
    _names[rule] = name
    return rule


def names_by(knows: Callable[[str], str]) -> Callable[[str], str]:
    """Register who knows the names of rules that people write, by their keys; it answers "" for all others."""
    _by_key.append(knows)
    return knows


def name_of(rule: str) -> str:
    """The name of a rule; one of words has the name that moderators gave it, one that nobody knows its key."""
    key = rule.partition("@")[0]
    if key in _names:
        return str(_names[key])
    if key in CHECKED:
        return str(CHECKED[key].label)
    for knows in _by_key:
        if name := knows(key):
            return name
    kind, _colon, number = key.partition(":")
    row = WordRule.objects.filter(pk=number).first() if kind == "words" and number.isdigit() else None
    return _("Words: %(name)s") % {"name": row.name} if row else key
