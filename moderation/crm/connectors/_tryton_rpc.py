"""Tryton's JSON-RPC: sessions, errors that come as HTTP 200, and dates that come as objects."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from moderation.crm.connectors.base import Keeper
from moderation.crm.connectors.errors import AuthExpired, ConnectorError, Gone, Invalid, Transient
from moderation.crm.wire import Wire, as_json

LOGIN = "common.db.login"
READS = ("read", "search", "search_read", "search_count", "get_preferences", "fields_get")


class Rpc:
    """Calls to one Tryton database as one user, with a session that is shared and renewed once for everybody."""

    def __init__(self, wire: Wire, keeper: Keeper, database: str, login: str, password: str) -> None:
        self.wire, self.keeper, self.path = wire, keeper, f"/{database}/rpc/"
        self.login, self.password = login, password

    def call(self, method: str, *params: Any) -> Any:
        """The result of one method. A session that ran out is renewed, once."""
        session = self.keeper.current() or self.keeper.renew("", self.sign_in)
        try:
            return self._send(method, params, session)
        except AuthExpired:
            return self._send(method, params, self.keeper.renew(session, self.sign_in))

    def sign_in(self) -> str:
        """A new session, as the header wants it."""
        try:
            answer = self._send(LOGIN, [self.login, {"password": self.password}], "")
        except AuthExpired as error:
            raise AuthExpired("Tryton does not accept the user name or the password.") from error
        if not (isinstance(answer, list) and len(answer) >= 2 and isinstance(answer[0], int)):
            raise AuthExpired("Tryton did not open a session.")
        return base64.b64encode(f"{self.login}:{answer[0]}:{answer[1]}".encode()).decode()

    def _send(self, method: str, params: Any, session: str) -> Any:
        headers = {"Content-Type": "application/json"}
        if session:
            headers["Authorization"] = f"Session {session}"
        body = json.dumps({"id": 1, "method": method, "params": params}, default=encode).encode()
        is_write = method != LOGIN and method.rsplit(".", 1)[-1] not in READS
        answer = self.wire.send("POST", self.path, body=body, headers=headers, is_write=is_write)
        return result_of(as_json(answer), method)


def result_of(answer: Any, method: str) -> Any:
    """The result in an answer; raises for an error body, and Invalid for anything unknown."""
    if not isinstance(answer, Mapping) or not ({"result", "error"} & set(answer)):
        raise Invalid("Tryton answered something unknown.")
    error = answer.get("error")
    if error:
        raise error_for(error, method)
    return decode(answer.get("result"))


def error_for(error: Any, method: str) -> ConnectorError:
    """The ConnectorError for an error body such as ["UserError", ["Sentence", "", null]]."""
    name = str(error[0]) if isinstance(error, list) and error else str(error)
    words = error[1] if isinstance(error, list) and len(error) > 1 else ""
    sentence = str(words[0] if isinstance(words, list) and words else words)[:300]
    if "don't exist" in sentence:
        return Gone(sentence)
    if name in {"ConcurrencyException", "DatabaseOperationalError", "DatabaseTimeoutError"} or "locked" in sentence:
        return Transient(f"Tryton is busy: {name}.")
    if name.startswith("403") or "Forbidden" in name:
        return Invalid(f"Tryton does not allow {method}.")
    return Invalid(f"Tryton says {name}: {sentence}" if sentence else f"Tryton says {name}")


def decode(value: Any) -> Any:
    """Dates in UTC, decimals as strings, and everything else as it came."""
    if isinstance(value, list):
        return [decode(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("__class__")
    if kind == "datetime":
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return datetime(*[int(value.get(part, 0)) for part in parts], tzinfo=UTC)  # type: ignore[arg-type, misc]
    if kind == "Decimal":
        return value.get("decimal")
    return {key: decode(each) for key, each in value.items()}


def encode(value: Any) -> Any:
    """A time as Tryton writes it."""
    if not isinstance(value, datetime):
        raise TypeError(type(value).__name__)
    utc = value.astimezone(UTC)
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime", **{part: getattr(utc, part) for part in parts}}
