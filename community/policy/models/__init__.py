"""What moderators ask of the gate: rules of words, checks, what both met, embargoes, and changes that wait."""

from community.policy.models.change import HeldChange
from community.policy.models.check_rule import CheckRule, CheckRuleVersion
from community.policy.models.embargo import Embargo
from community.policy.models.hit import CheckHit, Hit, WordHit
from community.policy.models.passage import Passage
from community.policy.models.rule import Rule, State
from community.policy.models.word_rule import WordRule, WordRuleVersion

__all__ = [
    "CheckHit", "CheckRule", "CheckRuleVersion", "Embargo", "HeldChange", "Hit", "Passage", "Rule", "State",
    "WordHit", "WordRule", "WordRuleVersion",
]  # fmt: skip
