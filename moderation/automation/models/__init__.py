"""Automations with their versions, and their runs."""

from moderation.automation.models.account import Account
from moderation.automation.models.automation import Automation, AutomationVersion
from moderation.automation.models.run import Run

__all__ = ["Account", "Automation", "AutomationVersion", "Run"]
