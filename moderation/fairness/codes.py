"""The reasons of the ledger in words: house rules, signals, checks of the gate, ties to the company."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.reviews.holding import KINDS
from forums.reviews.models import Tie
from moderation.flags.models import HouseRule

CHECKS = {
    "personal_data": _("private details in the text"),
    "links": _("links of a new member"),
    "pace": _("very many posts in a short time"),
    "spam": _("looks like advertising"),
    "gate": _("a check of the site"),
    "insider": _("close to the company"),
    "other": _("set aside by the team, with a reason"),
}


def words_of() -> dict[str, Any]:
    """Each code that can stand in the ledger, with its words."""
    ties = {f"insider:{tie.value}": tie.label for tie in Tie}
    rules = dict(HouseRule.objects.values_list("slug", "title"))
    return CHECKS | rules | KINDS | ties


def said(words: dict[str, Any], code: str) -> Any:
    """One code in words; one that nobody knows any more is said as it was kept."""
    return words.get(code) or words.get(code.partition(":")[0]) or code.replace("_", " ")
