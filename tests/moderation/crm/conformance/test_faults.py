"""The contract, when things go wrong: whichever answer is lost there is one record, and each fault has its name."""

import base64
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from moderation.crm.connectors.errors import (
    Ambiguous,
    AuthExpired,
    Conflict,
    ConnectorError,
    Invalid,
    RateLimited,
    Transient,
)
from moderation.crm.models import Connection
from moderation.crm.sealing import seal
from tests.fault_proxy import too_many
from tests.moderation.crm.conformance.conftest import case_data, note_data
from tests.moderation.crm.conformance.sides import WRONG, skip_unless

pytestmark = pytest.mark.slow


@pytest.fixture
def impatient(side, connection, connector):
    """A connector that does not wait long for an answer; a real server gets more time than a fake."""
    connector.upsert_contact("warm:contact:1", {"name": "warm", "key": "warm"})  # signed in
    quick = connection.connector(timeout=1.5 if side.kind == "tryton" else 0.4)
    with quick.wire:
        yield quick


def lose_each_answer(side, do):
    """Do it with the first answer lost, then the second, until none is. Answers how often it failed."""
    for number in range(12):
        side.proxy.faults.extend([None] * number + ["drop_reply"])
        try:
            do(number)
        except (Ambiguous, Transient):
            side.proxy.faults.clear()
            continue
        side.proxy.faults.clear()
        return number
    raise AssertionError("it never ends")


def test_whichever_answer_is_lost_there_is_one_contact(side, impatient, site):
    def make(number):
        ref = f"{site}:contact:{number}"
        try:
            impatient.upsert_contact(ref, {"name": "ana", "key": f"{site}{number}"})
        finally:
            side.proxy.faults.clear()
            again = impatient.upsert_contact(ref, {"name": "ana", "key": f"{site}{number}"})
            assert [found.id for found in impatient.find("contact", ref)] == [again.id]

    assert lose_each_answer(side, make) >= 1


def test_whichever_answer_is_lost_there_is_one_case(side, impatient, site):
    contact = impatient.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": f"{site}a"})

    def make(number):
        ref, data = f"{site}:case:{number}", case_data(contact.id, key=f"{site}c{number}")
        try:
            impatient.upsert_case(ref, data)
        finally:
            side.proxy.faults.clear()
            again = impatient.upsert_case(ref, data)
            assert [found.id for found in impatient.find("case", ref)] == [again.id]

    assert lose_each_answer(side, make) >= 1


def test_whichever_answer_is_lost_there_is_one_entry(side, impatient, people, site):
    contact = impatient.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": f"{site}a"})
    case = impatient.upsert_case(f"{site}:case:1", case_data(contact.id, key=f"{site}c"))

    def make(number):
        ref, data = f"{site}:event:1-{number}", note_data(site, f"Said {number}.", key=f"n{number}")
        try:
            impatient.append_note(case.id, ref, data)
        finally:
            side.proxy.faults.clear()
            if not impatient.find("note", ref, case.id):
                impatient.append_note(case.id, ref, data)
            assert len(impatient.find("note", ref, case.id)) == 1

    lost = lose_each_answer(side, make)
    shown = "\n".join(people.texts(case.id))
    assert [shown.count(f"Said {number}.") for number in range(lost + 1)] == [1] * (lost + 1)


def test_whichever_answer_is_lost_the_status_arrives(side, impatient, site):
    contact = impatient.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": f"{site}a"})

    def move(number):
        case = impatient.upsert_case(f"{site}:case:{number}", case_data(contact.id, key=f"{site}c{number}"))
        try:
            impatient.set_status(case.id, "working", 0)
        finally:
            side.proxy.faults.clear()
            assert impatient.set_status(case.id, "working", 0).status == "working"

    assert lose_each_answer(side, move) >= 1


def test_too_fast_names_the_seconds(side, connector, case):
    side.proxy.faults.append(too_many("7"))
    with pytest.raises(RateLimited) as caught:
        connector.set_status(case.id, "working", 0)
    assert caught.value.retry_after == 7


