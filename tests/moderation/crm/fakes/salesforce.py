"""A fake Salesforce.

Read at developer.salesforce.com (REST API: upsert by external id, query, errors, limits; OAuth client credentials):
PATCH by external id makes or changes, 300 for several, errors are a list of code and sentence, a session that ran out
is 401 INVALID_SESSION_ID, the day's limit is 403 REQUEST_LIMIT_EXCEEDED, comments of cases hold 4,000 bytes and cannot
be searched by text. Left out: validation rules, triggers, paging of long answers.
"""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs

from tests.moderation.crm.fakes.server import FakeServer

CLIENT_ID, CLIENT_SECRET, REF = "3MVG-client", "sf-client-secret", "Porchlight_Ref__c"
WORDS = {"new": "New", "working": "Working", "waiting": "On Hold", "solved": "Closed"}
ROOT = r"/services/data/v61\.0"
PREFIX = {"Contact": "003", "Case": "500", "CaseComment": "00a"}


class FakeSalesforce(FakeServer):
    """Contacts, cases and comments by their ids."""

    routes = (
        ("POST", "/services/oauth2/token", "token"),
        ("GET", ROOT + "/query", "query"),
        ("GET", ROOT + r"/sobjects/(\w+)/describe", "describe"),
        ("GET", ROOT + r"/sobjects/(Contact|Case)/(\w+)", "get"),
        ("PATCH", ROOT + rf"/sobjects/(Contact|Case)/{REF}/(.+)", "upsert"),
        ("PATCH", ROOT + r"/sobjects/(\w+)/(\w+)", "patch"),
        ("POST", ROOT + r"/sobjects/(\w+)", "create"),
        ("DELETE", ROOT + r"/sobjects/(\w+)/(\w+)", "remove"),
    )

    def __init__(self):
        self.rows, self.valid, self.is_used_up = {"Contact": {}, "Case": {}, "CaseComment": {}}, "", False
        super().__init__()

    def refuse(self, request):
        if request.path == "/services/oauth2/token":
            return None
        if not self.valid or request.headers.get("authorization") != f"Bearer {self.valid}":
            return 401, [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
        if self.is_used_up:
            return 403, [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
        return None

    def token(self, request):
        given = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if (given["client_id"], given["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return 400, {"error": "invalid_client", "error_description": "invalid client credentials"}
        self.valid = f"00D-session-{self.number()}"
        return 200, {"access_token": self.valid, "instance_url": self.url, "token_type": "Bearer"}

    def expire(self):
        self.valid = ""

    def describe(self, request, name):
        return 200, {"name": name, "fields": [{"name": "Id"}, {"name": REF, "externalId": True, "unique": True}]}

    def upsert(self, request, name, ref):
        found = [row for row in self.rows[name].values() if row[REF] == ref]
        if len(found) > 1:
            return 300, [row["Id"] for row in found]
        row = found[0] if found else self.make(name, {REF: ref})
        self.write(row, request.json)
        return (200 if found else 201), {"id": row["Id"], "success": True, "errors": [], "created": not found}

    def get(self, request, name, record):
        row = self.rows[name].get(record)
        if row is None:
            return 404, [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]
        return 200, {"attributes": {"type": name}, **row}

    def patch(self, request, name, record):
        row = self.rows[name].get(record)
        if row is None:
            return 404, [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]
        if too_long(request.json):
            return 400, [
                {"message": "Comment Body: data value too large", "errorCode": "STRING_TOO_LONG", "fields": []}
            ]
        self.write(row, request.json)
        return 204, None

    def create(self, request, name):
        if too_long(request.json):
            return 400, [
                {"message": "Comment Body: data value too large", "errorCode": "STRING_TOO_LONG", "fields": []}
            ]
        if request.json.get("ParentId") not in self.rows["Case"]:
            return 404, [{"message": "no such case", "errorCode": "ENTITY_IS_DELETED"}]
        row = self.write(self.make(name, {"CreatedBy": {"Name": "Community"}}), request.json)
        return 201, {"id": row["Id"], "success": True, "errors": []}

    def remove(self, request, name, record):
        self.rows[name].pop(record, None)
        return 204, None

    def make(self, name, values):
        record = f"{PREFIX[name]}{self.number():012d}AAA"
        own = {"Community_Page__c": None, "Product_Line__c": None}  # made by the company itself
        blank = {"Contact": {"LastName": "", **own}, "Case": {"Status": "New", "Subject": "", **own}}.get(name, {})
        self.rows[name][record] = {"Id": record, **blank, **values, "CreatedDate": self.stamp()}
        return self.rows[name][record]

    def write(self, row, values):
        row |= {**values, "SystemModstamp": self.stamp()}
        return row

    def stamp(self):
        return self.now().strftime("%Y-%m-%dT%H:%M:%S.000+0000")

    def query(self, request):
        """The questions that the connector asks: fields, one object, conditions joined by AND, an order, a limit."""
        asked = re.fullmatch(
            r"SELECT (.+?) FROM (\w+) WHERE (.+?)(?: ORDER BY ([\w, ]+?))?(?: LIMIT (\d+))?", request.query["q"]
        )
        if asked is None:
            return 400, [{"message": "unexpected token", "errorCode": "MALFORMED_QUERY"}]
        fields, name, where, order, limit = asked.groups()
        rows = [row for row in self.rows[name].values() if all(self.holds(row, each) for each in where.split(" AND "))]
        rows.sort(key=lambda row: tuple(row[part.strip()] for part in (order or "CreatedDate").split(",")))
        names = [field.strip().split(".")[0] for field in fields.split(",")]
        found = [{field: row.get(field) for field in names} for row in rows[: int(limit or 2000)]]
        return 200, {"totalSize": len(found), "done": True, "records": found}

    def holds(self, row, condition):
        field, sign, value = re.fullmatch(r"([\w.]+) (=|!=|>=|IN) (.+)", condition).groups()
        if field.startswith("Parent."):
            row, field = self.rows["Case"].get(row["ParentId"], {}), field.removeprefix("Parent.")
        if sign == "IN":
            return row.get(field) in re.findall(r"'([^']*)'", value)
        if sign == "!=":
            return bool(row.get(field))
        if sign == ">=":
            return moment(row[field]) >= datetime.fromisoformat(value.replace("Z", "+00:00"))
        wanted = {"true": True, "false": False}.get(value, re.sub(r"\\(.)", r"\1", value[1:-1]))
        return row.get(field) == wanted

    # What people do in Salesforce.

    def move(self, case, status):
        self.write(self.rows["Case"][case], {"Status": WORDS[status]})

    def comment(self, case, text, public=True):
        row = self.make("CaseComment", {"ParentId": case, "CreatedBy": {"Name": "Sam"}})
        self.write(row, {"CommentBody": text, "IsPublished": public})

    def add_contact(self, name, email):
        """Somebody whom the company knew before the community did."""
        return self.write(self.make("Contact", {REF: None}), {"LastName": name, "Email": email})["Id"]

    def contact_of(self, case):
        return self.rows["Case"][case]["ContactId"]

    def delete(self, case):
        del self.rows["Case"][case]

    def delete_note(self, note):
        del self.rows["CaseComment"][note]

    def texts(self, case):
        return [row["CommentBody"] for row in self.rows["CaseComment"].values() if row["ParentId"] == case]


def too_long(values):
    return len(values.get("CommentBody", "").encode()) > 4000


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
