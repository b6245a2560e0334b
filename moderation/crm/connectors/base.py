"""What every connector can do. It translates, and keeps no state: rows, retries and order are kept by the outbox."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from moderation.crm.connectors.errors import Invalid
from moderation.crm.wire import Wire

RefKind = Literal["contact", "case", "note"]
STATUSES = ("new", "working", "waiting", "solved", "closed")
"""The words for a case's status that all connectors share."""


@dataclass(frozen=True)
class Remote:
    """A record as the CRM holds it now."""

    id: str
    version: int = 0
    url: str = ""
    status: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """Something that happened in the CRM. A change with a `note` is a comment; with `is_deleted` the record is gone."""

    case: str
    id: str
    version: int = 0
    status: str = ""
    note: str = ""
    author: str = ""
    is_public: bool = False
    is_deleted: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Entitled:
    """Somebody, by mail address, owns a product (its name or its address here), or no longer does."""

    id: str
    email: str
    product: str
    is_ended: bool = False


@dataclass(frozen=True)
class Capabilities:
    """What this CRM offers, so that nobody relies on what it does not."""

    finds: bool = True
    polls: bool = True
    hooks: bool = False
    sets_status: bool = True
    edits_notes: bool = True
    erases: bool = True


@dataclass(frozen=True)
class Setting:
    """One thing the set-up page asks for."""

    name: str
    label: str
    help: str = ""
    is_secret: bool = False
    is_required: bool = True
    default: str = ""


@dataclass(frozen=True)
class Keeper:
    """Keeps a session between calls, outside of the connector. `renew(old, sign_in)` signs in once for everybody."""

    current: Callable[[], str] = lambda: ""
    renew: Callable[[str, Callable[[], str]], str] = lambda old, sign_in: sign_in()


class Messages:
    """What a CRM sends by itself, if it does. Messages are hints: what they are about is read again."""

    def verify_webhook(self, method: str, url: str, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> str:
        """The id of the message when it is truly the CRM's; raises Invalid otherwise."""
        raise Invalid("This CRM sends no messages.")

    def parse_entitlements(self, raw: bytes) -> list[Entitled]:
        """Who owns what, as a proved message says; most systems say nothing of it."""
        return []

    def parse_webhook(self, raw: bytes) -> list[Change]:
        """What a message says; raises Invalid when it is not understood."""
        raise Invalid("This CRM sends no messages.")


class OwnFields(ABC):
    """Fields that only this company has in its CRM."""

    own_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields of the CRM that the connector writes or reads itself: nobody maps another value onto these."""

    @abstractmethod
    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        """A contact or a case with all its fields, by the CRM's own names. Raises Gone."""

    @abstractmethod
    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        """Write these fields of a contact or a case, by their paths, and nothing else. Repeating it changes nothing."""


class Connector(Messages, OwnFields):
    """The way into one kind of CRM. `ref` is always ours; what comes back carries the CRM's own id and version."""

    kind: ClassVar[str]
    label: ClassVar[str]
    asks: ClassVar[list[Setting]] = []
    do_not_call_in_templates: ClassVar[bool] = True  # pages list the classes by their labels

    def __init__(self, settings: Mapping[str, str], secrets: Mapping[str, str], wire: Wire, keeper: Keeper) -> None:
        self.settings, self.secrets, self.wire, self.keeper = settings, secrets, wire, keeper

    @abstractmethod
    def capabilities(self) -> Capabilities:
        """What this CRM offers."""

    @abstractmethod
    def check(self) -> str:
        """Try the connection without changing anything; a sentence that says whom we reached."""

    @abstractmethod
    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        """Make or change the contact. `known` is the CRM's id when we have it."""

    @abstractmethod
    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        """Make or change the case. `data["contact"]` is the CRM's id of the contact."""

    @abstractmethod
    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        """Add an entry to the case's timeline, or with `known` give an entry its new wording.

        Without `note["is_first"]` it may be there already: look first, as `looked_up` does.
        """

    def looked_up(self, ref: str, case: str, note: Mapping[str, Any]) -> str:
        """The CRM's id of an entry whose answer may have been lost; nobody looks for one that was never sent."""
        return "" if note.get("is_first") else next((found.id for found in self.find("note", ref, case)), "")

    @abstractmethod
    def set_status(self, case: str, status: str, version: int) -> Remote:
        """Move the case to a status. Raises Conflict when it is no longer at `version`."""

    @abstractmethod
    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        """What the CRM holds under our reference, oldest first: none, one, or duplicates.

        `within` is the CRM's id of the case for whom a note is looked for: some CRMs list notes by case only.
        """

    @abstractmethod
    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        """Take the personal data out of the record. Repeating it changes nothing; `within` as for `find`."""

    @abstractmethod
    def read_case(self, case: str) -> Remote:
        """The case as it is now. Raises Gone when it was deleted."""

    def find_contacts(self, email: str) -> list[Remote]:
        """Contacts under a mail address, oldest first, whoever made them; with `name` and `email` in their fields."""
        return []

    def read_contact(self, contact: str) -> Remote:
        """A contact as it is now, with `name` and `email` in its fields. Raises Gone. Only after `find_contacts`.

        `is_lead` in its fields says that sales are still at it: such a contact is linked and never changed.
        """
        raise Invalid("This CRM's contacts cannot be read.")

    def missing(self, cases: list[str]) -> set[str]:
        """Which of these cases the CRM no longer has. Asked every minute for the active ones, so it must be cheap."""
        return set()

    def discard(self, kind: RefKind, record: str) -> None:
        """Put a duplicate out of the way; `record` is the CRM's id. Used by reconciliation only."""
        raise Invalid("This CRM's duplicates must be merged by hand.")

    def notes(self, case: str) -> list[Change]:
        """The public timeline of a case, oldest first, for the panel."""
        return []

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        """What changed since the cursor, and the next cursor. May repeat itself, never skips."""
        return [], cursor
