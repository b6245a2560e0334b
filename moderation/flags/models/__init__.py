"""What somebody thinks is against the house rules: flags, and the one case per object that gathers them."""

from moderation.flags.models.case import Case
from moderation.flags.models.claiming import CaseClaim
from moderation.flags.models.finding import CaseFinding
from moderation.flags.models.flag import Flag
from moderation.flags.models.rule import HouseRule

__all__ = ["Case", "CaseClaim", "CaseFinding", "Flag", "HouseRule"]
