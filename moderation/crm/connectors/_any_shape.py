"""What the other side of a webhook tells, in our shape or in any other, and the fields that only it has."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar

from community.safe_xml import Unsafe
from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._owners import TellsOwners
from moderation.crm.connectors._paths import message_of, paths_of
from moderation.crm.connectors.base import RefKind, Remote
from moderation.crm.connectors.errors import Gone, Invalid
from moderation.mappings.reading import read_json

PATHS = """records=records, changes=changes, entitlements=entitlements, cursor=cursor, id=id, version=version,
status=status, title=title, name=name, case=case, text=text, author=author, public=public, deleted=deleted,
email=email, product=product, ended=ended"""


class AnyShape(TellsOwners):
    """A connector whose other side names its values as it likes: the setting `paths` says where each stands."""

    default_paths: ClassVar[str] = PATHS
    own_fields = frozenset({"id", "ref", "key", "name", "email", "title", "text", "contact", "version", "status"})

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each value in what the other side tells."""
        return paths_of(self.default_paths, self.settings.get("paths", ""))

    def decode(self, raw: bytes) -> Any:
        """JSON in our shape; with paths, JSON in any shape."""
        if not self.settings.get("paths"):
            return super().decode(raw)
        try:
            return message_of(read_json(raw), self.paths)
        except Unsafe as error:
            raise Invalid(str(error)) from error

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        if not self.settings.get("find_url"):
            raise Invalid("This system offers no way to look records up.")
        found: Any = super().decode(self._fetch(self.settings["find_url"], kind=kind, id=record))
        for step in self.paths["records"].split("/"):
            found = found.get(step) if isinstance(found, dict) else None
        if not isinstance(found, list):
            raise Invalid("The answer to a look-up is not understood.")
        if not found or not isinstance(found[0], dict):
            raise Gone("The record is gone.")
        return found[0]

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        name = f"{record}:fields:{datetime.now(UTC).timestamp()}"  # the same values may come again later
        return self._remote(kind, record, self._post(f"{kind}.fields", name, {"id": record, "fields": nested(fields)}))

    def _records(self, answer: Any) -> list[Any]:
        if not isinstance(answer, dict) or not isinstance(answer.get("records"), list):
            raise Invalid("The answer to a look-up is not understood.")
        return answer["records"]

    @abstractmethod
    def _remote(self, kind: str, fallback: str, answer: Any) -> Remote:
        """What an answer says about a record."""
