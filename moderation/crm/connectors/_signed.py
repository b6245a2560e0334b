"""Messages by Standard Webhooks: written, signed, sent, and their answers read."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from standardwebhooks import Webhook as Signer

from moderation.crm.connectors.base import Connector
from moderation.crm.connectors.errors import Gone, Invalid

LONGEST_ID = 255


class SignedLine(Connector):
    """One address that takes signed messages, in JSON unless a connector writes and reads them in another way."""

    content_type: ClassVar[str] = "application/json"

    def encode(self, message: dict[str, Any]) -> bytes:
        """A message as bytes."""
        return json.dumps(message).encode()

    def decode(self, raw: bytes) -> Any:
        """What bytes from the other side say; raises Invalid for what nobody understands."""
        try:
            return json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Invalid("The answer is not JSON.") from error

    def _post(self, what: str, name: str, data: Mapping[str, Any]) -> Any:
        now = datetime.now(UTC)
        body = self.encode({"type": what, "timestamp": now.isoformat(), "data": dict(data)})
        try:
            answer = self.wire.send("POST", body=body, headers=self._headers(name, now, body), is_write=True)
        except Gone as error:
            raise Invalid(f"Nothing takes messages at the address: {error}") from error
        return self.decode(answer.content) if answer.content.strip() else {}

    def _get(self, url: str, **query: Any) -> Any:
        return self.decode(self._fetch(url, **query))

    def _fetch(self, url: str, **query: Any) -> bytes:
        now = datetime.now(UTC)
        address = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
        headers = self._headers(f"get:{now.timestamp()}", now, b"")
        return self.wire.send("GET", address, headers=headers, is_write=False).content

    def _headers(self, name: str, at: datetime, body: bytes) -> dict[str, str]:
        signatures = [sign(secret, name, at, body) for secret in [self.secrets.get("secret", "")] if secret]
        return {
            "Content-Type": self.content_type,
            "Idempotency-Key": name,
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }


def sign(secret: str, name: str, at: datetime, body: bytes) -> str:
    """The signature of a message, by Standard Webhooks."""
    try:
        return Signer(secret).sign(name, at, body.decode())
    except (ValueError, RuntimeError, UnicodeDecodeError) as error:
        raise Invalid("The message cannot be signed with this secret.") from error
