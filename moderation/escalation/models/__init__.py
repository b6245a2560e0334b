"""Private help: offered or asked for, agreed to, talked over, closed, told in public only as the customer says."""

from moderation.escalation.models.channel import WRITTEN, Channel
from moderation.escalation.models.closing import Closing
from moderation.escalation.models.conversation import Conversation, Leg
from moderation.escalation.models.guidance import Guideline, Showing
from moderation.escalation.models.invitation import Invitation
from moderation.escalation.models.message import Attachment, PrivateMessage
from moderation.escalation.models.outcome import Outcome
from moderation.escalation.models.step import Step
from moderation.escalation.models.survey import Survey
from moderation.escalation.models.wording import Wording

__all__ = [
    "WRITTEN",
    "Attachment",
    "Channel",
    "Closing",
    "Conversation",
    "Guideline",
    "Invitation",
    "Leg",
    "Outcome",
    "PrivateMessage",
    "Showing",
    "Step",
    "Survey",
    "Wording",
]
