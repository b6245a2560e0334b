"""Any system that speaks XML: the messages of the webhook as documents, and answers that are read by path."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors import _xml
from moderation.crm.connectors._paths import message_of
from moderation.crm.connectors.base import Change, RefKind, Setting
from moderation.crm.connectors.errors import Gone, Invalid
from moderation.crm.connectors.webhook import Webhook, change_of

PATHS = """records=record, changes=change, entitlements=entitlement, cursor=@cursor,
id=@id, version=@version, status=@status, title=@title, name=@name, case=@case, text=text, author=@author,
public=@public, deleted=@deleted, email=@email, product=@product, ended=@ended"""


class Xml(Webhook):
    """One address that takes our documents. Where it says what is a setting: a path for each value."""

    kind = "xml"
    label = _("XML (any system)")
    content_type = "application/xml"
    default_paths = PATHS
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address for our messages"), _("Signed POSTs with XML arrive here.")),
        *[ask for ask in Webhook.asks if ask.name != "url"],
    ]

    def encode(self, message: dict[str, Any]) -> bytes:
        return _xml.written("message", message)

    def decode(self, raw: bytes) -> Any:
        """A document in the shape of the webhook's messages."""
        return message_of(_xml.read(raw), self.paths)

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        if not self.settings.get("find_url"):
            raise Invalid("This system offers no way to look records up.")
        root = _xml.read(self._fetch(self.settings["find_url"], kind=kind, id=record))
        found = _xml.all_at(root, self.paths["records"])
        if not found:
            raise Gone("The record is gone.")
        told = _xml.all_of(found[0])
        return told if isinstance(told, dict) else {}

    def parse_webhook(self, raw: bytes) -> list[Change]:
        message = self.decode(raw)
        if not (message["changes"] or message["entitlements"]):
            raise Invalid("The document names no change and no owner.")
        return [change_of(each) for each in message["changes"]]
