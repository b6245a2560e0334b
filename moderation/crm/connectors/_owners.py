"""What a signed message says of who owns what."""

from typing import Any

from moderation.crm.connectors._signed import SignedLine
from moderation.crm.connectors.base import Entitled
from moderation.crm.connectors.errors import Invalid

MOST_ENTITLED = 1000


class TellsOwners(SignedLine):
    """A connector whose messages may name owners beside changes of cases."""

    def parse_entitlements(self, raw: bytes) -> list[Entitled]:
        message = self.decode(raw)
        told = message.get("entitlements", []) if isinstance(message, dict) else []
        if not isinstance(told, list) or len(told) > MOST_ENTITLED:
            raise Invalid("The list of entitlements is not understood.")
        return [entitled(each) for each in told]


def entitled(data: Any) -> Entitled:
    """One entitlement as a message says it."""
    if not isinstance(data, dict) or not all(isinstance(data.get(name), str) for name in ("id", "email", "product")):
        raise Invalid("An entitlement names its id, an address and a product.")
    email = data["email"].strip().lower()[:254]
    return Entitled(data["id"][:60], email, data["product"].strip()[:80], is_ended=data.get("ended") is True)
