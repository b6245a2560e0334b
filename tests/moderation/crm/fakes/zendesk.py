"""A fake Zendesk.

Read at developer.zendesk.com (users, tickets, ticket comments, comment redactions, incremental exports, idempotency,
verifying webhooks): users and tickets by external id, an `Idempotency-Key` on making a ticket, `safe_update` with 409,
422 for a closed ticket, deleted tickets in the export. Left out: that changing a ticket may start triggers, rate limits
of their own for each address.
"""

import base64
import html
from datetime import datetime

from tests.moderation.crm.fakes.server import FakeServer

EMAIL, TOKEN, HOOK_SECRET = "community@example.org", "zen-good-token", "zen-hook-secret"
WORDS = {"new": "new", "working": "open", "waiting": "pending", "solved": "solved", "closed": "closed"}


class FakeZendesk(FakeServer):
    """Users, tickets and comments by number."""

    routes = (
        ("GET", "/api/v2/users/me", "me"),
        ("POST", "/api/v2/users/create_or_update", "upsert_user"),
        ("GET", "/api/v2/users/search", "search_users"),
        ("GET", r"/api/v2/users/(\d+)", "get_user"),
        ("PUT", r"/api/v2/users/(\d+)", "put_user"),
        ("GET", r"/api/v2/users/(\d+)/identities", "identities"),
        ("DELETE", r"/api/v2/users/(\d+)/identities/(\d+)", "drop_identity"),
        ("POST", "/api/v2/tickets", "make_ticket"),
        ("GET", "/api/v2/tickets", "list_tickets"),
        ("GET", "/api/v2/tickets/show_many", "show_many"),
        ("GET", r"/api/v2/tickets/(\d+)", "get_ticket"),
        ("PUT", r"/api/v2/tickets/(\d+)", "put_ticket"),
        ("DELETE", r"/api/v2/tickets/(\d+)", "delete_ticket"),
        ("GET", r"/api/v2/tickets/(\d+)/comments", "list_comments"),
        ("PUT", r"/api/v2/comment_redactions/(\d+)", "redact"),
        ("GET", "/api/v2/incremental/tickets", "export"),
    )

    def __init__(self):
        self.users, self.tickets, self.comments, self.keys = {}, {}, {}, {}
        super().__init__()

    def refuse(self, request):
        pair = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()
        return None if request.headers.get("authorization") == f"Basic {pair}" else (401, {"error": "Couldn't auth"})

    def me(self, request):
        return 200, {"user": {"id": 1, "name": "Community", "role": "agent"}}

    def upsert_user(self, request):
        given = request.json["user"]
        user = next((row for row in self.users.values() if row["external_id"] == given["external_id"]), None)
        if user is None:
            user = {"id": self.number(), "external_id": given["external_id"], "identities": {}}
            self.users[user["id"]] = user
        return 200, {"user": self.write_user(user, given)}

    def write_user(self, user, given):
        user |= {"name": given.get("name", user.get("name")), "updated_at": self.stamp()}
        user["user_fields"] = {"community_page": None, **user.get("user_fields", {}), **given.get("user_fields", {})}
        if given.get("email"):
            user["identities"][self.number()] = given["email"]
        user["email"] = next(iter(user["identities"].values()), None)
        return user

    def search_users(self, request):
        if "query" in request.query:
            email = request.query["query"].removeprefix("email:")
            return 200, {"users": [row for row in self.users.values() if email in row["identities"].values()]}
        wanted = request.query["external_id"]
        return 200, {"users": [row for row in self.users.values() if row["external_id"] == wanted]}

    def get_user(self, request, number):
        user = self.users.get(int(number))
        return (200, {"user": user}) if user else (404, {"error": "RecordNotFound"})

    def put_user(self, request, number):
        user = self.users.get(int(number))
        return (
            (200, {"user": self.write_user(user, request.json["user"])}) if user else (404, {"error": "RecordNotFound"})
        )

    def identities(self, request, number):
        ways = self.users[int(number)]["identities"].items()
        return 200, {"identities": [{"id": key, "type": "email", "value": value} for key, value in ways]}

    def drop_identity(self, request, number, way):
        self.users[int(number)]["identities"].pop(int(way), None)
        return 204, None

    def make_ticket(self, request):
        key, given = request.headers.get("idempotency-key"), request.json["ticket"]
        if key in self.keys:
            return 201, {"ticket": self.tickets[self.keys[key]]}, {"x-idempotency-lookup": "hit"}
        if given["requester_id"] not in self.users:
            return 422, {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"requester": []},
            }
        ticket = {"id": self.number(), "external_id": given["external_id"], "requester_id": given["requester_id"]}
        ticket |= {"subject": given["subject"], "status": given.get("status", "new"), "updated_at": self.stamp()}
        ticket["custom_fields"] = [{"id": 360, "value": None}]
        self.tickets[ticket["id"]] = ticket
        self.add_comment(ticket, given["comment"])
        if key:
            self.keys[key] = ticket["id"]
        return 201, {"ticket": ticket}

    def list_tickets(self, request):
        wanted = request.query["external_id"]
        found = [row for row in self.tickets.values() if row["external_id"] == wanted and row["status"] != "deleted"]
        return 200, {"tickets": found}

    def show_many(self, request):
        asked = [int(part) for part in request.query["ids"].split(",")]
        return 200, {"tickets": [self.tickets[n] for n in asked if n in self.tickets and self.is_there(n)]}

    def is_there(self, number):
        return number in self.tickets and self.tickets[number]["status"] != "deleted"

    def get_ticket(self, request, number):
        return (
            (200, {"ticket": self.tickets[int(number)]})
            if self.is_there(int(number))
            else (404, {"error": "RecordNotFound"})
        )

    def put_ticket(self, request, number):
        if not self.is_there(int(number)):
            return 404, {"error": "RecordNotFound"}
        ticket, given = self.tickets[int(number)], request.json["ticket"]
        if ticket["status"] == "closed":
            return 422, {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"status": "closed"},
            }
        if given.get("safe_update") and given["updated_stamp"] != ticket["updated_at"]:
            return 409, {"error": "UpdateConflict", "description": "Safe Update prevented the update"}
        ticket |= {name: given[name] for name in ("subject", "status", "requester_id") if name in given}
        for told in given.get("custom_fields", []):
            (field,) = [each for each in ticket["custom_fields"] if each["id"] == told["id"]]
            field["value"] = told["value"]
        ticket["updated_at"] = self.stamp()
        if "comment" in given:
            self.add_comment(ticket, given["comment"])
        return 200, {"ticket": ticket, "audit": {"id": self.number()}}

    def delete_ticket(self, request, number):
        self.delete(number)
        return 204, None

    def list_comments(self, request, number):
        if not self.is_there(int(number)):
            return 404, {"error": "RecordNotFound"}
        return 200, {"comments": [row for row in self.comments.values() if row["ticket"] == int(number)]}

    def redact(self, request, number):
        comment, given = self.comments[int(number)], request.json
        inside = given["html_body"].removeprefix("<redact>").removesuffix("</redact>")
        if inside != comment["html_body"] or given["ticket_id"] != comment["ticket"]:
            return 400, {"error": "html_body does not match"}
        comment |= {"body": "▇" * 9, "html_body": "▇" * 9}
        return 200, {"comment": comment}

    def export(self, request):
        since = int(request.query["start_time"])
        rows = [row for row in self.tickets.values() if datetime.fromisoformat(row["updated_at"]).timestamp() >= since]
        rows = sorted(rows, key=lambda row: row["updated_at"])[: int(request.query["per_page"])]
        return 200, {"tickets": rows, "end_of_stream": True}

    def add_comment(self, ticket, given):
        comment = {"id": self.number(), "ticket": ticket["id"], "body": given["body"], "public": given["public"]}
        comment |= {"html_body": f"<p>{html.escape(given['body'])}</p>", "created_at": self.stamp()}
        self.comments[comment["id"]] = comment

    def stamp(self):
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    # What people do in Zendesk.

    def move(self, case, status):
        self.tickets[int(case)] |= {"status": WORDS[status], "updated_at": self.stamp()}

    def comment(self, case, text, public=True):
        self.add_comment(self.tickets[int(case)], {"body": text, "public": public})
        self.tickets[int(case)]["updated_at"] = self.stamp()

    def add_contact(self, name, email):
        """Somebody whom the company knew before the community did."""
        user = {"id": self.number(), "external_id": None, "identities": {}}
        self.users[user["id"]] = user
        return str(self.write_user(user, {"name": name, "email": email})["id"])

    def contact_of(self, case):
        return str(self.tickets[int(case)]["requester_id"])

    def delete(self, case):
        self.tickets[int(case)] |= {"status": "deleted", "updated_at": self.stamp()}

    def delete_note(self, note):
        del self.comments[int(note)]

    def texts(self, case):
        return [row["body"] for row in self.comments.values() if row["ticket"] == int(case)]
