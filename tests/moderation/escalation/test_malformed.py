"""Mail that is broken or hostile: it gets a state, and nothing crashes (G2)."""

import base64
from email.message import EmailMessage

import pytest

from community.notifications.addresses import reply_address
from tests.community.inbound.letters import comes_in
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_writes_in_private


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


MALFORMED = [
    b"",
    b"\x00\x00\x00",
    b"no headers at all",
    b"From: \xff\xfe\nTo: reply\n\n\xff\xfe",
    b"From: a@b\nContent-Type: multipart/mixed\n\nno boundary",
    b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n--x--",
    b"From: a@b\nContent-Type: text/plain; charset=klingon\n\nhello",
    b"From: a@b\nContent-Transfer-Encoding: base64\n\n!!!!",
    b"From: a@b\nContent-Type: text/html\n\n<p><<<>>><b",
    b"From: =?utf-8?q?=ff=fe?= <a@b>\nSubject: =?x?y?z?=\n\nx",
    b"From: a@b\nFrom: c@d\n\nx",
    b"From: a@b\nMessage-ID: <" + b"a" * 5000 + b">\n\nx",
    b"From: a@b\nReferences: " + b"<x@y> " * 5000 + b"\n\nx",
    b"From: " + b"a@b, " * 5000 + b"\n\nx",
    b"From: a@b\n" + b"Received: x\n" * 5000 + b"\nx",
    b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain\n\nhi\n" * 2000,
    b"From: a@b\nContent-Type: text/plain; name*0*=utf-8''%ff; name*1=x\n\nx",
    b"From: a@b\nContent-Disposition: attachment; filename*=broken''%%%\n\nx",
    b"From: a@b\nDate: not a date\nAuthentication-Results: ;;;\n\nx",
    base64.b64encode(b"From: a@b\n\nx"),
]


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_mail_gets_a_state_and_crashes_nothing(db, raw):
    assert comes_in(raw).state in ("held", "ignored")


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_in_an_otherwise_good_reply(request_of_ana, raw):
    head = f"To: {reply_address('c', request_of_ana.pk, request_of_ana.customer)}\nX-First: 1\n".encode()
    assert comes_in(head + raw).state in ("accepted", "held", "ignored", "rejected")


def test_a_deeply_nested_mail_is_survived(request_of_ana):
    mail: EmailMessage = letter(request_of_ana, "deep")
    for _ in range(60):
        outer = letter(request_of_ana)
        outer.make_mixed()
        outer.attach(mail)
        mail = outer
    assert comes_in(mail).state in ("accepted", "held", "rejected")
