"""Who held which role at a moment of the past, and who works for the company: for what is counted or shown later."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from community.people.models import Grant, Person
from community.people.roles import STAFF_ROLES, Role


class RolesThen:
    """The roles of some people through time, read once."""

    def __init__(self, grants: Iterable[Grant], employees: Iterable[int]) -> None:
        self.grants: dict[int, list[Grant]] = defaultdict(list)
        for grant in grants:
            self.grants[grant.person_id].append(grant)
        self.employees = set(employees)

    @classmethod
    def of(cls, people: set[int]) -> "RolesThen":
        """Of these people, in two queries."""
        return cls(Grant.objects.filter(person__in=people), employees_among(people)) if people else cls([], [])

    def at(self, person_id: int, moment: datetime) -> set[Role]:
        """The roles somebody held then."""
        return {Role(grant.role) for grant in self.grants[person_id] if held(grant, moment)}

    def was_team(self, person_id: int, moment: datetime) -> bool:
        """Whether they worked for the company: by a role then, or by an address of the company."""
        return person_id in self.employees or bool(self.at(person_id, moment) & STAFF_ROLES)

    def was_champion(self, person_id: int, moment: datetime) -> bool:
        return Role.CHAMPION in self.at(person_id, moment)


def held(grant: Grant, moment: datetime) -> bool:
    """Whether a grant was in force then."""
    ends = [end for end in (grant.revoked_at, grant.expires_at) if end]
    return grant.created_at <= moment and all(moment < end for end in ends)


def is_employee(person: Person) -> bool:
    """Whether somebody's address is one of the company's."""
    return person.email.rpartition("@")[2].lower() in settings.COMPANY_MAIL_DOMAINS


def employees_among(people: set[int]) -> set[int]:
    """Those of them whose address is one of the company's."""
    rows = Person.objects.filter(pk__in=people).values_list("pk", "email")
    return {pk for pk, email in rows if email.rpartition("@")[2].lower() in settings.COMPANY_MAIL_DOMAINS}
