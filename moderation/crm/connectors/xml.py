"""Any system that speaks XML: the messages of the webhook as documents, and answers that are read by path."""

from functools import cached_property
from typing import Any, ClassVar
from xml.etree.ElementTree import Element, ParseError

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors import _xml
from moderation.crm.connectors._rest import pairs
from moderation.crm.connectors.base import Change, Setting
from moderation.crm.connectors.errors import Invalid
from moderation.crm.connectors.webhook import Webhook, change_of

PATHS = """records=record, changes=change, entitlements=entitlement, cursor=@cursor,
id=@id, version=@version, status=@status, title=@title, name=@name, case=@case, text=text, author=@author,
public=@public, deleted=@deleted, email=@email, product=@product, ended=@ended"""
LISTS = ("records", "changes", "entitlements")


class Xml(Webhook):
    """One address that takes our documents. Where it says what is a setting: a path for each value."""

    kind = "xml"
    label = _("XML (any system)")
    content_type = "application/xml"
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address for our messages"), _("Signed POSTs with XML arrive here.")),
        *[ask for ask in Webhook.asks if ask.name != "url"],
        Setting(
            "paths",
            _("Paths"),
            _("Where your documents say what: name=path, separated by commas. Only those that differ."),
            is_required=False,
        ),
    ]

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each value: ours, changed by the setting."""
        paths = dict(pairs(PATHS))
        given = dict(pairs(self.settings.get("paths", "")))
        if set(given) - set(paths):
            raise Invalid(f"There is no value called “{sorted(set(given) - set(paths))[0]}”.")
        return paths | given

    def encode(self, message: dict[str, Any]) -> bytes:
        return _xml.written("message", message)

    def decode(self, raw: bytes) -> Any:
        """A document in the shape of the webhook's messages."""
        root = _xml.read(raw)
        try:
            lists = {name: [self.told(each) for each in _xml.all_at(root, self.paths[name])] for name in LISTS}
            cursor = _xml.at(root, self.paths["cursor"])
            return {**self.told(root), **lists, **({"cursor": cursor} if cursor else {})}
        except (SyntaxError, ParseError, KeyError) as error:  # a path that is none
            raise Invalid("A path of this connection is not understood.") from error

    def parse_webhook(self, raw: bytes) -> list[Change]:
        message = self.decode(raw)
        if not (message["changes"] or message["entitlements"]):
            raise Invalid("The document names no change and no owner.")
        return [change_of(each) for each in message["changes"]]

    def told(self, element: Element) -> dict[str, Any]:
        """What one element says, by the paths."""
        values: dict[str, Any] = {}
        for name, path in self.paths.items():
            text = "" if name in LISTS or name == "cursor" else _xml.at(element, path)
            if text:
                values[name] = text
        for name in ("public", "deleted", "ended"):
            values[name] = values.get(name, "").lower() in {"true", "1", "yes"}
        version = values.get("version", "0")
        if not version.isascii() or not version.isdigit() or len(version) > 18:
            raise Invalid("A version is not a number.")
        return {**values, "version": int(version)}
