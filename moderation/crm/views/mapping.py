"""Where the messages of a webhook or of an XML connection say what: paths in versions, tried before they count."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.safe_xml import read_xml
from moderation.crm.connectors import kinds
from moderation.crm.connectors._rest import pairs
from moderation.crm.connectors.base import STATUSES
from moderation.crm.connectors.webhook import Webhook
from moderation.crm.models import Connection
from moderation.crm.views.setup import connection_for
from moderation.mappings import editing
from moderation.mappings.editing import Feed, Value
from moderation.mappings.models import MappingVersion
from moderation.mappings.reading import read_json

VALUES = (
    Value("case", gettext_lazy("The case"), ("caseid", "ticket", "ticketid"), is_needed=True),
    Value("id", gettext_lazy("The change’s own number"), ("key", "eventid")),
    Value("version", gettext_lazy("Version"), ("rev", "revision", "sequence")),
    Value("status", gettext_lazy("Status"), ("state",)),
    Value("text", gettext_lazy("A comment’s words"), ("body", "comment", "note", "message")),
    Value("author", gettext_lazy("Who wrote it"), ("by", "user", "agent")),
    Value("public", gettext_lazy("Whether customers may read it"), ("ispublic", "visible")),
    Value("deleted", gettext_lazy("Whether the case is gone"), ("isdeleted",)),
)


def feed_for(request: HttpRequest, connection_id: int) -> Feed:
    """What is mapped for one connection; only those whose messages have no shape of their maker's have it."""
    connection = connection_for(request, connection_id)
    connector = kinds()[connection.kind]
    if not issubclass(connector, Webhook):
        raise Http404

    def at(name: str) -> str:
        return reverse(f"moderation:{name}", args=[connection.pk])

    told = dict(pairs(connector.default_paths)) | dict(pairs(connection.settings.get("paths", "")))
    return Feed(
        key=f"crm:{connection.pk}",
        title=_("What “%(name)s” tells of cases") % {"name": connection.name},
        address=at("crm-connection-mapping"),
        preview=at("crm-connection-mapping-preview"),
        back=at("crm-connection-mapping-back"),
        up=(at("crm-connection"), connection.name),
        values=VALUES,
        judge=lambda rows: [fault_of(row) for row in rows],
        dry_run=lambda rows: dry_run(connection, rows),
        starts={value.name: told[value.name] for value in VALUES},
        looks_around=False,
        read=read_xml if connection.kind == "xml" else read_json,
        kept=lambda version: apply(connection, version),
    )


def fault_of(row: dict[str, str]) -> str:
    """Why a change could not be taken over."""
    if not row.get("case"):
        return _("It names no case.")
    if row.get("status") and row["status"] not in STATUSES:
        return _("The status “%(word)s” is none of ours.") % {"word": row["status"][:30]}
    if row.get("version") and not (row["version"].isascii() and row["version"].isdigit()):
        return _("The version is no number.")
    return ""


def dry_run(connection: Connection, rows: list[dict[str, str]]) -> str:
    """Which of the changes would reach a case, and which would change its status."""
    statuses = dict(connection.cases.exclude(remote_id="").values_list("remote_id", "status"))
    good = [row for row in rows if not fault_of(row)]
    met = [row for row in good if row["case"] in statuses]
    moved = [row for row in met if row.get("status") and row["status"] != statuses[row["case"]]]
    counts = {"met": len(met), "moved": len(moved), "strange": len(good) - len(met), "faults": len(rows) - len(good)}
    said = _(
        "%(met)s about cases of ours; %(moved)s of them change the status; %(strange)s about others; %(faults)s faulty."
    )
    return said % counts


def apply(connection: Connection, version: MappingVersion) -> None:
    """The connector goes by the new paths from now on; those of the other values stay."""
    told: dict[str, Any] = dict(pairs(connection.settings.get("paths", "")))
    told |= {"changes": version.records, **{value.name: version.paths.get(value.name, "@-") for value in VALUES}}
    connection.settings["paths"] = ", ".join(f"{name}={path}" for name, path in told.items())
    connection.save(update_fields=["settings"])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_mapping(request: HttpRequest, connection_id: int) -> HttpResponse:
    """The version in force and those before it; POST makes the next one."""
    feed = feed_for(request, connection_id)
    return editing.save(request, feed) if request.method == "POST" else editing.begin(request, feed)


@require_POST
@requires(Capability.CONNECT_CRM)
def crm_connection_mapping_preview(request: HttpRequest, connection_id: int) -> HttpResponse:
    """What the paths find in a message; nothing is kept, so it may be asked as often as one types."""
    return editing.preview(request, feed_for(request, connection_id))


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_mapping_back(request: HttpRequest, connection_id: int) -> HttpResponse:
    """An earlier version is in force again."""
    return editing.go_back(request, feed_for(request, connection_id))
