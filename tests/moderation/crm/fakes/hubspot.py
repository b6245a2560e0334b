"""A fake HubSpot.

Read at developers.hubspot.com (CRM objects v3, associations v4, properties, webhooks and their signatures v3, usage
limits): batches answer for each entry with 207 when one fails, `idProperty` names a property with unique values, a
search has filter groups and at most 200 rows, 429 names its policy. Left out: that a search sees new rows late, scopes.
"""

from datetime import datetime

from tests.moderation.crm.fakes.server import FakeServer

TOKEN, CLIENT_SECRET, REF = "pat-eu1-good", "hub-client-secret", "porchlight_ref"
STAGES = {"new": "1", "waiting": "2", "working": "3", "solved": "4"}
PROPERTIES = {"firstname", "email", "subject", "content", "hs_pipeline_stage", "hs_lastmodifieddate", "hs_note_body"}
PROPERTIES |= {"hs_timestamp", "porchlight_version", "porchlight_public", REF, "community_page", "product_line"}
"""The last two were made by the company itself."""
OBJECT = r"/crm/v3/objects/(contacts|tickets|notes)"


class FakeHubSpot(FakeServer):
    """Contacts, tickets and notes by number, and which belongs to which."""

    routes = (
        ("GET", r"/crm/v3/properties/(\w+)/(\w+)", "property"),
        ("GET", r"/crm/v3/properties/(\w+)", "list_properties"),
        ("POST", OBJECT + "/batch/upsert", "upsert"),
        ("POST", OBJECT + "/batch/read", "read"),
        ("POST", OBJECT + "/search", "search"),
        ("POST", r"/crm/v3/objects/contacts/gdpr-delete", "forget"),
        ("GET", OBJECT + r"/(\d+)", "get"),
        ("PATCH", OBJECT + r"/(\d+)", "patch"),
        ("DELETE", OBJECT + r"/(\d+)", "archive"),
        ("POST", OBJECT, "create"),
        ("GET", r"/crm/v4/objects/tickets/(\d+)/associations/notes", "notes_of"),
        ("GET", r"/crm/v4/objects/tickets/(\d+)/associations/contacts", "contacts_of"),
        ("PUT", r"/crm/v4/objects/tickets/(\d+)/associations/default/contacts/(\d+)", "tie"),
        ("DELETE", r"/crm/v4/objects/tickets/(\d+)/associations/contacts/(\d+)", "untie"),
        ("POST", r"/crm/v4/associations/notes/tickets/batch/read", "tickets_of"),
    )

    def __init__(self):
        self.rows = {"contacts": {}, "tickets": {}, "notes": {}}
        self.ties = []
        super().__init__()

    def refuse(self, request):
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {"status": "error", "category": "INVALID_AUTHENTICATION", "message": "invalid token"}
        unknown = set(request.json.get("properties", {})) - PROPERTIES if request.method == "PATCH" else set()
        if unknown:
            return 400, {"category": "VALIDATION_ERROR", "message": f"Property {min(unknown)} does not exist"}
        return None

    def property(self, request, objects, name):
        return 200, {"name": name, "hasUniqueValue": name == REF}

    def list_properties(self, request, objects):
        return 200, {"results": [{"name": name} for name in sorted(PROPERTIES)]}

    def upsert(self, request, objects):
        done, errors = [], []
        for entry in request.json["inputs"]:
            mail = entry["properties"].get("email")
            others = [row for row in self.rows[objects].values() if mail and row["properties"].get("email") == mail]
            if any(row["properties"].get(REF) != entry["id"] for row in others):
                errors.append({"status": "error", "category": "CONFLICT", "message": "Contact already exists"})
                continue
            row = self.by_property(objects, entry["idProperty"], entry["id"]) or self.make(objects)
            done.append(self.write(row, {**entry["properties"], entry["idProperty"]: entry["id"]}))
        return (207 if errors else 200), {"status": "COMPLETE", "results": done, "errors": errors}

    def read(self, request, objects):
        body, found = request.json, []
        for entry in body["inputs"]:
            by = body.get("idProperty")
            row = self.by_property(objects, by, entry["id"]) if by else self.rows[objects].get(entry["id"])
            found += [{**row, "properties": dict.fromkeys(body["properties"]) | row["properties"]}] if row else []
        return (200 if len(found) == len(body["inputs"]) else 207), {"status": "COMPLETE", "results": found}

    def search(self, request, objects):
        body = request.json
        if body["limit"] > 200:
            return 400, {"category": "VALIDATION_ERROR", "message": "limit"}
        groups = [group["filters"] for group in body["filterGroups"]]
        all_rows = self.rows[objects].values()
        rows = [
            row for row in all_rows if any(all(holds(row["properties"], each) for each in group) for group in groups)
        ]
        rows.sort(key=lambda row: row["properties"]["hs_lastmodifieddate"])
        return 200, {"total": len(rows), "results": rows[: body["limit"]]}

    def get(self, request, objects, number):
        row = self.rows[objects].get(number)
        return (200, row) if row else (404, {"category": "OBJECT_NOT_FOUND", "message": "gone"})

    def patch(self, request, objects, number):
        row = self.rows[objects].get(number)
        if row is None:
            return 404, {"category": "OBJECT_NOT_FOUND", "message": "gone"}
        return 200, self.write(row, request.json["properties"])

    def archive(self, request, objects, number):
        self.rows[objects].pop(number, None)
        return 204, None

    def forget(self, request):
        gone = self.rows["contacts"].pop(request.json["objectId"], None)
        return (204, None) if gone else (404, {"message": "gone"})

    def create(self, request, objects):
        body = request.json
        if self.by_property(objects, REF, body["properties"][REF]):
            return 409, {"category": "CONFLICT", "message": f"{REF} exists already"}
        others = {16: "contacts", 228: "tickets"}
        ties = [(each["types"][0]["associationTypeId"], each["to"]["id"]) for each in body["associations"]]
        if any(number not in self.rows[others[kind]] for kind, number in ties):
            return 400, {"category": "VALIDATION_ERROR", "message": "no such record to associate"}
        row = self.write(self.make(objects), body["properties"])
        self.ties += [(objects, row["id"], others[kind], number) for kind, number in ties]
        return 201, row

    def notes_of(self, request, ticket):
        return 200, {"results": [{"toObjectId": int(n)} for n, t in self.note_ties() if t == ticket]}

    def contacts_of(self, request, ticket):
        found = [other for *tie, other in self.ties if tie == ["tickets", ticket, "contacts"]]
        return 200, {"results": [{"toObjectId": int(other)} for other in found]}

    def tie(self, request, ticket, contact):
        if ticket not in self.rows["tickets"] or contact not in self.rows["contacts"]:
            return 404, {"category": "OBJECT_NOT_FOUND", "message": "gone"}
        self.ties.append(("tickets", ticket, "contacts", contact))
        return 200, {"status": "COMPLETE", "results": []}

    def untie(self, request, ticket, contact):
        self.ties.remove(("tickets", ticket, "contacts", contact))
        return 204, None

    def tickets_of(self, request):
        asked = [entry["id"] for entry in request.json["inputs"]]
        found = [{"from": {"id": n}, "to": [{"toObjectId": int(t)}]} for n, t in self.note_ties() if n in asked]
        return 200, {"status": "COMPLETE", "results": found}

    def note_ties(self):
        return [(number, other) for objects, number, _others, other in self.ties if objects == "notes"]

    def by_property(self, objects, name, value):
        return next((row for row in self.rows[objects].values() if row["properties"].get(name) == value), None)

    def make(self, objects):
        row = {"id": str(self.number()), "properties": {}, "archived": False}
        self.rows[objects][row["id"]] = row
        return row

    def write(self, row, properties):
        row["updatedAt"] = self.now().isoformat().replace("+00:00", "Z")
        row["properties"] |= {**properties, "hs_lastmodifieddate": row["updatedAt"]}
        return row

    # What people do in HubSpot.

    def move(self, case, status):
        self.write(self.rows["tickets"][case], {"hs_pipeline_stage": STAGES[status]})

    def comment(self, case, text, public=True):
        note = self.write(
            self.make("notes"), {"hs_note_body": text, "porchlight_public": "true" if public else "false"}
        )
        self.ties.append(("notes", note["id"], "tickets", case))

    def add_contact(self, name, email):
        """Somebody whom the company knew before the community did."""
        return self.write(self.make("contacts"), {"firstname": name, "email": email})["id"]

    def contacts(self):
        return {number: row["properties"] for number, row in self.rows["contacts"].items()}

    def contact_of(self, case):
        (contact,) = [other for objects, number, _o, other in self.ties if (objects, number) == ("tickets", case)]
        return contact

    def delete(self, case):
        del self.rows["tickets"][case]

    def delete_note(self, note):
        del self.rows["notes"][note]

    def texts(self, case):
        """The timeline as people read it, oldest first."""
        numbers = sorted(int(note) for note, ticket in self.note_ties() if ticket == case)
        rows = [
            self.rows["notes"][str(number)]["properties"] for number in numbers if str(number) in self.rows["notes"]
        ]
        return [row["hs_note_body"] for row in rows]


def in_any(properties, groups):
    """Whether all filters of one group hold."""
    return any(all(holds(properties, each) for each in group) for group in groups)


def holds(properties, each):
    """Whether one filter of a search holds."""
    have = properties.get(each["propertyName"])
    if each["operator"] == "HAS_PROPERTY":
        return bool(have)
    if each["operator"] == "CONTAINS_TOKEN":
        return each["value"] in (have or "").split(";")
    if each["operator"] == "GTE":
        return have is not None and milliseconds(have) >= int(each["value"])
    return have == each["value"]


def milliseconds(text):
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)
