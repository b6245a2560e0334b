"""F11 and H10: each operation × keys that read and keys that write, of everybody; and nonsense."""

import os
import re
from collections import Counter
from urllib.parse import quote

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.api.describing import described, description
from community.api.scopes import SCOPES, Act, Area
from tests.community.api.program import Program
from tests.security.keyring import address, knows
from tests.security.watching import writes
from tests.security.world import person_of

pytestmark = pytest.mark.slow

CASES = int(os.environ.get("FUZZ_CASES", "6"))
"""Of each operation and kind; H10 asks for 200."""
OWN = {
    "DELETE /api/v1/posts/{pk}/": "champion",
    "PUT /api/v1/reviews/{pk}/": "ana",
    "POST /api/v1/reviews/{pk}/photos/": "ana",
}
"""What only its author does: nobody else finds it there."""
OF_KEYS = {"scope_missing", "key_missing"}
REFUSED = {401, 403, 404}


def route_of(path: str) -> str:
    """The address as the key ring has it."""
    return re.sub(r"{(\w+)}", lambda found: f"<{kind_of(found[1])}:{found[1]}>", path)


def kind_of(name: str) -> str:
    """Of what kind a part of an address is, by its name."""
    if name == "slug":
        return "slug"
    return "int" if name in ("pk", "post_pk", "number") or name.endswith("_id") else "str"


@pytest.mark.parametrize("role", ["member", "ana", "mallory", "agent", "partner", "auditor", "admin"])
@pytest.mark.parametrize("act", ["read", "write"])
def test_each_operation_answers_this_key_as_declared(world, role, act):
    program = Program(person_of(world, role), [scope for scope in SCOPES if scope.endswith(act)])
    wrong = []
    for one in described():
        route = route_of(one.path)
        path = address(route, world)
        with transaction.atomic(), writes() as written:
            answer = program.ask(one.method, path.removeprefix("/api/v1"), {} if one.method != "GET" else None)
            transaction.set_rollback(True)
        status, expected = answer.status_code, expected_of(one, world, role, act, route)
        is_own_rule = status == 403 and answer.json()["code"] not in OF_KEYS
        if status != expected if expected else status in REFUSED and not is_own_rule:
            wrong.append(f"{one.method} {path}: {status}, not {expected}")
        if set(written) - {"api_apikey"} and status >= 400:
            wrong.append(f"{one.method} {path} wrote {written} though {status}")
    assert not wrong, "\n".join(wrong)


def expected_of(one, world, role, act, route) -> int | None:
    """The status of a refusal; None when it is theirs to ask for, whatever it then says to an empty body."""
    person = person_of(world, role)
    if one.operation.act != act:
        return 403
    if role == "auditor" and act == Act.WRITE and one.operation.area != Area.OWN:
        return 403  # at the door, before anything is looked for
    needs = one.operation.needs
    if needs and not any(person.can(capability) for capability in needs):
        return 403 if person.is_team else 404
    if OWN.get(f"{one.method} {one.path}", role) != role:
        return 404
    return None if knows(route, role) else 404


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=6,
)
IN_A_HURRY = settings(
    max_examples=CASES, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_h10_no_operation_answers_what_its_description_does_not_say(world):
    """Bodies and queries that fit the description, and some that do not. `Program` judges every answer."""
    program = Program(world.cast.kim)
    schema = schemathesis.openapi.from_dict(description())
    statuses = {found.ok().label: fuzz(found.ok(), program, world) for found in schema.get_all_operations()}
    assert len(statuses) == len(list(described()))
    asked = {name: sum(answers.values()) for name, answers in statuses.items()}
    assert {name for name, times in asked.items() if times < CASES} == set()
    assert {name for name, answers in statuses.items() if max(answers) >= 500} == set()


def fuzz(operation, program: Program, world) -> Counter[int]:
    """One operation, at the address of an object that is there. Answers how often it answered what."""
    statuses: Counter[int] = Counter()
    path = address(route_of(operation.path), world).removeprefix("/api/v1")
    needs_match = any(row.get("name") == "If-Match" for row in operation.definition.raw.get("parameters", []))
    headers = {"If-Match": "*"} if needs_match else {}

    def ask(body, query) -> None:
        with transaction.atomic():
            asked = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
            sent = None if operation.method.upper() == "GET" else body
            said = program.ask(operation.method.upper(), f"{path}?{asked}" if asked else path, sent, **headers)
            statuses[said.status_code] += 1
            transaction.set_rollback(True)

    @IN_A_HURRY
    @given(case=operation.as_strategy())
    def fitting(case) -> None:
        ask(case.body if isinstance(case.body, dict | list) else {}, case.query or {})

    @IN_A_HURRY
    @given(body=NONSENSE, query=st.dictionaries(st.sampled_from(["after", "page", "q", "view", "sort"]), st.text()))
    def odd(body, query) -> None:
        ask(body, query)

    fitting()
    odd()
    return statuses
