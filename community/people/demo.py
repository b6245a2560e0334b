"""Stepping into the shoes of the demo's people. Never in production, and never into anybody else's."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.cast import CAST
from community.people.models import Person
from community.people.roles import Role
from community.refusals import Refusal

STEPPED_IN = "stepped_in"
BACKEND = "community.people.backends.SignedInBackend"
DOMAINS = ("@northlight.example", "@example.org", "@example.com")


def demo_people() -> dict[str, Person]:
    """The cast, as far as it is here: known by name and by an address that nobody can really have."""
    people = Person.objects.active().filter(username_key__in=CAST)
    return {person.username_key: person for person in people if person.email.endswith(DOMAINS)}


def is_demo_on() -> bool:
    """Whether the demo community is installed here. Asked at every page, so the answer is kept for half a minute."""
    if settings.PRODUCTION:
        return False
    known = cache.get("demo.is_on")
    if known is None:
        dora = Person.objects.filter(username_key="dora", email__endswith="@northlight.example")
        known = dora.with_role(Role.AGENT).exists()  # nobody becomes that by signing up under her name
        cache.set("demo.is_on", known, 30)
    return bool(known)


def step_in(request: HttpRequest, name: str) -> Person:
    """Sign in as one of the cast, second factor included, and write it down."""
    person = demo_people().get(name) if is_demo_on() else None
    if person is None:
        raise Refusal(_("Only the people of the demo lend their shoes."), code="not_of_the_demo", status=404)
    logout(request)
    login(request, person, backend=BACKEND)
    request.session[STEPPED_IN] = {"person": person.pk, "at": int(time.time())}
    UserSession.objects.create_from_request(request)
    record(Verb.DEMO_STEPPED_IN, actor=person, subject=person)
    return person


def is_demo_session(request: HttpRequest) -> bool:
    """Whether this session belongs to a visitor in borrowed shoes: their second factor counts as shown."""
    borrowed = request.session.get(STEPPED_IN)
    return borrowed is not None and borrowed["person"] == request.user.pk and is_demo_on()
