"""Who is signed in: asked at every request and every socket, so that a suspension counts at once."""

from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from community.people.models import Grant, Held, Person
from community.people.roles import Role
from community.prepared import Prepared

BETWEEN = "/"
COLUMNS = [field.attname for field in Person._meta.concrete_fields]


def person_with_roles(pk: int, now_at: datetime) -> QuerySet[Person, tuple[Any, ...]]:
    """Everything about somebody who may come in, and the roles they hold at this moment."""
    pair = Concat("role", Value(BETWEEN), "brand", output_field=CharField())
    held = Grant.objects.in_force(now_at).filter(person=OuterRef("pk")).values(pair=pair)
    people = Person.objects.active().not_suspended(now_at).filter(pk=pk)
    return people.annotate(held=ArraySubquery(held)).values_list(*COLUMNS, "held")


def held_of(pair: str) -> Held:
    role, _between, brand = pair.partition(BETWEEN)
    return Held(Role(role), brand)


prepared = Prepared(person_with_roles, pk=int, now_at=datetime)


class SignedInBackend(AuthenticationBackend):
    """allauth's sign-in; a session of somebody suspended or closed is nobody's."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person, with the roles they hold now; nobody when they may not come in."""
        row = prepared.row(pk=int(user_id), now_at=timezone.now())
        if row is None:
            return None
        person = Person.from_db("default", COLUMNS, row[:-1])
        person.current_grants = [held_of(pair) for pair in row[-1]]
        return person

    def _authenticate(self, request: Any, **credentials: Any) -> Person | None:
        """An address is tried once, not also as a name: a second computation would tell that the account exists."""
        if credentials.get("username") == credentials.get("email"):
            credentials.pop("username", None)
        person: Person | None = super()._authenticate(request, **credentials)
        return person
