"""Who stands in for a role while somebody looks at the site as it."""

from typing import Any

from community.people.models import Held, Person
from community.people.roles import Capability, Role

NOBODY = -1
LEVELS = {Role.MEMBER: 0, Role.CHAMPION: 3}


class StandIn(Person):
    """Somebody with one role, who is nobody: never saved, and has no row."""

    class Meta:
        proxy = True
        app_label = "decisions"

    looker: Person

    @classmethod
    def with_role(cls, role: Role, looker: Person) -> "StandIn":
        """As seen by this person."""
        name = str(role).replace("_", " ").capitalize()
        who = cls(pk=NOBODY, username=name, username_key="", locale=looker.locale, time_zone=looker.time_zone,
                  level=LEVELS.get(role, 2), hue=looker.hue)  # fmt: skip
        who.looker = looker
        who.__dict__["current_grants"] = [] if role == Role.MEMBER else [Held(role, "")]
        return who

    def can(self, capability: Capability, brand: str | None = None) -> bool:
        """What the role may, and the looker too."""
        return super().can(capability, brand) and self.looker.can(capability, brand)

    def brands_for(self, capability: Capability) -> set[str] | None:
        """For no more brands than the looker."""
        return self.looker.brands_for(capability) if super().can(capability) else set()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """There is nothing to keep."""
