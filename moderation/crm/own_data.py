"""What was told of a person to the company's customer systems."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from moderation.crm.erasing import told_of
from moderation.crm.models import Erasure


@takes_along("customer_records", _("What we told our customer systems of you, and what you asked us to erase there"))
def records(person: Person) -> Iterator[dict[str, Any]]:
    for row in told_of(person):
        yield {"system": row.connection.label, "kind": row.kind, "case": str(row.case) if row.case else ""}
    for erasure in Erasure.objects.filter(person=person).order_by("pk"):
        yield {"kind": "erasure", "asked_at": erasure.created_at, "withdrawn_at": erasure.withdrawn_at}
