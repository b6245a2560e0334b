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


class Receiver:
    """Records by kind and reference, a log of what arrived, and faults for the next messages.

    Faults: an integer status, ("429", "Retry-After value"), "hang" (applied, never answered), "drop" (not applied, line
    cut), "cut" (applied, line cut), "html" (a page instead of an answer), "slow" (applied, answered after a second).
    """

    def __init__(self):
        self.records = {"contact": {}, "case": {}, "note": {}}
        self.seen, self.arrived, self.faults, self.erased = {}, [], deque(), []
        self.changes, self.lock, self.stopping = [], threading.RLock(), threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.make_handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def stop(self):
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()

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
        if what == "case.status":
            record = self.by_id("case", data["case"])
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

    def notes(self):
        """The timeline's texts, in the order of arrival."""
        return [record["data"]["text"] for record in self.records["note"].values()]

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
                        start = int(query["cursor"] or 0)
                        found = receiver.changes[start : start + int(query["limit"])]
                        self.answer(200, {"changes": found, "cursor": str(start + len(found))})
                        return
                    rows = receiver.records[query["kind"]]
                    if "id" in query:
                        found = [row for row in rows.values() if row["id"] == query["id"]]
                    else:
                        found = [rows[query["ref"]]] if query["ref"] in rows else []
                    self.answer(200, {"records": [receiver.public(row) for row in found]})

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
