"""A CRM that speaks our webhook language: a small stateful server of our own that can fail on demand.

It is not a mock: it checks signatures, keeps records by reference, and knows a message by its id.
"""

import json
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from standardwebhooks import Webhook as Signer

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


class Records:
    """What the other side of the webhook keeps: records by kind and reference, and a log of what arrived."""

    def __init__(self):
        self.records = {"contact": {}, "case": {}, "note": {}}
        self.seen, self.arrived, self.erased, self.changes, self.lock = {}, [], [], [], threading.RLock()

    def take(self, message_id, message):
        """Apply a message once; answers the record. The same id again gets the same answer."""
        with self.lock:
            self.arrived.append((message_id, message["type"]))
            if message_id not in self.seen:
                self.seen[message_id] = self.apply(message["type"], message["data"])
            return self.seen[message_id]

    def apply(self, what, data):
        kind, _, deed = what.partition(".")
        if deed == "upserted":
            record = self.records[kind].setdefault(
                data["ref"], {"id": f"{kind}-{len(self.records[kind]) + 1}", "version": 0}
            )
            record.update(data=data, version=record["version"] + 1)
            if kind == "case":
                record.setdefault("status", "new")
                record["title"] = data["title"]
            if kind == "contact":
                record["name"] = data["name"]
            if kind == "note":
                record["version"] = data["version"]
            return self.public(record)
        if deed == "fields":
            record = self.by_id(kind, data["id"])
            record["own"] = merged(record.get("own", {}), data["fields"])
            record["version"] += 1
            return self.public(record)
        if what == "case.status":
            record = self.by_id("case", data["case"])
            if int(data["version"] or 0) and record["version"] > int(data["version"]):
                return {"conflict": True}
            record.update(status=data["status"], version=record["version"] + 1)
            return self.public(record)
        if deed == "erased":
            self.erased.append(data["ref"])
            self.records[kind][data["ref"]].update(data={"ref": data["ref"]}, name="", title="")
        return {}

    def public(self, record):
        return {name: record[name] for name in ("id", "version", "status", "title", "name") if name in record}

    def by_id(self, kind, record_id):
        return next(record for record in self.records[kind].values() if record["id"] == record_id)

    def look(self, query):
        """What a look-up finds, by our reference or by the id."""
        rows = self.records[query["kind"]]
        if "id" in query:
            found = [row for row in rows.values() if row["id"] == query["id"]]
        else:
            found = [rows[query["ref"]]] if query["ref"] in rows else []
        return [{**row.get("own", {}), **self.public(row)} for row in found]

    def since(self, cursor, limit):
        """A page of changes, and where the next one begins."""
        start = int(cursor or 0)
        found = self.changes[start : start + limit]
        return found, str(start + len(found))

    def notes(self):
        """The timeline's texts, in the order of arrival."""
        return [record["data"]["text"] for record in self.records["note"].values()]

    # What people do over there.

    def move(self, case, status):
        row = self.by_id("case", case)
        row.update(status=status, version=row["version"] + 1)
        self.changes.append({"case": case, "version": row["version"], "status": status})

    def comment(self, case, text, public=True):
        row, number = self.by_id("case", case), len(self.changes) + 1
        said = {"case": case, "id": f"c-{number}", "version": row["version"], "text": text, "author": "Sam"}
        self.changes.append({**said, "public": public})

    def contact_of(self, case):
        return self.by_id("case", case)["data"]["contact"]

    def delete(self, case):
        row = self.by_id("case", case)
        self.records["case"] = {ref: each for ref, each in self.records["case"].items() if each is not row}
        self.changes.append({"case": case, "version": row["version"] + 1, "deleted": True})

    def texts(self, case):
        return [row["data"].get("text", "") for row in self.records["note"].values()]


def merged(there, told):
    """A record's own fields with those that were told."""
    both = {**there, **told}
    return {name: merged(there.get(name, {}), v) if isinstance(v, dict) else v for name, v in both.items()}


class Receiver(Records):
    """The records behind a small web server that checks signatures and fails on demand.

    Faults: an integer status, ("429", "Retry-After value"), "hang" (applied, never answered), "drop" (not applied, line
    cut), "cut" (applied, line cut), "html" (a page instead of an answer), "slow" (applied, answered after a second).
    """

    def __init__(self):
        super().__init__()
        self.faults, self.stopping = deque(), threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.make_handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()

    def make_handler(receiver):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    Signer(SECRET).verify(body, dict(self.headers))
                except Exception:
                    self.answer(401, {})
                    return
                with receiver.lock:
                    fault = receiver.faults.popleft() if receiver.faults else None
                if isinstance(fault, int):
                    self.answer(fault, {})
                    return
                if isinstance(fault, tuple):
                    self.answer(429, {}, {"Retry-After": fault[1]})
                    return
                if fault == "drop":
                    self.connection.close()
                    return
                done = receiver.take(self.headers["webhook-id"], json.loads(body))
                if done.get("conflict"):
                    self.answer(409, {})
                    return
                if fault == "hang":
                    receiver.stopping.wait(5)
                elif fault == "cut":
                    self.connection.close()
                elif fault == "html":
                    self.answer(200, b"<html>Welcome</html>")
                else:
                    time.sleep(1 if fault == "slow" else 0)
                    self.answer(200, done)

            def do_GET(self):
                query = {
                    name: values[0]
                    for name, values in parse_qs(urlsplit(self.path).query, keep_blank_values=True).items()
                }
                with receiver.lock:
                    if self.path.startswith("/changes"):
                        found, cursor = receiver.since(query["cursor"], int(query["limit"]))
                        self.answer(200, {"changes": found, "cursor": cursor})
                        return
                    self.answer(200, {"records": receiver.look(query)})

            def answer(self, status, body, headers=()):
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                try:
                    self.send_response(status)
                    for name, value in dict(headers).items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)
                except OSError:
                    pass

        return Handler
