"""What moderators ask of the gate: rules of words with their versions and counts, embargoes, changes that wait."""

from community.policy.models.change import HeldChange
from community.policy.models.embargo import Embargo
from community.policy.models.hit import WordHit
from community.policy.models.word_rule import WordRule, WordRuleVersion

__all__ = ["Embargo", "HeldChange", "WordHit", "WordRule", "WordRuleVersion"]
