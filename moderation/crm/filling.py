"""Values of ours in the CRM's own fields, by the mapping in force and what it allows for each of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._fields import nested, value_at
from moderation.crm.connectors.base import Connector, RefKind, Remote
from moderation.crm.models import Connection
from moderation.mappings.models import MappingVersion

FIELD = re.compile(r"@?\w[\w.-]*(?:/@?\w[\w.-]*){0,4}")
FINISHED = {"solved", "closed"}


@dataclass(frozen=True)
class Ours:
    """A value that we can tell, of the contact or of the case."""

    kind: RefKind
    name: str
    label: Any

    @property
    def key(self) -> str:
        return f"{self.kind}_{self.name}"


OURS = (
    Ours("contact", "name", _("Name in the community")),
    Ours("contact", "profile", _("Link to the profile")),
    Ours("contact", "language", _("Language")),
    Ours("contact", "since", _("Member since")),
    Ours("contact", "email", _("Mail address, if it may be told")),
    Ours("case", "url", _("Link to the thread")),
    Ours("case", "product", _("Product")),
    Ours("case", "version", _("Version")),
    Ours("case", "environment", _("Environment")),
    Ours("case", "kind", _("Kind")),
    Ours("case", "title", _("Title")),
)


def feed_of(connection: Connection) -> str:
    """The name under which the versions of this mapping are kept."""
    return f"crm:{connection.pk}:fields"


def is_field(path: str, connector: type[Connector]) -> bool:
    """Whether a value may be written there: the connector's own fields are not for others."""
    return bool(FIELD.fullmatch(path)) and len(path) <= 200 and path.split("/")[0] not in connector.own_fields


@dataclass(frozen=True)
class Filled:
    """What becomes of one field: `what` is fill, overwrite, same, or kept for what the mapping leaves alone."""

    ours: Ours
    path: str
    before: str
    after: str
    what: str


def planned(
    paths: Mapping[str, str],
    modes: Mapping[str, str],
    kind: str,
    data: Mapping[str, Any],
    there: Mapping[str, Any],
    *,
    is_new: bool = False,
) -> list[Filled]:
    """What would be written into one record. A value that we do not have changes nothing."""
    rows = []
    for ours in OURS:
        path, value = paths.get(ours.key, ""), str(data.get(ours.name) or "")
        if ours.kind != kind or not path or not value:
            continue
        before, mode = value_at(there, path), modes.get(ours.key, Connection.Mode.OVERWRITE)
        is_allowed = is_new or mode == Connection.Mode.OVERWRITE or (mode == Connection.Mode.FILL and not before)
        what = "same" if before == value else "kept" if not is_allowed else "overwrite" if before else "fill"
        rows.append(Filled(ours, path, before, value, what))
    return rows


def fill(
    connection: Connection, connector: Connector, kind: RefKind, data: Mapping[str, Any], remote: Remote, is_new: bool
) -> Remote:
    """Write what the mapping in force allows; the record as it is afterwards. Without a mapping nobody is asked."""
    version = MappingVersion.objects.in_force(feed_of(connection))
    if version is None or (kind == "case" and remote.status in FINISHED):
        return remote
    is_told = connector.capabilities().finds
    there = connector.whole(kind, remote.id) if is_told and not is_new else {}
    rows = planned(version.paths, version.modes, kind, data, there, is_new=is_new)
    fields = {row.path: row.after for row in rows if row.what in {"fill", "overwrite"}}
    if not is_told and not is_new:  # nobody tells what is blank, so only what may be overwritten is written
        fields = {row.path: row.after for row in rows if version.modes.get(row.ours.key) == Connection.Mode.OVERWRITE}
    return connector.set_fields(kind, remote.id, fields) if fields else remote


def empty(connection: Connection, connector: Connector, kind: RefKind, record: str) -> None:
    """Take out what any version of the mapping has written into a record."""
    versions = MappingVersion.objects.of(feed_of(connection))
    told = {path for each in versions for key, path in each.paths.items() if key.startswith(f"{kind}_")}
    if not told or not record:
        return
    there = connector.whole(kind, record) if connector.capabilities().finds else nested(dict.fromkeys(told, "?"))
    left = {path: "" for path in sorted(told) if value_at(there, path)}
    if left:
        connector.set_fields(kind, record, left)
