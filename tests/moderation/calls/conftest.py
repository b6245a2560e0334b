"""Calls over sockets need real commits, as chats do."""

from tests.moderation.chat.conftest import run

__all__ = ["run"]
