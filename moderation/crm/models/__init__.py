"""Cases in a CRM: the connections, what waits to be pushed, what was, and what came back."""

from moderation.crm.models.case import Case
from moderation.crm.models.connection import Connection, Installation
from moderation.crm.models.entitlement import Entitlement
from moderation.crm.models.erasure import Erasure, Receipt
from moderation.crm.models.match import Match
from moderation.crm.models.push import Attempt, CasePush
from moderation.crm.models.remote import CaseComment, HookMessage, RemoteRef

__all__ = [
    "Attempt",
    "Case",
    "CaseComment",
    "CasePush",
    "Connection",
    "Entitlement",
    "Erasure",
    "HookMessage",
    "Installation",
    "Match",
    "Receipt",
    "RemoteRef",
]
