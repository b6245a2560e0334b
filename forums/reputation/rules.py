"""How standing is earned, on one page: the public page “How standing works” is made from these rules."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a point is given for."""

    SOLUTION = "solution"
    VERIFIED = "verified"
    ANSWER_VOTE = "answer_vote"
    QUESTION_VOTE = "question_vote"
    SAID_SO = "said_so"
    EDIT = "edit"


class Giver(models.TextChoices):
    """Which kind of person gave it, at the time."""

    CUSTOMER = "customer", _("a customer")
    CHAMPION = "champion", _("a champion")
    STAFF = "staff", _("the team")


@dataclass(frozen=True)
class Rule:
    """What one kind of thanks is worth, in words for the page of the rules and for a line of the ledger."""

    amount: int
    name: Any
    line: Any
    why: Any


RULES: dict[Kind, Rule] = {
    Kind.SOLUTION: Rule(
        15,
        _("Your answer solved it"),
        _("Your answer solved it"),
        _("The person who asked says that your answer solved the problem."),
    ),
    Kind.VERIFIED: Rule(
        10,
        _("The team verified your answer"),
        _("Verified by the team"),
        _("The team tried your answer and vouches for it, once for each answer."),
    ),
    Kind.ANSWER_VOTE: Rule(
        5,
        _("Your answer helped somebody"),
        _("Your answer helped somebody"),
        _("Another member says that your answer helped."),
    ),
    Kind.QUESTION_VOTE: Rule(
        2,
        _("Your question helped somebody"),
        _("Your question helped somebody"),
        _("Another member says that your question was worth asking."),
    ),
    Kind.SAID_SO: Rule(
        2,
        _("You said what solved it"),
        _("You said what solved it"),
        _("You came back and told everybody which answer of somebody else solved it."),
    ),
    Kind.EDIT: Rule(
        2,
        _("Your change made a text better"),
        _("Your change was taken over"),
        _("A change that you suggested to somebody else's text was taken over, once for each text."),
    ),
}

GIVES_NOTHING = (
    _("Posting itself: ten short answers are worth nothing, one that helps is."),
    _("Votes by the team and by people who work here. What the team has tried, it verifies."),
    _("Anything for your own posts, and posts that nobody can read any longer."),
    _("Answers that the team writes for the company: its people are not in the race."),
)
"""What people might expect to be paid for, and is not."""
