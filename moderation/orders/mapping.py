"""A shop's XML: where its orders say what, in versions, tried on a sample before it counts."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.mappings import editing
from moderation.mappings.editing import Feed, Value
from moderation.mappings.models import MappingVersion
from moderation.mappings.reading import rows_of
from moderation.orders.reading import FIELDS, Fault, read
from moderation.orders.taking import take

OURS = {name: name for name in FIELDS}
ORDER = ("ordernumber", "orderid", "orderno", "orderref", "number", "no", "nr", "id")
PRODUCT = ("productname", "article", "articlename", "item", "sku", "name")
VALUES = (
    Value("order", gettext_lazy("Order number"), ORDER, is_needed=True),
    Value("product", gettext_lazy("Product"), PRODUCT, is_needed=True),
    Value("email", gettext_lazy("The buyer’s mail address"), ("mail", "emailaddress", "mailaddress")),
    Value("serial", gettext_lazy("Serial number"), ("serialnumber", "serialno")),
    Value(
        "bought_at",
        gettext_lazy("Day of the order"),
        ("orderdate", "orderedat", "ordered", "placed", "placedat", "date"),
    ),
    Value("delivered_at", gettext_lazy("Delivery"), ("delivered", "delivery", "deliverydate", "shipped", "shippedat")),
)


FEEDS = "orders:"
"""What the names of the shops' mappings begin with, among those of other feeds."""


def feed_key(source: str) -> str:
    """The name of a shop's mapping."""
    return f"{FEEDS}{source}"


def mapped_sources() -> list[str]:
    """Shops whose XML is understood already."""
    feeds = MappingVersion.objects.filter(feed__startswith=FEEDS).order_by("feed")
    return [feed.removeprefix(FEEDS) for feed in feeds.values_list("feed", flat=True).distinct()]


def feed_of(source: str) -> Feed:
    """What is mapped for one shop."""

    def at(name: str) -> str:
        return reverse(f"moderation:{name}", args=[source])

    return Feed(
        key=feed_key(source),
        title=_("Orders of “%(shop)s” in XML") % {"shop": source},
        address=at("order-mapping"),
        preview=at("order-mapping-preview"),
        back=at("order-mapping-back"),
        up=(reverse("moderation:order-list"), _("Orders")),
        values=VALUES,
        judge=lambda rows: [line.reason if isinstance(line, Fault) else "" for line in read(rows, OURS)],
        dry_run=lambda rows: dry_run(rows, source),
    )


def dry_run(rows: list[dict[str, str]], source: str) -> str:
    """What taking all of them in would do: done, counted, and undone."""
    with transaction.atomic():
        report = take(read(rows, OURS), source, by=None)
        transaction.set_rollback(True)
    counts = {"new": report.new, "known": report.known, "proven": report.proven, "faults": len(report.faults)}
    return _("%(new)s new, %(known)s known already, %(proven)s reviews proven, %(faults)s with a fault.") % counts


def rows_by_mapping(raw: bytes, source: str) -> list[dict[str, str]] | None:
    """A shop's document by the version in force; None when nobody has said what it means. Raises Unsafe."""
    version = MappingVersion.objects.in_force(feed_key(source))
    if version is None:
        rows_of(raw, ".", {})  # a hostile document is one, also before anybody maps it
        return None
    return rows_of(raw, version.records, version.paths)


def is_xml(request: HttpRequest) -> bool:
    return (request.content_type or "").endswith("xml")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.ADMINISTER)
@once
def order_mapping(request: HttpRequest, source: str) -> HttpResponse:
    """The version in force and those before it; POST makes the next one."""
    feed = feed_of(source)
    return editing.save(request, feed) if request.method == "POST" else editing.begin(request, feed)


@require_POST
@requires(Capability.ADMINISTER)
def order_mapping_preview(request: HttpRequest, source: str) -> HttpResponse:
    """What the paths find in a sample; nothing is kept, so it may be asked as often as one types."""
    return editing.preview(request, feed_of(source))


@require_POST
@requires(Capability.ADMINISTER)
@once
def order_mapping_back(request: HttpRequest, source: str) -> HttpResponse:
    """An earlier version is in force again."""
    return editing.go_back(request, feed_of(source))
