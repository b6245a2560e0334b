"""Messages as each CRM sends and signs them."""

import base64
import hashlib
import hmac
import json

from standardwebhooks import Webhook as Signer

from tests.moderation.crm.conformance.sides import DROPPED
from tests.moderation.crm.fakes import hubspot, zendesk
from tests.moderation.crm.receiver import SECRET

ADDRESS = "https://community.example.org/hooks/crm/it/"
FOREIGN = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def message_of(kind, case, status, version=2_000_000_000_000):
    """A case moved, in the CRM's own words."""
    if kind in DROPPED:
        return DROPPED[kind].message_of(case, status, version)
    if kind == "hubspot":
        event = {"subscriptionType": "ticket.propertyChange", "propertyName": "hs_pipeline_stage", "eventId": 1}
        other = {"subscriptionType": "contact.creation", "objectId": 5, "occurredAt": version, "eventId": 2}
        moved = {"objectId": int(case), "propertyValue": hubspot.STAGES[status], "occurredAt": version}
        return json.dumps([other, {**event, **moved}]).encode()
    if kind == "zendesk":
        detail = {"id": case, "status": zendesk.WORDS[status].upper(), "updated_at": "2033-05-18T03:33:20Z"}
        return json.dumps({"type": "zen:event-type:ticket.status_changed", "detail": detail}).encode()
    if kind == "xml":
        event = f'<event case="{case}"><key>{case}</key><rev>{version}</rev><state>{status}</state></event>'
        return f"<events>{event}</events>".encode()
    return json.dumps({"data": {"case": case, "version": version, "status": status}}).encode()


def proof_of(kind, body, at, *, is_foreign=False):
    """The headers that prove a message to `ADDRESS`."""
    if kind in DROPPED:
        return DROPPED[kind].proof_of(body, at, is_foreign)
    if kind == "hubspot":
        sent = str(round(at.timestamp() * 1000))
        said = b"POST" + ADDRESS.encode() + body + sent.encode()
        secret = "not-ours" if is_foreign else hubspot.CLIENT_SECRET
        return {"X-HubSpot-Request-Timestamp": sent, "X-HubSpot-Signature-v3": signed(secret, said)}
    if kind == "zendesk":
        sent = at.isoformat()
        secret = "not-ours" if is_foreign else zendesk.HOOK_SECRET
        names = ("X-Zendesk-Webhook-Signature-Timestamp", "X-Zendesk-Webhook-Signature")
        values = (sent, signed(secret, sent.encode() + body))
        return {**dict(zip(names, values, strict=True)), "X-Zendesk-Webhook-Invocation-Id": "invocation-1"}
    signature = Signer(FOREIGN if is_foreign else SECRET).sign("msg-1", at, body.decode())
    return {"webhook-id": "msg-1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


def signed(secret, said):
    return base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()
