"""Giving somebody a role and taking it away. There is always an administrator left."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import close_sockets
from community.live.purging import purge
from community.people.roles import Capability, Role
from community.refusals import Refusal


class GrantablePerson:
    """What can be done about somebody's roles."""

    pk: int
    grants: Any
    can: Any

    @transaction.atomic
    def grant(
        self, role: Role, *, by: Any, brand: str = "", expires_at: datetime | None = None, reason: str = ""
    ) -> Any:
        """Give the role, for one brand (its slug) or everywhere, until then or for good."""
        _refuse_unless_granting(by)
        if expires_at and expires_at <= timezone.now():
            raise Refusal(_("This moment has passed already."), code="past", status=422)
        open_grant = self.grants.select_for_update().filter(role=role, brand=brand, revoked_at__isnull=True).first()
        if open_grant and not open_grant.has_expired:
            raise Refusal(_("The person has this role already."), code="has_role")
        if open_grant:
            open_grant.expire()
        fields = {"role": role, "brand": brand, "by": by, "expires_at": expires_at, "reason": reason.strip()[:200]}
        grant = self.grants.create(**fields)
        self.forget_grants()
        until = expires_at.isoformat() if expires_at else ""
        facts = {"role": str(role), "brand": brand, "until": until, "reason": grant.reason, "grant": grant.pk}
        purge("people", f"person-{self.pk}")  # their page and the list of the team say it
        record(Verb.ROLE_GRANTED, actor=by, subject=self, **facts)  # type: ignore[arg-type]
        return grant

    @property
    def grants_roles(self) -> bool:
        """Whether the page of roles is theirs; for templates."""
        return bool(self.can(Capability.GRANT_ROLES))

    @property
    def answers_as_staff(self) -> bool:
        """Whether they meet customers under a persona; for templates."""
        return bool(self.can(Capability.ANSWER_AS_STAFF))

    @property
    def works_the_queue(self) -> bool:
        """Whether customers may ask for them by name; for templates."""
        return bool(self.can(Capability.WORK_THE_QUEUE))

    @property
    def sets_levels(self) -> bool:
        """Whether they decide what the trust levels ask for; for templates."""
        return bool(self.can(Capability.SET_LEVELS))

    def forget_grants(self) -> None:
        """The grants are asked for again at the next question."""
        self.__dict__.pop("current_grants", None)


class RevocableGrant:
    """What can be done about a role that somebody has."""

    pk: int
    person: Any
    role: str
    brand: str
    expires_at: datetime | None
    revoked_at: datetime | None
    save: Any

    @property
    def role_name(self) -> str:
        """The role in words."""
        return self.role.replace("_", " ")

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @transaction.atomic
    def revoke(self, *, by: Any, reason: str) -> None:
        """Take the role away, now, and say why: the next request is refused and open sockets are closed."""
        _refuse_unless_granting(by)
        if not reason.strip():
            raise Refusal(_("Say why, for the log and for whoever had it."), code="reason_missing", status=422)
        if self.role == Role.ADMINISTRATOR:
            self._refuse_last_administrator()
        if self.revoked_at is None:
            self._close(timezone.now(), by, reason)

    def expire(self) -> None:
        """The time of the grant is over."""
        if self.revoked_at is None and self.expires_at:
            self._close(self.expires_at, None, "expired")

    def _close(self, at: datetime, by: Any, reason: str) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        self.person.forget_grants()
        facts = {"role": str(self.role), "brand": self.brand, "reason": reason, "grant": self.pk}
        purge("people", f"person-{self.person.pk}")
        record(Verb.ROLE_REVOKED, actor=by, subject=self.person, **facts)
        close_sockets(self.person)

    def _refuse_last_administrator(self) -> None:
        """Locked, so that two administrators cannot take each other's role in the same moment."""
        in_force = apps.get_model("people", "Grant").objects.in_force().select_for_update().order_by("pk")
        lasting = [g for g in in_force.filter(role=Role.ADMINISTRATOR, brand="") if g.pk != self.pk]
        if not any(grant.expires_at is None and grant.person.is_active for grant in lasting):
            sentence = _("This is the last administrator. Give somebody else the role first.")
            raise Refusal(sentence, code="last_administrator")


def _refuse_unless_granting(by: Any) -> None:
    """A command (`by` is None) may, and people who grant roles."""
    if by is not None and not by.can(Capability.GRANT_ROLES):
        raise Refusal(_("Only administrators give and take roles."), code="not_allowed", status=403)
