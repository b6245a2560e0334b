"""Saying one entry of the outbox through a connector."""

from typing import Any

from moderation.crm.connectors.base import Connector, RefKind, Remote
from moderation.crm.connectors.errors import Conflict, Gone, Invalid
from moderation.crm.filling import empty, fill
from moderation.crm.matching import allowed, contact_of, is_linked, refuse_foreign_erasure
from moderation.crm.models import CasePush, Connection, Match, RemoteRef

Kind = CasePush.Kind


def say(push: CasePush, connector: Connector, connection: Connection, *, look_first: bool) -> Remote:
    """The record as the CRM has it afterwards. With `look_first` nothing is made that is there already."""
    if push.payload.get("is_private") and not connection.is_private_allowed:
        raise Invalid("This connection may not be told private messages.")
    data = {**push.payload, "key": push.key}
    if push.kind == Kind.CONTACT:
        return say_contact(push, connector, connection, data, look_first)
    if push.kind == Kind.CASE:
        contact = known(connection, "contact", push.payload["contact_ref"])
        if not contact:
            raise Conflict("The contact is not there yet.")
        here = known(connection, "case", push.ref)
        there = found(connector, "case", push.ref) if look_first and not here else None
        remote = there or connector.upsert_case(push.ref, {**data, "contact": contact}, here)
        return fill(connection, connector, "case", data, remote, is_new=not here)
    case = push.case.remote_id
    if not case and push.kind != Kind.ERASE:
        raise Conflict("The case is not there yet.")
    if push.kind == Kind.STATUS:
        return connector.set_status(case, push.payload["status"], push.payload["version"])
    if push.kind == Kind.ERASE:
        record = known(connection, push.payload["kind"], push.ref)
        if push.payload["kind"] == "contact":
            refuse_foreign_erasure(connection, push.case.customer, record)
        try:
            if push.payload["kind"] != "note":
                empty(connection, connector, push.payload["kind"], record)
            connector.erase(push.payload["kind"], push.ref, record, case)
        except Gone:
            return Remote(record or push.ref, fields={"is_gone": True})
        return Remote(record or push.ref)
    return say_note(push, connector, case, data, known(connection, "note", push.ref), look_first)


def say_contact(
    push: CasePush, connector: Connector, connection: Connection, data: dict[str, Any], look_first: bool
) -> Remote:
    """The contact: ours, or one that the CRM had before us. One that was deleted over there is made anew."""
    here = known(connection, "contact", push.ref)
    there = found(connector, "contact", push.ref) if look_first and not here else None
    if there:
        return fill(connection, connector, "contact", data, there, is_new=True)
    theirs = here or contact_of(push.case.contact, connection, connector, data)
    try:
        if is_linked(connection, push.case.contact, theirs):
            remote = say_linked(connector, connection, push.ref, data, theirs)
            if remote.fields.get("is_lead"):
                return remote
        else:
            remote = connector.upsert_contact(push.ref, data, here)
        return fill(connection, connector, "contact", data, remote, is_new=not theirs)
    except Gone:
        if not theirs:
            raise
        RemoteRef.objects.filter(connection=connection, kind="contact", ref=push.ref).delete()
        Match.objects.filter(connection=connection, person=push.case.contact).delete()
        remote = connector.upsert_contact(push.ref, data, "")
        return fill(connection, connector, "contact", data, remote, is_new=True)


def say_linked(connector: Connector, connection: Connection, ref: str, data: dict[str, Any], contact: str) -> Remote:
    """A contact that is not ours gets only what the connection's modes allow."""
    theirs = connector.read_contact(contact)
    change = allowed(connection, theirs, data)
    return connector.upsert_contact(ref, change, contact) if change else theirs


def say_note(
    push: CasePush, connector: Connector, case: str, data: dict[str, Any], here: str, look_first: bool
) -> Remote:
    """A timeline entry, or its new wording; one that somebody deleted over there is made anew.

    `is_first` says that it cannot be there: nobody tried before, or we have just looked. So most entries are one call.
    """
    if look_first and connector.capabilities().finds:
        for remote in connector.find("note", push.ref, case):
            if remote.version >= push.payload["version"]:
                return remote
            here = remote.id
    is_first = not here and (not look_first or connector.capabilities().finds)
    try:
        return connector.append_note(case, push.ref, {**data, "is_first": is_first}, here)
    except Gone:
        if not here:
            raise
        connector.read_case(case)  # raises Gone when it is the whole case that was deleted
        return connector.append_note(case, push.ref, data, "")


def known(connection: Connection, kind: str, ref: str) -> str:
    """The CRM's id of our reference, if we know it."""
    row = RemoteRef.objects.filter(connection=connection, kind=kind, ref=ref).first()
    return row.remote_id if row else ""


def found(connector: Connector, kind: RefKind, ref: str) -> Remote | None:
    """What an unanswered try made, if it arrived."""
    if not connector.capabilities().finds:
        return None
    return next(iter(connector.find(kind, ref)), None)
