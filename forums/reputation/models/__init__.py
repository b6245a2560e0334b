"""The ledger, the levels and the badges."""

from forums.reputation.models.badges import Award
from forums.reputation.models.ledger import Point, Standing
from forums.reputation.models.levels import Bar, Grace, LevelChange, LevelPlan

__all__ = ["Award", "Bar", "Grace", "LevelChange", "LevelPlan", "Point", "Standing"]
