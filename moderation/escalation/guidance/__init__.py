"""When to propose "take this private?": one small file per rule, in one list."""

from django.utils.translation import gettext_lazy as _

from moderation.escalation.guidance.account_data import account_data
from moderation.escalation.guidance.asked_for_it import asked_for_it
from moderation.escalation.guidance.grave_words import grave_words
from moderation.escalation.guidance.rule import Rule
from moderation.escalation.guidance.third_reply import third_reply

RULES: list[Rule] = [
    Rule(
        "account-data",
        _("An order number or contact data in public"),
        account_data,
        "I would like to look at your order with you. That needs details which should not stand here in public, "
        "so I can help you privately if you agree.",
    ),
    Rule(
        "grave-words",
        _("Words of danger or of law"),
        grave_words,
        "This matters, and we want to get it right with you directly. May we go on in private? "
        "If anything smells, smokes or is hot: please stop using it, and unplug it.",
    ),
    Rule(
        "third-reply",
        _("The third reply without a solution"),
        third_reply,
        "We have gone back and forth a few times here without solving it, and I am sorry for that. "
        "May I look into it with you directly, in private?",
    ),
    Rule(
        "asked-for-it",
        _("The customer asks to be contacted"),
        asked_for_it,
        "You asked to sort this out directly. I am happy to: we can go on in private, just you and our team.",
    ),
]


def title_of(name: str) -> str:
    """A rule's name in words; a rule that is gone keeps the name that it was counted under."""
    return next((str(rule.title) for rule in RULES if rule.name == name), name)


__all__ = ["RULES", "Rule", "title_of"]
