"""Mail that providers receive for us: each in its own shape and proved in its own way, and all the same in the end.

The shapes are those that the providers describe for inbound mail: Mailgun's routes that forward (parsed, and as MIME),
Postmark's inbound webhook, MailerSend's inbound routes, Mandrill's inbound events, Mailjet's parse API, Postal's HTTP
endpoints and SparkPost's relay webhooks.
"""

import hashlib
import hmac
import json
import time
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.core.files.uploadedfile import SimpleUploadedFile

from community.inbound.models import InboundMail
from community.inbound.providers import PROVIDERS
from community.notifications.addresses import reply_address, takes_mail
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_writes_in_private

KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"
TEXT = "Grüße! It is 4711-A."


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


@pytest.fixture
def mail(request_of_ana):
    return letter(request_of_ana, text=TEXT)


def basic(password: str) -> str:
    return "Basic " + b64encode(password.encode()).decode()


def mailgun(client, mail, secret, *, is_mime=False, files=()):
    """A form with the mail's parts, and a signature over moment and token."""
    moment, token = str(int(time.time())), "a" * 50
    signed = hmac.new(secret.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    data = {"timestamp": moment, "token": token, "recipient": mail["To"], "sender": "ana@example.org",
            "signature": signed}  # fmt: skip
    if is_mime:
        data["body-mime"] = mail.as_bytes().decode()
    else:
        headers = [[name, str(value)] for name, value in mail.items() if not name.lower().startswith("content-")]
        data |= {"message-headers": json.dumps(headers), "from": str(mail["From"]), "subject": str(mail["Subject"]),
                 "body-plain": mail.get_content(), "stripped-text": "cut wrongly"}  # fmt: skip
        data |= {"attachment-count": str(len(files))} if files else {}
        data |= {f"attachment-{number}": file for number, file in enumerate(files, 1)}
    return client.post("/hooks/email/mailgun/", data)


def postmark(client, mail, secret):
    """JSON with the mail's parts; the password stands in the address that was set up there."""
    full = {"Email": str(mail["To"]), "Name": "", "MailboxHash": ""}
    headers = [{"Name": name, "Value": str(mail[name])} for name in ("Message-ID", "In-Reply-To") if mail[name]]
    event = {
        "FromFull": {"Email": "ana@example.org", "Name": "Ana", "MailboxHash": ""}, "ToFull": [full], "CcFull": [],
        "BccFull": [], "OriginalRecipient": str(mail["To"]), "Subject": str(mail["Subject"]),
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90", "Date": "Mon, 23 Nov 2026 10:00:00 +0100",
        "TextBody": mail.get_content(), "HtmlBody": "", "StrippedTextReply": "", "Headers": headers,
        "Attachments": [{"Name": "cup.txt", "Content": b64encode(b"left cup").decode(), "ContentType": "text/plain",
                         "ContentLength": 8}],
    }  # fmt: skip
    return client.post("/hooks/email/postmark/", json.dumps(event), content_type="application/json",
                       headers={"Authorization": basic(secret)})  # fmt: skip


def mailersend(client, mail, secret):
    """JSON with the whole mail in it, and a signature over all of it."""
    data = {"id": "5", "created_at": "2026-11-23T09:00:00.000000Z", "sender": {"email": "ana@example.org"},
            "recipients": {"rcptTo": [{"email": str(mail["To"])}]}, "raw": mail.as_bytes().decode()}  # fmt: skip
    body = json.dumps({"type": "inbound.message", "data": data})
    signed = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    return client.post("/hooks/email/mailersend/", body, content_type="application/json", headers={"Signature": signed})


def mandrill(client, mail, secret, site="http://localhost:8000"):
    """A form with a list of events, and a signature over the address and the form."""
    event = {"event": "inbound", "ts": int(time.time()), "msg": {"raw_msg": mail.as_bytes().decode(),
             "email": str(mail["To"]), "spam_report": {}}}  # fmt: skip
    events = json.dumps([event])
    signed = hmac.new(secret.encode(), f"{site}/hooks/email/mandrill/mandrill_events{events}".encode(), hashlib.sha1)
    return client.post("/hooks/email/mandrill/", {"mandrill_events": events},
                       headers={"X-Mandrill-Signature": b64encode(signed.digest()).decode()})  # fmt: skip


def mailgun_mime(client, mail, secret):
    return mailgun(client, mail, secret, is_mime=True)


def mailjet(client, mail, secret):
    """JSON with the mail's headers and parts; the password stands in the address that was set up there."""
    headers = {name: str(value) for name, value in mail.items() if not name.lower().startswith("content-")}
    event = {
        "Sender": "ana@example.org", "Recipient": str(mail["To"]), "From": str(mail["From"]),
        "Subject": str(mail["Subject"]), "Date": "20261123T100000", "Headers": headers,
        "Parts": [{"Headers": {"Content-Type": "text/plain; charset=utf-8"}, "ContentRef": "Text-part"}],
        "Text-part": mail.get_content(), "SpamAssassinScore": "0.1",
    }  # fmt: skip
    return client.post("/hooks/email/mailjet/", json.dumps(event), content_type="application/json",
                       headers={"Authorization": basic(secret)})  # fmt: skip


def postal(client, mail, secret):
    """JSON with the whole mail in it, signed with the key whose public half was set up here."""
    event = {"id": 24, "rcpt_to": str(mail["To"]), "mail_from": "ana@example.org", "base64": True,
             "message": b64encode(mail.as_bytes()).decode(), "size": len(mail.as_bytes())}  # fmt: skip
    body = json.dumps(event).encode()
    key = POSTAL if secret == POSTAL_PUBLIC else rsa.generate_private_key(65537, 1024)
    signed = key.sign(body, padding.PKCS1v15(), hashes.SHA1())
    return client.post("/hooks/email/postal/", body, content_type="application/json",
                       headers={"X-Postal-Signature": b64encode(signed).decode()})  # fmt: skip


def sparkpost(client, mail, secret):
    """JSON with a list of mails as they came; the password stands in the address that was set up there."""
    raw = b64encode(mail.as_bytes()).decode()
    relayed = {"protocol": "smtp", "msg_from": "ana@example.org", "rcpt_to": str(mail["To"]), "webhook_id": "4839",
               "content": {"email_rfc822": raw, "email_rfc822_is_base64": True}}  # fmt: skip
    body = json.dumps([{"msys": {"relay_message": relayed}}, {"msys": {}}])
    return client.post("/hooks/email/sparkpost/", body, content_type="application/json",
                       headers={"Authorization": basic(secret)})  # fmt: skip


POSTAL = rsa.generate_private_key(65537, 1024)
POSTAL_PUBLIC = b64encode(
    POSTAL.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()
SECRETS = dict.fromkeys(("mailjet", "postmark", "sparkpost"), "porchlight:long-and-secret") | {"postal": POSTAL_PUBLIC}
POSTS = {"mailgun": mailgun, "mailgun, mime": mailgun_mime, "mailersend": mailersend, "mailjet": mailjet,
         "mandrill": mandrill, "postal": postal, "postmark": postmark, "sparkpost": sparkpost}  # fmt: skip


@pytest.fixture
def chosen(settings):
    """Set a provider up; answers its secret."""

    def choose(name: str) -> str:
        settings.SITE_URL = "http://localhost:8000"
        settings.MAIL_PROVIDER = name.partition(",")[0]
        settings.MAIL_PROVIDER_SECRET = SECRETS.get(name, KEY)
        return settings.MAIL_PROVIDER_SECRET

    return choose


@pytest.mark.parametrize("name", POSTS)
def test_a_mail_that_a_provider_received_becomes_a_message_once(client, request_of_ana, mail, chosen, name):
    secret = chosen(name)
    for _time in range(2):
        answered = POSTS[name](client, mail, secret)
        assert (answered.status_code, answered.json()) == (200, {"taken": 1})
    work()
    assert request_of_ana.messages.last().source == TEXT
    assert request_of_ana.messages.count() == 2
    kept = InboundMail.objects.order_by("pk")
    assert [(row.state, row.reason, row.source) for row in kept] == [
        ("accepted", "", name.partition(",")[0]),
        ("ignored", "duplicate", name.partition(",")[0]),
    ]
    assert kept[0].envelope_to == reply_address("c", request_of_ana.pk, request_of_ana.customer)


@pytest.mark.parametrize("name", POSTS)
def test_without_the_secret_it_is_401_and_nothing_is_kept(client, mail, chosen, name):
    chosen(name)
    assert POSTS[name](client, mail, "porchlight:guessed").status_code == 401
    assert InboundMail.objects.count() == 0


def test_every_provider_that_can_be_set_up_is_tried():
    assert {name.partition(",")[0] for name in POSTS} == set(PROVIDERS)


def test_attachments_come_along(client, request_of_ana, mail, chosen):
    file = SimpleUploadedFile("cup.txt", b"left cup", "text/plain")
    assert mailgun(client, mail, chosen("mailgun"), files=[file]).status_code == 200
    other = letter(request_of_ana, text="And by the other provider.")
    assert postmark(client, other, chosen("postmark")).status_code == 200
    work()
    names = [each.name for message in request_of_ana.messages.all() for each in message.attachments.all()]
    assert names == ["cup.txt", "cup.txt"]


def test_only_the_provider_that_was_set_up_has_a_door(client, mail, chosen, settings):
    secret = chosen("mailgun")
    assert client.head("/hooks/email/mailgun/").status_code == 200
    assert client.get("/hooks/email/mailgun/").status_code == 405
    assert mailersend(client, mail, secret).status_code == 404
    assert client.post("/hooks/email/nobody/").status_code == 404
    assert takes_mail()
    settings.MAIL_PROVIDER_SECRET = ""
    assert mailgun(client, mail, secret).status_code == 404
    assert not takes_mail()


@pytest.mark.parametrize("body", [b"", b"[]", b'{"FromFull": 3}', b"\xff\xfe", b'{"RecordType": "Bounce"}'])
def test_what_is_no_mail_is_422_and_kept_nowhere(client, db, chosen, body):
    headers = {"Authorization": basic(chosen("postmark"))}
    answered = client.post("/hooks/email/postmark/", body, content_type="application/json", headers=headers)
    assert answered.status_code == 422
    assert InboundMail.objects.count() == 0


def test_a_mail_is_bounded_like_those_of_the_other_door(client, db, chosen, monkeypatch):
    monkeypatch.setattr("community.inbound.hook.LARGEST", 1000)
    headers = {"Authorization": basic(chosen("postmark"))}
    long = json.dumps({"TextBody": "x" * 1000})
    answered = client.post("/hooks/email/postmark/", long, content_type="application/json", headers=headers)
    assert answered.status_code == 413


def test_a_mail_longer_than_a_form_may_be_is_taken(client, request_of_ana, chosen):
    long = letter(request_of_ana, text=f"{TEXT}\n\n" + "A long log line of the app.\n" * 120_000)
    assert len(long.as_bytes()) > 2_621_440
    assert mailersend(client, long, chosen("mailersend")).status_code == 200
    assert InboundMail.objects.get().state == "received"
