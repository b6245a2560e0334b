"""AC-CRM-6: hostile documents at the CRM's door are 400 in under a second, and reach no file and no network."""

import json
import socket
import time
from datetime import UTC, datetime

import pytest

from community.spreadsheets import csv_lines
from moderation.crm.connectors import _xml
from moderation.crm.connectors._signed import sign
from moderation.crm.connectors.errors import Invalid
from tests.moderation.crm.conformance.sides import fake_side
from tests.moderation.crm.receiver import SECRET

CHANGE = '<message><event case="1"><rev>2</rev><state>solved</state><body>{}</body></event></message>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + CHANGE.format("&e;"),
    "external entity by network": '<!DOCTYPE x [<!ENTITY e SYSTEM "<url>/x">]>' + CHANGE.format("&e;"),
    "external document type": '<!DOCTYPE x SYSTEM "<url>/x.dtd">' + CHANGE.format(""),
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "<url>/p">%p;]>' + CHANGE.format(""),
    "entity expansion": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>' + CHANGE.format("&l9;"),
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>' + CHANGE.format("&a;" * 5_000),
    "nested far too deep": "<a>" * 50_000 + "</a>" * 50_000,
    "unknown encoding": '<?xml version="1.0" encoding="nonsense-8"?>' + CHANGE.format(""),
}


class Ear:
    """An address that hears whoever calls it."""

    def __init__(self):
        self.line = socket.create_server(("127.0.0.1", 0))
        self.line.setblocking(False)
        self.url = f"http://127.0.0.1:{self.line.getsockname()[1]}"

    def heard(self):
        try:
            self.line.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def ear():
    ear = Ear()
    yield ear
    ear.line.close()


@pytest.fixture
def sent(client, db):
    """Send a signed document to a connection of a kind; answers the answer and the processor time it took."""
    sides = []

    def send(kind, raw):
        side = fake_side(kind)
        sides.append(side)
        side.connect()
        now = datetime.now(UTC)
        headers = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp()))}
        headers["webhook-signature"] = sign(SECRET, "m1", now, raw)
        began = time.process_time()
        answer = client.post(f"/hooks/crm/{kind}/", raw, content_type="application/xml", headers=headers)
        return answer, time.process_time() - began

    yield send
    for side in sides:
        side.stop()


@pytest.mark.parametrize("name", HOSTILE)
def test_ac_crm_6_hostile_xml_is_400_at_once_without_file_or_network(sent, ear, name):
    answer, took = sent("xml", HOSTILE[name].replace("<url>", ear.url).encode())
    assert answer.status_code == 400
    assert took < 1
    assert b"root:" not in answer.content
    assert not ear.heard()


def test_ac_crm_6_a_document_of_200_mb_is_refused_by_its_length_before_it_is_read(client, db):
    side = fake_side("xml")
    try:
        side.connect()
        began = time.process_time()
        answer = client.generic("POST", "/hooks/crm/xml/", b"<a/>", CONTENT_LENGTH="209715200")
        assert answer.status_code == 400
        assert time.process_time() - began < 1
    finally:
        side.stop()


def test_ac_crm_6_wrong_encoding_is_not_understood():
    for raw in (CHANGE.format("").encode("utf-16")[:-1], b'<?xml version="1.0" encoding="utf-8"?><a>\xff\xfe</a>'):
        with pytest.raises(Invalid):
            _xml.read(raw)


@pytest.mark.parametrize("raw", ["[" * 200_000, '{"changes":' * 80_000, '{"changes": ' + "9" * 100_000 + "}"])
def test_ac_crm_6_a_depth_bomb_in_json_is_400_at_once(sent, raw):
    answer, took = sent("webhook", raw.encode())
    assert answer.status_code == 400
    assert took < 1


def test_ac_crm_6_a_good_document_is_taken(sent):
    assert sent("xml", CHANGE.format("").encode())[0].status_code == 202
    assert sent("webhook", json.dumps({"data": {"case": "1", "status": "solved"}}).encode())[0].status_code == 202


def test_ac_crm_6_formula_cells_in_exports_are_neutralised():
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "plain"]
    line = list(csv_lines(["x"] * len(cells), [cells]))[1]
    assert [cell.strip('"')[:1] for cell in line.rstrip("\r\n").split(",")] == ["'"] * 7 + ["p"]
