"""Nothing is taken from anybody without a stored reason: every address that changes something, and every command."""

import ast

import pytest
from django.db import transaction

from community.api.describing import described
from community.events.models import Event
from community.events.verbs import Verb
from community.people.models import Person, Suspension
from community.people.silencing import Silence
from forums.reviews.models import PhotoHiding, Review, SetAside
from forums.threads.models import Hiding, Lock, Post, Suggestion, Thread, Voiding
from moderation.decisions.models import Action, StatementOfReasons
from moderation.escalation.models import PrivateMessage
from moderation.flags.models import HouseRule
from tests.architecture.tree import Source, product, read
from tests.community.api.program import Program
from tests.jobs import work
from tests.security.declared import table
from tests.security.keyring import address
from tests.security.test_programs import route_of
from tests.security.watching import may_have_written

pytestmark = pytest.mark.slow

TAKING = {"hide", "suspend", "silence", "void", "lock", "keep_out"}
"""Verbs that take content or rights from somebody. Each is called with the reason, or it is not called."""
RAW = {("Hiding", "create"), ("Suspension", "create"), ("Silence", "create"), ("Voiding", "create"), ("Lock", "create")}
TAKEN = (Hiding, Suspension, Silence, Voiding, Lock, PhotoHiding, SetAside)
"""What was taken is a row of its own, with the reason in it."""
FROM_SOMEBODY = [Verb.ROLE_REVOKED, Verb.API_KEY_REVOKED, Verb.CHANGE_DECLINED, Verb.REVIEW_PROOF_WITHDRAWN]
"""What was taken is gone or closed, and its event has the reason."""
KEPT = (Person, Thread, Post, Review, Suggestion, PrivateMessage)
"""Nothing of these is deleted by any address, but by its own author within the half minute of an undo."""
COMMANDS = {
    "backup": "copies", "restore": "brings back a whole copy of the site", "up": "starts", "urls": "reads",
    "demo": "removes only what it made itself", "crm_demo": "makes", "evaluate_similar": "reads", "reindex": "rebuilds",
    "cut_audit": "exports what is older than two years, then deletes it behind a signed seal",
    "evaluate_spam": "reads", "evaluate_toxicity": "reads", "prepare": "makes",
    "mailbox": "fetches mail", "verify_audit": "reads", "recount_reviews": "counts", "recompute_reputation": "counts",
    "import_threads": "adds", "import_reviews": "adds", "migrate": "makes tables", "push_keys": "makes",
    "run_levels": "lowers after a warning and days of grace, with the figures in its history",
}  # fmt: skip


def sent(world) -> dict[str, object]:
    """What opens every form: a reason among much else."""
    return {
        "reason": "It shows an address", "facts": "It shows an address", "rule": HouseRule.objects.get(slug="spam").pk,
        "deeds": ["hide", "suspend"], "outcome": "acted", "text": "Another text that is long enough for all.",
        "confirm": "on", "for_good": "on", "source": "Another text", "version": 1, "case": [world.flag_case.pk],
        "kinds": ["email"], "words": "lamp", "purpose": "To look after it", "seen": "", "why": "It was wrong",
    }  # fmt: skip


def unexplained() -> list[str]:
    """What was taken from somebody so far without a reason or a statement."""
    rows = [row for model in TAKEN for row in model.objects.all()]
    wrong = [f"{type(row).__name__} {row.pk}" for row in rows if not row.reason.strip()]
    taken = Event.objects.filter(verb__in=FROM_SOMEBODY)
    wrong += [
        f"{event.verb} {event.subject_id}"
        for event in taken
        if event.actor_id != event.subject_id and not event.details["reason"].strip()
    ]
    told = set(StatementOfReasons.objects.values_list("person", flat=True))
    hidden = Post.objects.filter(hiding__isnull=False).exclude(author__in=told)
    out = Suspension.objects.in_force().exclude(person__in=told)
    wrong += [f"no statement for post {post.pk}" for post in hidden]
    wrong += [f"no statement for suspension {row.pk}" for row in out]
    acted = Action.objects.standing().filter(decision__statement__isnull=True, decision__case__concerns__isnull=False)
    return wrong + [f"no statement for action {action.pk}" for action in acted]


def counted() -> dict[str, int]:
    """How much there is of what may not vanish."""
    return {model.__name__: model.objects.count() for model in KEPT}


def vanished(before: dict[str, int]) -> list[str]:
    """What there is less of than before."""
    return [f"{name} deleted" for name, number in counted().items() if number < before[name]]


@pytest.mark.parametrize("role", ["admin", "manager"])
def test_no_address_takes_anything_without_a_stored_reason(world, browser_of, role):
    client, wrong, taken, before, form = browser_of(role), [], 0, counted(), sent(world)
    for row in table():
        if "POST" not in row.methods:
            continue
        cookies = client.cookies.copy()
        with transaction.atomic():
            with may_have_written() as written:
                client.post(address(row.path, world), form)
            if written:
                work()
                wrong += [f"{row.path}: {fault}" for fault in [*unexplained(), *vanished(before)]]
                taken += Hiding.objects.count() > 1
            transaction.set_rollback(True)
        client.cookies = cookies
    assert wrong == []
    assert taken, "no address hid anything: the test sees nothing"


@pytest.mark.parametrize("name", ["kim", "hana", "dora"])
def test_no_operation_of_the_api_takes_anything_without_a_stored_reason(world, name):
    program, wrong, asked, before = Program(getattr(world.cast, name)), [], 0, counted()
    for one in described():
        if one.method == "GET":
            continue
        path, asked = address(route_of(one.path), world).removeprefix("/api/v1"), asked + 1
        with transaction.atomic():
            program.ask(one.method, path, sent(world), **{"If-Match": "*"})
            work()
            wrong += [f"{one.method} {one.path}: {fault}" for fault in [*unexplained(), *vanished(before)]]
            transaction.set_rollback(True)
    assert wrong == []
    assert asked >= 20


def test_what_browsers_change_they_change_by_post():
    """So that the walk above sees every address that changes something."""
    others = {"PUT", "PATCH", "DELETE"}
    assert [row.path for row in table() if not row.operations and set(row.methods) & others] == []


def without_reason(sources: list[Source]) -> list[str]:
    """Calls of a taking verb that give no reason, and rows of takings made behind the verbs' backs."""
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            given = {word.arg for word in node.keywords}
            if name in TAKING and "by" in given and "reason" not in given:
                found.append(f"{source.path}:{node.lineno} {name}")
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
                owner = getattr(node.func.value.value, "id", "")
                if (owner, name) in RAW and "reason" not in given:
                    found.append(f"{source.path}:{node.lineno} {owner}.{name}")
    return found


def test_no_code_takes_anything_without_a_reason():
    assert without_reason(product()) == []


def test_a_taking_without_a_reason_is_found():
    wrong = "post.hide(by=hana)\nHiding.objects.create(post=post, by=hana)\npost.hide(by=hana, reason='spam')\n"
    assert without_reason([Source("forums/a.py", wrong)]) == ["forums/a.py:1 hide", "forums/a.py:2 Hiding.create"]


def test_every_command_is_known_and_takes_nothing():
    commands = [source for source in read("*.py", "community", "forums", "moderation") if "/commands/" in source.path]
    names = {source.path.rsplit("/", 1)[1].removesuffix(".py") for source in commands} - {"__init__"}
    assert names == set(COMMANDS)
    assert without_reason(commands) == []
