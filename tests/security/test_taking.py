"""A5, A6: what belongs to somebody else is not there, and fields that nobody asked for change nothing."""

import re

import pytest
from django.apps import apps
from django.db import transaction

from community.people.models import Grant, Person
from forums.threads.models import Post
from moderation.escalation.models import Conversation, PrivateMessage
from tests.security.declared import PROGRAMS, table, verdict
from tests.security.keyring import ANA, CRM, DESK, KEYS, address, keys_of
from tests.security.watching import may_have_written, writes
from tests.security.world import person_of

pytestmark = pytest.mark.slow

GREEDY = {
    "is_staff": "1", "is_superuser": "1", "is_active": "1", "role": "administrator", "roles": "administrator",
    "level": "4", "author": "1", "person": "1", "user": "1", "by": "1", "customer": "1", "created_at": "2001-01-01",
    "accepted": "1", "is_accepted": "1", "accepted_answer": "1", "solved_at": "2001-01-01", "verified_at": "2001-01-01",
    "score": "5", "vote_count": "999", "helpful_count": "999", "state": "closed", "status": "solved", "internal": "1",
    "approved": "1", "is_hidden": "1", "is_locked": "1", "removed_at": "2001-01-01", "html": "<b>raw</b>",
    "as_staff": "on", "alias": "Dora", "side": "team", "number": "77", "kind": "announcement", "via": "mail",
    "email": "evil@example.org", "username": "evil", "password": "evil", "pk": "1", "id": "1", "brand": "kettle",
}  # fmt: skip
FILLED = {
    "title": "A title that is long enough", "text": "A text that is long enough for every form of the site.",
    "about": "A sentence about me.", "locale": "en", "time_zone": "Europe/Berlin", "decision": "refuse", "send": "1",
    "channels": "page", "reason": "Because of the test", "alias": "A new face", "languages": "en", "place": "ask",
}  # fmt: skip
OWNED = {name for name, (_value, audience) in KEYS.items() if audience in (ANA, DESK, CRM, ANA | DESK)}
GREEDY_DATE = 2001


def owned_rows():
    """Routes that name something that is not for everybody."""
    return [row for row in table() if set(keys_of(row.path)) & OWNED]


@pytest.mark.parametrize("role", ["mallory", "partner", "champion"])
def test_anothers_object_is_not_there_and_stays_as_it_is(world, browser_of, role):
    client, wrong = browser_of(role), []
    for row in owned_rows():
        url = address(row.path, world)
        for method in set(row.methods) & {"GET", "POST"}:
            with transaction.atomic(), writes() as written:
                response = client.generic(method, url) if method == "GET" else client.post(url, FILLED)
                transaction.set_rollback(True)
            shut = (
                ("sign-in",) if url.startswith(PROGRAMS) else ("missing", "forbidden")
            )  # a session opens no program's door
            if verdict(response, url) not in shut or written:
                wrong.append(f"{method} {url}: {response.status_code}, wrote {written}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["mallory", "partner"])
def test_anothers_object_looks_like_one_that_never_was(world, browser_of, role):
    client = browser_of(role)
    for row in owned_rows():
        if "GET" not in row.methods:
            continue
        known = client.get(address(row.path, world))
        names = {key.rpartition("<")[2].strip(">").rpartition(":")[2] for key in keys_of(row.path)}
        unknown = client.get(address(row.path, world, **dict.fromkeys(names, 999999999)))
        assert known.status_code == unknown.status_code, row.path
        assert steady(known) == steady(unknown), row.path


def steady(response) -> str:
    """The page without what differs from page to page anyway."""
    text = re.sub(r'"X-CSRFToken": "\w+"', "", response.content.decode())
    text = re.sub(r'(value|data-\w+|content|action|href)="[^"]*"', "", text)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("role", ["mallory", "champion", "ana"])
def test_fields_that_nobody_asked_for_are_ignored(world, browser_of, role):
    """Every form of the site, filled in and with fields that would raise somebody."""
    client, wrong = browser_of(role), []
    me = person_of(world, role)
    for row in table():
        if "POST" not in row.methods or row.path.startswith(("/demo/", "/hooks/")):
            continue
        with transaction.atomic():
            with may_have_written() as written:
                response = client.post(address(row.path, world), {**GREEDY, **FILLED})
            wrong += [f"{row.path}: {found}" for found in (raised(me) if written else [])]
            if response.status_code >= 500:
                wrong.append(f"{row.path}: {response.status_code}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def raised(me: Person) -> list[str]:
    """What must not have come of it, anywhere in the database."""
    found = []
    now = Person.objects.get(pk=me.pk)
    if (now.username, now.level, now.email, now.is_staff) != (me.username, me.level, me.email, False):
        found.append("the person changed")
    if Grant.objects.filter(person=me, role="administrator").exists():
        found.append("a role was given")
    if Post.objects.filter(author=me).exclude(alias="").exists() or Post.objects.filter(score__gte=5).exists():
        found.append("a member speaks for the team, or chose a score")
    if PrivateMessage.objects.filter(author=me, side="team").exists():
        found.append("a customer writes as the team")
    if Conversation.objects.filter(customer=me, title=FILLED["title"]).exclude(state="team").exists():
        found.append("a state was chosen")
    for model in apps.get_models():
        for name in ("created_at", "verified_at", "solved_at", "removed_at"):
            if has(model, name) and model._default_manager.filter(**{f"{name}__year": GREEDY_DATE}).exists():
                found.append(f"{model.__name__}.{name} was chosen")
        for name in ("html", "source"):
            if has(model, name) and model._default_manager.filter(**{name: GREEDY["html"]}).exists():
                found.append(f"{model.__name__}.{name} was taken as it is")
    return found


def has(model, name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())
