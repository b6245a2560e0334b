"""Suspending somebody: out at once, everywhere, and for a reason."""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.broadcasting import close_sockets
from community.live.purging import purge
from community.people.roles import Capability
from community.refusals import Refusal


class SuspendablePerson:
    """What can be done about somebody who must stay out for a while."""

    pk: int
    suspensions: Any
    can: Any

    @transaction.atomic
    def suspend(self, *, by: Any, reason: str, until: datetime | None = None) -> Any:
        """Keep the person out, until then or until it is lifted. Sessions and sockets end at once."""
        self._refuse_to_suspend(by, reason)
        suspension = self._kept_out_until(until)
        if suspension is None:
            suspension = self.suspensions.create(by=by, reason=reason.strip(), until=until)
            until_text = until.isoformat() if until else ""
            record(Verb.PERSON_SUSPENDED, actor=by, subject=self, until=until_text)  # type: ignore[arg-type]
        self.end_sessions()
        purge("people", f"person-{self.pk}")  # lists of people leave them out
        return suspension

    def _kept_out_until(self, until: datetime | None) -> Any:
        """The suspension that keeps them out for as long already."""
        lasting = Q(until__isnull=True) | Q(until__gte=until) if until else Q(until__isnull=True)
        return self.suspensions.in_force().filter(lasting).first()

    @transaction.atomic
    def lift_suspension(self, *, by: Any, reason: str = "", only: Any = None) -> None:
        """Let the person in again, or lift `only` one of several suspensions. Nothing happens without one."""
        _refuse_unless_moderator(by)
        lifted = self.suspensions.in_force().filter(**({"pk": only.pk} if only else {}))
        if lifted.update(lifted_at=timezone.now()):
            record(Verb.PERSON_SUSPENSION_LIFTED, actor=by, subject=self, reason=reason)  # type: ignore[arg-type]
            purge("people", f"person-{self.pk}")

    def end_sessions(self, but: str = "") -> int:
        """Sign the person out everywhere, but for the session named. Answers how many sessions ended."""
        sessions = UserSession.objects.filter(user_id=self.pk).exclude(session_key=but)
        ended = [session.end() for session in sessions]
        close_sockets(self)
        return len(ended)

    def _refuse_to_suspend(self, by: Any, reason: str) -> None:
        _refuse_unless_moderator(by)
        if by is not None and by.pk == self.pk:
            raise Refusal(_("You cannot suspend yourself."), code="yourself")
        if not reason.strip():
            raise Refusal(_("Say why, so that the person can be told."), code="reason_missing", status=422)
        if self.can(Capability.GRANT_ROLES):
            raise Refusal(_("Take the administrator's role away first."), code="administrator")


def _refuse_unless_moderator(by: Any) -> None:
    """A command (`by` is None) may, and people who moderate."""
    if by is not None and not by.can(Capability.MODERATE):
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
