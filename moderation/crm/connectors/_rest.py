"""What all CRMs with a JSON interface share: one call, a sign-in that is renewed once, and words for statuses."""

import json
from abc import abstractmethod
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from moderation.crm.connectors.base import STATUSES, Connector
from moderation.crm.connectors.errors import AuthExpired, ConnectorError, Invalid
from moderation.crm.wire import as_json

OVERLAP = 30_000
"""Milliseconds that a poll looks back, because clocks differ and rows become visible late."""


class Rest(Connector):
    """A CRM that is spoken to by JSON over HTTP, one record at a time."""

    def call(
        self, method: str, path: str, body: Any = None, *, is_write: bool | None = None, said_as: str = "", **query: Any
    ) -> Any:
        """The answer's JSON, None without one. A sign-in that ran out is renewed, once, for all processes together.

        `is_write` says whether an unanswered call may have changed something: all but GET, unless told otherwise.
        `said_as` is the name under which the CRM knows a repeated call, where it goes by such names.
        """
        may_write = method != "GET" if is_write is None else is_write
        address = f"{path}?{urlencode(query)}" if query else path
        session = self.session()
        try:
            return self._send(method, address, body, session, may_write, said_as)
        except AuthExpired:
            fresh = self.renewed(session)
            if fresh == session:
                raise
            return self._send(method, address, body, fresh, may_write, said_as)

    def session(self) -> str:
        """What proves us. A fixed secret for most; those with sessions keep it by the keeper."""
        return ""

    def renewed(self, session: str) -> str:
        """A new session for one that ran out; the same when there is nothing to renew."""
        return session

    @abstractmethod
    def proof(self, session: str) -> dict[str, str]:
        """The headers that prove us."""

    def understand(self, status: int, content: bytes) -> ConnectorError | None:
        """What an error body of this CRM means, where it says more than the status code."""
        return None

    def _send(self, method: str, address: str, body: Any, session: str, is_write: bool, said_as: str) -> Any:
        headers = {"Accept": "application/json", **self.proof(session)}
        if said_as:
            headers["Idempotency-Key"] = said_as[:255]
        raw = None
        if body is not None:
            headers["Content-Type"], raw = "application/json", json.dumps(body).encode()
        answer = self.wire.send(
            method, address, body=raw, headers=headers, is_write=is_write, understand=self.understand
        )
        return as_json(answer) if answer.content.strip() else None

    # Statuses: what the CRM calls them is a setting, because companies rename them.

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """Our statuses and the CRM's words for them, from the setting `statuses`; a status may have several."""
        default = next(ask.default for ask in self.asks if ask.name == "statuses")
        words = pairs(self.settings.get("statuses") or default)
        if not words or {status for status, _word in words} - set(STATUSES):
            raise Invalid("The setting of the statuses is not understood. Write: new=New, working=Working, …")
        return words

    def word_for(self, status: str) -> str:
        """The CRM's first word for one of our statuses."""
        for ours, theirs in self.words:
            if ours == status:
                return theirs
        raise Invalid(f"This CRM has no status for “{status}”.")

    def status_of(self, word: Any) -> str:
        """Our status for the CRM's word; the earliest one when two share a word."""
        for ours, theirs in self.words:
            if theirs.casefold() == str(word).casefold():
                return ours
        raise Invalid(f"The CRM has a status “{str(word)[:60]}” that the connection's setting does not name.")


def pairs(text: str) -> list[tuple[str, str]]:
    """`new=1, working=3` as pairs, in order."""
    parts = [part.partition("=") for part in text.replace("\n", ",").split(",") if part.strip()]
    return [(name.strip(), value.strip()) for name, sign, value in parts if sign and value.strip()]


def moment(value: Any) -> datetime:
    """A time as these CRMs write it: ISO 8601, with Z or an offset; without one it is UTC."""
    try:
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError as error:
        raise Invalid("The CRM named a time that is not understood.") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def version_at(value: Any) -> int:
    """A time as a version that only grows: milliseconds."""
    return round(moment(value).timestamp() * 1000)


def entries(answer: Any, name: str) -> list[dict[str, Any]]:
    """The list of that name in an answer; anything else is Invalid."""
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Invalid(f"The answer has no “{name}”.")
    return found


def stamp(at: datetime) -> int:
    """A time in milliseconds."""
    return round(at.timestamp() * 1000)


def since(cursor: str) -> int:
    """Where a poll goes on, in milliseconds; the first one begins a day ago."""
    return int(cursor) if cursor else stamp(datetime.now(UTC) - timedelta(days=1))


def next_cursor(start: int, lists: list[list[int]], limit: int) -> str:
    """As far as all lists of versions reach, less an overlap; a full page moves on only as far as it got."""
    full = [max(versions) for versions in lists if len(versions) >= limit]
    if full:
        return str(max(min(full), start + 1))
    newest = max([version for versions in lists for version in versions], default=start)
    return str(max(newest - OVERLAP, start))
