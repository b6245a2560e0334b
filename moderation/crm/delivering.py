"""Delivering a case's outbox: in order, one entry at a time, and never twice."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from moderation.crm.connectors.base import Connector
from moderation.crm.connectors.errors import (
    Ambiguous,
    AuthExpired,
    Conflict,
    ConnectorError,
    Gone,
    Invalid,
    RateLimited,
    Transient,
)
from moderation.crm.erasing import stop_telling
from moderation.crm.locks import advisory_lock
from moderation.crm.matching import Undecided
from moderation.crm.models import Attempt, Case, CasePush, Connection, Erasure, Match
from moderation.crm.pacing import next_try
from moderation.crm.returning import break_link
from moderation.crm.saying import say
from moderation.crm.settling import settle
from moderation.crm.waking import remind

log = logging.getLogger(__name__)
State, Kind = CasePush.State, CasePush.Kind
LONG_WAIT = timedelta(minutes=5)


def deliver(case_id: int) -> None:
    """Say what waits for a case. Only one process does so at a time; another one comes back in a second.

    The lock is PostgreSQL's, held by the connection: a killed worker leaves no lock behind.
    """
    with advisory_lock("crm.case", case_id) as is_mine:
        if not is_mine:
            remind(case_id, "busy", timezone.now() + timedelta(seconds=1))
            return
        case = Case.objects.select_related("connection", "item", "customer").filter(pk=case_id).first()
        if case and case.connection and case.connection.is_active:
            deliver_in_order(case, case.connection)


def deliver_in_order(case: Case, connection: Connection) -> None:
    """One entry after the other, until none is left or one has to wait."""
    connector: Connector | None = None
    try:
        while push := next_push(case):
            now = timezone.now()
            later = push.next_at if push.next_at > now else connection.wait_for_turn(now)
            if later:
                if later - now > LONG_WAIT:  # the sweep need not look before
                    CasePush.objects.filter(pk=push.pk).update(next_at=later)
                remind(case.pk, "later", later)
                return
            connector = connector or connection.connector()
            if not attempt(push, connector, connection, now):
                return
    finally:
        if connector:
            connector.wire.client.close()


def next_push(case: Case) -> CasePush | None:
    """The entry whose turn it is. Nothing follows a contact or a case that was given up; a note steps aside.

    Nothing at all is said while it is undecided who the customer is in the CRM. What is to be erased waits for none of
    this, and nothing else is said of a case that is broken, or whose customer asked to be erased.
    """
    if Erasure.objects.hold_for(case.customer_id, case.contact.pk):
        stop_telling(case.customer)
    push = case.pushes.unsettled().order_by("sequence").first()
    if case.broken_at:
        push = case.pushes.unsettled().filter(kind=Kind.ERASE).order_by("sequence").first()
    if push is None or push.kind == Kind.ERASE:
        return push
    if Match.objects.waiting().filter(connection=case.connection, person=case.contact).exists():
        return None
    stuck = case.pushes.filter(state=State.DEAD, kind__in=[Kind.CONTACT, Kind.CASE], sequence__lt=push.sequence)
    heads = {kind: case.pushes.filter(kind=kind, state=State.SENT).exists() for kind in (Kind.CONTACT, Kind.CASE)}
    is_stuck = any(not heads[Kind(dead.kind)] for dead in stuck)
    return None if is_stuck else push


def attempt(push: CasePush, connector: Connector, connection: Connection, began: datetime) -> bool:
    """Try once, in a turn that began just now. True when the next entry may follow."""
    is_unsure = push.state != State.WAITING  # cut off or unanswered: it may have arrived
    push.tries += 1
    push.state, push.first_tried_at = State.SENDING, push.first_tried_at or timezone.now()
    push.save(update_fields=["tries", "state", "first_tried_at"])
    row = Attempt.objects.create(push=push, number=push.tries)
    try:
        remote = say(push, connector, connection, look_first=is_unsure)
        settle(push, connection, remote)
    except ConnectorError as error:
        end(row, error.name, str(error))
        if isinstance(error, Gone | Conflict | Invalid | Undecided):  # it is no yes, but it is an answer
            connection.went_well(began)
        return failed(push, connection, error, is_unsure)
    except Exception as error:
        log.exception("push failed", extra={"push": push.pk})
        end(row, "Invalid", type(error).__name__)
        push.give_up(f"{type(error).__name__}: a fault of ours, see the log.")
        return True
    end(row, "ok", "")
    connection.went_well(began)
    return True


def end(row: Attempt, outcome: str, detail: str) -> None:
    """Write down how a try ended."""
    row.outcome, row.detail, row.ended_at = outcome, detail[:500], timezone.now()
    row.save(update_fields=["outcome", "detail", "ended_at"])


def failed(push: CasePush, connection: Connection, error: ConnectorError, is_unsure: bool) -> bool:
    """Decide what a failure means. True when the entry is settled all the same, so that the next may follow."""
    now = timezone.now()
    if isinstance(error, Undecided):
        push.state, push.error = State.WAITING, str(error)
        push.save(update_fields=["state", "error"])
        return False
    if isinstance(error, Gone):
        break_link(push.case, version=0)
        push.give_up(str(error))
        return False
    if error.permanent or (push.is_overdue and not isinstance(error, RateLimited | AuthExpired)):
        push.give_up(str(error))
        return True
    push.state = State.AMBIGUOUS if is_unsure or isinstance(error, Ambiguous) else State.WAITING
    push.error, push.next_at = str(error)[:500], next_try(error, push.tries, now)
    push.save(update_fields=["state", "error", "next_at"])
    slow_down(connection, error, push.next_at, now)
    remind(push.case_id, "later", push.next_at)
    return False


def slow_down(connection: Connection, error: ConnectorError, until: datetime, now: datetime) -> None:
    """What one failure means for the whole connection."""
    if isinstance(error, AuthExpired):
        connection.pause(by=None, reason=str(error))
    elif isinstance(error, RateLimited):
        connection.hold(until)
    elif isinstance(error, Transient | Ambiguous):
        connection.went_wrong(now)
