"""Outside services are off; when one is on it is asked by a job, with little, and what it says is a hint.

The far side is `NamedFake`, a small HTTP server of this file that answers as the two services document it.
"""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import pytest

from community.people.disposable import is_disposable
from community.people.joining import welcome
from community.people.models import Person
from forums.threads.replying import answer
from moderation.flags.models import CaseFinding
from tests.jobs import work


class NamedFake(BaseHTTPRequestHandler):
    """Knows one address and one word."""

    asked: list[tuple[str, dict]] = []
    known = hashlib.md5(b"bad@mass.example", usedforsecurity=False).hexdigest()

    def do_GET(self):
        given = parse_qs(urlparse(self.path).query)
        self.asked.append(("stopforumspam", given))
        is_known = given["emailhash"] == [self.known]
        facts = '{"appears": 1, "frequency": 41, "confidence": 96.5}' if is_known else '{"appears": 0, "frequency": 0}'
        self.reply(f'{{"success": 1, "emailHash": {facts}}}')

    def do_POST(self):
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append(("akismet", given))
        self.reply("true" if "cable" in given["comment_content"][0] else "false")

    def reply(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def fake(settings, db):
    server = ThreadingHTTPServer(("127.0.0.1", 0), NamedFake)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    NamedFake.asked.clear()
    settings.STOPFORUMSPAM_URL = settings.AKISMET_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.SPAM_SERVICES_INSIDE = True
    yield NamedFake
    server.shutdown()


def joins(name, address):
    person = Person.objects.create_user(name, address, None)
    welcome(person)
    work()
    return person


def test_nobody_is_asked_unless_somebody_turns_it_on(fake, question):
    answer(question.thread, by=joins("nina", "bad@mass.example"), source="Buy my miracle cable")
    work()
    assert fake.asked == []


def test_a_known_address_is_a_finding_and_never_leaves_in_clear(fake, settings):
    settings.SPAM_SERVICES = ["stopforumspam"]
    person = joins("nina", "bad@mass.example")
    joins("good", "good@mass.example")
    finding = CaseFinding.objects.get()
    assert (finding.rule, finding.case.subject, finding.points) == ("service:stopforumspam", person, 29)
    assert "41" in finding.reason
    assert "mass.example" not in str(fake.asked)
    assert not person.is_suspended


def test_a_text_that_is_spam_elsewhere_comes_to_the_queue_and_stays_in_sight(fake, settings, cast, question):
    settings.SPAM_SERVICES = ["akismet"]
    person = joins("nina", "nina@mass.example")
    post = answer(question.thread, by=person, source="Buy my miracle cable")
    answer(question.thread, by=cast.ben, source="A cable is what I would try, too.")
    work()
    finding = CaseFinding.objects.get()
    assert (finding.rule, finding.case.subject) == ("service:akismet", post)
    asked = [given for name, given in fake.asked if name == "akismet"]
    assert len(asked) == 1, "members whom everybody knows are not asked about"
    assert "nina" not in str(asked)
    post.refresh_from_db()
    assert not post.is_hidden


def test_a_mailbox_for_an_hour_is_pointed_out_or_refused(client, settings, question):
    assert is_disposable("mailinator.com")
    assert is_disposable("eu.mailinator.com")
    assert not is_disposable("example.org")
    client.post("/account/signup/", {"email": "x@mailinator.com", "username": "quickie"})
    person = Person.objects.get(username="quickie")
    assert person.arrival.is_disposable
    answer(question.thread, by=person, source="Have you tried another phone?")
    work()
    assert CaseFinding.objects.get().rule == "waves:disposable"
    settings.DISPOSABLE_MAIL = "refuse"
    client.cookies.clear()
    page = client.post("/account/signup/", {"email": "y@mailinator.com", "username": "quicker"})
    assert "for an hour only" in page.content.decode()
    assert not Person.objects.filter(username="quicker").exists()
