"""A connection begins: cases that waited for any CRM become its own."""

from django.db import transaction

from moderation.crm.models import Case, Connection
from moderation.crm.pushing import enqueue_head
from moderation.crm.waking import wake


def adopt(connection: Connection) -> int:
    """Take over what waited, and wake everything that is not settled. Answers how many cases were taken over."""
    taken = 0
    for case in Case.objects.filter(connection=None).select_related("item", "customer").order_by("pk"):
        taken += take_over(case, connection)
    unsettled = Case.objects.filter(connection=connection, pushes__state__in=["waiting", "sending", "ambiguous"])
    for case_id in unsettled.values_list("pk", flat=True).distinct():
        wake(case_id)
    return taken


@transaction.atomic
def take_over(case: Case, connection: Connection) -> bool:
    """The case goes to this connection; what it may be told about the contact is decided anew."""
    if Case.objects.filter(item=case.item_id, connection=connection).exists():
        return False
    case.connection = connection
    case.save(update_fields=["connection"])
    enqueue_head(case)
    return True
