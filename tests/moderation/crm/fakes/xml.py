"""The other side of the XML connector: the webhook's receiver, which speaks documents with other names than ours."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from standardwebhooks import Webhook as Signer

from tests.moderation.crm.fakes.server import FakeServer
from tests.moderation.crm.receiver import SECRET, Records

PATHS = """id=key, version=rev, status=state, title=head/title, name=name, records=hit, changes=event, text=body,
author=by/@who"""


class FakeXml(FakeServer):
    """A system whose documents say `<key>` for the id and `<state>` for the status."""

    routes = (("POST", "/", "take"), ("GET", "/find", "look"), ("GET", "/changes", "list_changes"))

    def __init__(self):
        self.records = Records()
        super().__init__()

    def refuse(self, request):
        """The library's own check insists on JSON, so the signature is made again and compared."""
        name, sent = request.headers.get("webhook-id", ""), int(request.headers.get("webhook-timestamp", 0))
        expected = Signer(SECRET).sign(name, datetime.fromtimestamp(sent, UTC), request.body.decode())
        return None if request.headers.get("webhook-signature") == expected else (401, b"<no/>")

    def take(self, request):
        root = ET.fromstring(request.body)
        data = {child.tag: typed(child) for child in root.find("data")}
        done = self.records.take(request.headers["webhook-id"], {"type": root.findtext("type"), "data": data})
        return (409, b"<conflict/>") if done.get("conflict") else (200, document("done", done))

    def look(self, request):
        found = self.records.look(request.query)
        return 200, b"<hits>" + b"".join(document("hit", each) for each in found) + b"</hits>"

    def list_changes(self, request):
        found, cursor = self.records.since(request.query["cursor"], int(request.query["limit"]))
        events = b"".join(event(each) for each in found)
        return 200, f'<events cursor="{cursor}">'.encode() + events + b"</events>"

    def __getattr__(self, name):
        """What people do there is what they do in the receiver."""
        if name in {"move", "comment", "contact_of", "delete", "delete_note", "texts"}:
            return getattr(self.records, name)
        raise AttributeError(name)


def typed(child):
    if len(child):
        return {each.tag: typed(each) for each in child}
    text = child.text or ""
    return {"true": True, "false": False}.get(text, int(text) if child.tag == "version" and text.isdigit() else text)


def document(tag, record):
    root = ET.Element(tag)
    for name, value in record.items():
        names = {"id": "key", "version": "rev", "status": "state"}
        parent = ET.SubElement(root, "head") if name == "title" else root
        put(parent, names.get(name, name), value)
    return ET.tostring(root)


def put(parent, tag, value):
    element = ET.SubElement(parent, tag)
    if isinstance(value, dict):
        for name, each in value.items():
            put(element, name, each)
    else:
        element.text = str(value)


def event(change):
    """A change; whom it is about and whether all may read it stand in attributes, as by default."""
    flags = {name: str(change[name]).lower() for name in ("public", "deleted") if name in change}
    root = ET.Element("event", {"case": change["case"], **flags})
    for name, tag in (("id", "key"), ("version", "rev"), ("status", "state"), ("text", "body")):
        if name in change:
            ET.SubElement(root, tag).text = str(change[name])
    if "author" in change:
        ET.SubElement(root, "by", {"who": change["author"]})
    return ET.tostring(root)
