"""What was decided about a case, what was done, what people were told of it, and their way back."""

from moderation.decisions.models.action import Action
from moderation.decisions.models.appeal import Appeal, AppealFile
from moderation.decisions.models.ban import Ban
from moderation.decisions.models.decision import Decision
from moderation.decisions.models.facts import FactTemplate
from moderation.decisions.models.looking import CaseNote, Exposure
from moderation.decisions.models.public import LogEntry
from moderation.decisions.models.reading import SecondReading
from moderation.decisions.models.stand_in import StandIn
from moderation.decisions.models.statement import StatementOfReasons

__all__ = [
    "Action",
    "Appeal",
    "AppealFile",
    "Ban",
    "CaseNote",
    "Decision",
    "Exposure",
    "FactTemplate",
    "LogEntry",
    "SecondReading",
    "StandIn",
    "StatementOfReasons",
]
