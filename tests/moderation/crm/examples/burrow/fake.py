"""A fake Burrow: what an invented maker's documentation would say, as a small server that keeps records."""

import base64
import hashlib
import hmac
import json

from tests.moderation.crm.fakes.server import FakeServer

TOKEN, HOOK_SECRET = "burrow-token", "burrow-hook-secret"
SETTINGS = {}
SECRETS = {"token": TOKEN, "hook_secret": HOOK_SECRET}
LACKS = {"two secrets", "sessions"}
FIELDS = ("extra/community_page", "extra/product_line")
STATES = {"new": "fresh", "working": "open", "waiting": "paused", "solved": "done", "closed": "shut"}


class Fake(FakeServer):
    """People, issues and remarks by their numbers."""

    routes = (
        ("GET", "/me", "me"),
        ("PUT", "/people/by-key/(.+)", "put_person"),
        ("POST", "/issues", "make_issue"),
        ("GET", r"/issues/(\d+)/remarks", "remarks_of"),
        ("POST", r"/issues/(\d+)/remarks", "make_remark"),
        ("GET", "/(people|issues|remarks)", "look"),
        ("GET", r"/(people|issues|remarks)/(\d+)", "get"),
        ("PATCH", r"/(people|issues|remarks)/(\d+)", "patch"),
        ("DELETE", r"/(people|issues|remarks)/(\d+)", "remove"),
    )

    def __init__(self):
        self.rows = {"people": {}, "issues": {}, "remarks": {}}
        super().__init__()

    def refuse(self, request):
        is_good = request.headers.get("authorization") == f"Bearer {TOKEN}"
        return None if is_good else (401, {"error": "who are you?"})

    def me(self, request):
        return 200, {"name": "Community"}

    def put_person(self, request, key):
        (row,) = self.where("people", key=key) or [self.make("people", key=key)]
        return 200, self.write(row, {"email": row.get("email", ""), **request.json})

    def make_issue(self, request):
        given = request.json
        if self.where("issues", key=given["key"]):
            return 409, {"error": "this key is taken"}
        if given["person"] not in self.rows["people"]:
            return 422, {"error": "no such person"}
        return 201, self.write(self.make("issues"), given)

    def make_remark(self, request, issue):
        if int(issue) not in self.rows["issues"]:
            return 404, {"error": "no such issue"}
        if self.where("remarks", key=request.json["key"]):
            return 409, {"error": "this key is taken"}
        return 201, self.write(self.make("remarks", issue=int(issue), by="Community"), request.json)

    def remarks_of(self, request, issue):
        return 200, {"remarks": self.where("remarks", issue=int(issue))}

    def look(self, request, name):
        asked = request.query
        if "changed_since" in asked:
            rows = [row for row in self.rows[name].values() if row["ticks"] >= int(asked["changed_since"])]
            return 200, {name: sorted(rows, key=lambda row: row["ticks"])[: int(asked["limit"])]}
        if "ids" in asked:
            return 200, {name: [row for key, row in self.rows[name].items() if str(key) in asked["ids"].split(",")]}
        return 200, {name: self.where(name, **asked)}

    def get(self, request, name, number):
        row = self.rows[name].get(int(number))
        return (200, row) if row else (404, {"error": "gone"})

    def patch(self, request, name, number):
        row = self.rows[name].get(int(number))
        return (200, self.write(row, request.json)) if row else (404, {"error": "gone"})

    def remove(self, request, name, number):
        self.rows[name].pop(int(number), None)
        return 204, None

    def where(self, name, **wanted):
        return [row for row in self.rows[name].values() if all(row[key] == value for key, value in wanted.items())]

    def make(self, name, **values):
        row = {"id": self.number(), "key": "", "extra": {"community_page": "", "product_line": ""}, **values}
        self.rows[name][row["id"]] = row
        return row

    def write(self, row, values):
        at = self.now()
        extra = {**row["extra"], **values.get("extra", {})}
        row |= {**values, "extra": extra, "changed": at.isoformat(), "ticks": round(at.timestamp() * 1000)}
        return row

    # What people do in Burrow.

    def move(self, case, status):
        self.write(self.rows["issues"][int(case)], {"state": STATES[status]})

    def comment(self, case, text, public=True):
        row = self.make("remarks", issue=int(case), by="Sam")
        self.write(row, {"body": text, "is_public": public, "revision": 0})

    def add_contact(self, name, email):
        return str(self.write(self.make("people"), {"name": name, "email": email})["id"])

    def contact_of(self, case):
        return str(self.rows["issues"][int(case)]["person"])

    def delete(self, case):
        del self.rows["issues"][int(case)]

    def delete_note(self, note):
        del self.rows["remarks"][int(note)]

    def texts(self, case):
        return [row["body"] for row in self.where("remarks", issue=int(case))]


def message_of(case, status, version):
    """A message of Burrow's: an issue moved."""
    return json.dumps({"issue": int(case), "state": STATES[status], "changed": "2033-05-18T03:33:20+00:00"}).encode()


def proof_of(body, at, is_foreign):
    """The headers that prove it."""
    secret = "not-ours" if is_foreign else HOOK_SECRET
    said = f"{at.isoformat()}.".encode() + body
    signature = base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()
    return {"X-Burrow-Time": at.isoformat(), "X-Burrow-Delivery": "d-1", "X-Burrow-Signature": signature}