def test_too_fast_names_a_date(side, connector, case):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    side.proxy.faults.append(too_many(date))
    with pytest.raises(RateLimited) as caught:
        connector.set_status(case.id, "working", 0)
    assert 50 < caught.value.retry_after <= 60


def test_too_fast_with_an_endless_wait_is_capped(side, connector, case):
    side.proxy.faults.append(too_many("99999999"))
    with pytest.raises(RateLimited) as caught:
        connector.set_status(case.id, "working", 0)
    assert caught.value.retry_after <= 3600


@pytest.mark.parametrize(("status", "expected"), [(500, Transient), (503, Transient), (409, Conflict), (418, Invalid)])
def test_a_refusal_has_its_name(side, connector, case, status, expected):
    side.proxy.faults.append(whole_answer(status))
    with pytest.raises(expected):
        connector.set_status(case.id, "working", 0)


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_that_gave_up_leaves_it_open(side, connector, case, status):
    side.proxy.faults.append(whole_answer(status))
    with pytest.raises((Ambiguous, Transient)):
        connector.set_status(case.id, "working", 0)


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b'{"hello": 1}', b'"text"', b"[]", b"\xff"])
def test_an_answer_that_nobody_understands_is_no_success(side, connector, case, body):
    side.proxy.faults.append(whole_answer(200, body))
    with pytest.raises(ConnectorError) as caught:
        connector.read_case(case.id)
    assert caught.value.permanent


def test_a_redirect_is_not_followed(side, connector, case):
    side.proxy.faults.append(whole_answer(302, b"", "Location: http://169.254.169.254/"))
    with pytest.raises(ConnectorError):
        connector.read_case(case.id)


def test_an_answer_that_is_far_too_long_is_refused(side, connector, case):
    side.proxy.faults.append(whole_answer(200, b"[" + b"1," * 2_500_000 + b"1]"))
    with pytest.raises(Invalid):
        connector.read_case(case.id)


def test_a_line_that_is_cut_is_not_a_success(side, connector, case):
    side.proxy.faults.append("reset")
    with pytest.raises((Ambiguous, Transient)):
        connector.read_case(case.id)


def test_a_wrong_secret_is_an_expired_sign_in(connection):
    connection.sealed, connection.session = seal(WRONG), ""
    connection.save()
    connector = connection.connector()
    with connector.wire, pytest.raises(AuthExpired):
        connector.check()


def test_a_session_that_ran_out_is_renewed(side, connector, case):
    skip_unless(side, "sessions")
    if side.kind == "tryton":  # a real server: it is our copy that is made worthless
        Connection.objects.update(session=seal({"session": base64.b64encode(b"porchlight:1:worthless").decode()}))
    else:
        side.people.expire()
    assert connector.read_case(case.id).id == case.id


def test_nobody_there_is_transient(connection):
    connection.settings = {**connection.settings, "url": "http://127.0.0.1:9"}
    connector = connection.connector()
    with connector.wire, pytest.raises(Transient):
        connector.upsert_contact("x:contact:1", {"name": "ana", "key": "a"})


def test_inside_addresses_are_refused_unless_allowed(connection, settings):
    settings.CRM_MAY_REACH_INSIDE = False
    connector = connection.connector()
    with connector.wire, pytest.raises(ConnectorError, match="public addresses"):
        connector.check()


def test_secrets_are_in_no_sentence(side, connection):
    connection.settings = {**connection.settings, "url": "http://127.0.0.1:9"}
    connector = connection.connector()
    with connector.wire, pytest.raises(ConnectorError) as caught:
        connector.check()
    assert not [secret for secret in side.secrets.values() if secret in str(caught.value)]


def whole_answer(status, body=b"", *lines):
    """An answer that the proxy gives by itself."""
    head = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *lines]
    return ("answer", "\r\n".join([*head, "", ""]).encode() + body)
