"""A fake push service with its browsers: a small stateful server of our own that can fail on demand.

It is not a mock: it checks who speaks (VAPID), takes only what the browser can open, keeps messages by topic until they
are fetched, and answers 410 for a browser that is gone.
"""

import json
import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from community.notifications.push_keys import from64, url64


@dataclass
class FakeBrowser:
    """A subscription, with the private half that never leaves the browser."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def fields(self) -> dict[str, str]:
        """What the page tells the site."""
        return {"endpoint": self.endpoint, "p256dh": url64(self.point), "auth": url64(self.secret)}

    def open(self, body: bytes) -> bytes:
        """What it says (RFC 8291 and 8188). Raises what `cryptography` raises when it is not for this browser."""
        salt, theirs, record = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        key = HKDF(SHA256(), 32, self.secret, b"WebPush: info\0" + self.point + theirs).derive(shared)
        content_key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(key)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(key)
        text, delimiter = AESGCM(content_key).decrypt(nonce, record, None).rstrip(b"\0").split(b"\2")
        assert delimiter == b""
        return text


class FakePushService:
    """Browsers by address, the messages that wait for each, and faults for the next ones.

    Faults: an integer status, (status, "Retry-After value"), "hang" (no answer in time), "cut" (the line breaks).
    """

    def __init__(self, public_key: str) -> None:
        self.public_key, self.browsers, self.gone = public_key, {}, set()
        self.shown: list[dict] = []
        self.waiting: dict[tuple[str, str], dict] = {}
        self.faults, self.tries, self.stopping = deque(), 0, threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.make_handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()

    def browser(self) -> FakeBrowser:
        """A browser subscribes."""
        browser = FakeBrowser(f"{self.url}/push/{len(self.browsers)}-{os.urandom(6).hex()}")
        self.browsers[browser.endpoint] = browser
        return browser

    def take(self, path: str, headers, body: bytes) -> int:
        """What a message gets for an answer."""
        browser = self.browsers.get(self.url + path)
        if browser is None or path in self.gone:
            return 410
        if not self.is_ours(headers.get("Authorization", "")):
            return 403
        if headers.get("Content-Encoding") != "aes128gcm" or not 0 < int(headers["TTL"]) <= 2_419_200:
            return 400
        if len(body) > 4096 + 86:
            return 413
        said = json.loads(browser.open(body)) | {"urgency": headers["Urgency"], "topic": headers["Topic"]}
        self.waiting[browser.endpoint, headers["Topic"]] = said
        self.shown.append(said)
        return 201

    def is_ours(self, authorization: str) -> bool:
        """Whether the token is signed with the key that the browsers were given, for this service, and still good."""
        scheme, _, rest = authorization.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        point = from64(parts["k"])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(parts["t"], public, algorithms=["ES256"], audience=self.url, options={"verify_exp": False})
        is_named = claims["sub"].startswith("mailto:") and 0 < claims["exp"] - time.time() <= 24 * 3600
        return scheme == "vapid" and parts["k"] == self.public_key and is_named

    def make_handler(service):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.tries += 1
                fault = service.faults.popleft() if service.faults else None
                if fault == "cut":
                    self.connection.close()
                    return
                if fault == "hang":
                    service.stopping.wait(3)
                    return
                status, extra = fault if isinstance(fault, tuple) else (fault, "")
                self.send_response(status or service.take(self.path, self.headers, body))
                if extra:
                    self.send_header("Retry-After", extra)
                self.send_header("Content-Length", "0")
                self.end_headers()

        return Handler
