"""AC-POL-5: whoever audits reads everything that was done, and changes nothing of it."""

from django.db import transaction

from community.api.describing import described
from community.people.roles import Capability
from tests.community.api.program import Program
from tests.security.declared import table
from tests.security.keyring import address
from tests.security.test_programs import route_of
from tests.security.watching import writes

FILLED = {
    "reason": "It shows an address", "facts": "It shows an address", "deeds": ["hide"], "text": "Another text.",
    "confirm": "on", "title": "A title that is long enough", "why": "It was wrong", "name": "Mine", "version": 1,
}  # fmt: skip


IN_CONFIDENCE = "/desk/concerns/"
"""What people of the team tell an auditor alone is answered there: it is no part of what is audited."""


def of_the_team(row) -> bool:
    """A page where the team works: under the desk, or opened by a capability."""
    return bool(row.capabilities) or row.path.startswith(("/desk/", "/admin/"))


def test_ac_pol_5_jo_cannot_write_anything_at_the_desk(world, browser_of):
    client, wrong, asked = browser_of("auditor"), [], 0
    for row in table():
        if not of_the_team(row) or "POST" not in row.methods or row.path.startswith(IN_CONFIDENCE):
            continue
        cookies, asked = client.cookies.copy(), asked + 1
        with transaction.atomic(), writes() as written:
            said = client.post(address(row.path, world), FILLED).status_code
            transaction.set_rollback(True)
        client.cookies = cookies
        if said not in (403, 404) or written:
            wrong.append(f"{row.path}: {said}, wrote {written}")
    assert wrong == []
    assert asked > 100, "there is more at the desk than that"


def test_ac_pol_5_what_opens_to_jo_is_for_reading(world):
    opened = [row for row in table() if Capability.SEE_AUDIT in row.capabilities]
    assert {row.path for row in opened} >= {"/desk/actions/", "/desk/actions/export/", "/desk/actions/signed/"}
    assert {method for row in opened for method in row.methods} <= {"GET", "HEAD", "OPTIONS"}


def test_ac_pol_5_a_program_of_jo_writes_nothing_for_the_team(world):
    program, asked = Program(world.cast.jo), 0
    for one in described():
        if one.method == "GET" or not one.operation.needs:
            continue
        asked += 1
        path = address(route_of(one.path), world).removeprefix("/api/v1")
        with transaction.atomic(), writes() as written:
            answer = program.ask(one.method, path, FILLED, **{"If-Match": "*"})
            transaction.set_rollback(True)
        assert answer.status_code == 403, path
        assert not set(written) - {"api_apikey"}, path
    assert asked >= 5
