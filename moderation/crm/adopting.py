"""A connection begins: cases that waited for any CRM become its own."""

from django.db import transaction
from django.utils import timezone

from moderation.crm.models import Case, CasePush, Connection
from moderation.crm.pushing import enqueue_head, hand_over
from moderation.crm.waking import wake


def adopt(connection: Connection) -> int:
    """Take over what waited, and wake everything that is not settled. Answers how many cases were taken over."""
    taken = 0
    for case in Case.objects.filter(connection=None).select_related("item", "customer").order_by("pk"):
        taken += take_over(case, connection)
    CasePush.objects.unsettled().filter(case__connection=connection, tries=0).update(next_at=timezone.now())
    unsettled = Case.objects.filter(connection=connection, pushes__state__in=["waiting", "sending", "ambiguous"])
    for case_id in unsettled.values_list("pk", flat=True).distinct():
        wake(case_id)
    return taken


@transaction.atomic
def take_over(case: Case, connection: Connection) -> bool:
    """The case goes to this connection; what it may be told about the contact is decided anew."""
    if Case.objects.filter(item=case.item_id, connection=connection).exists():
        return False
    hand_over(case, connection)
    enqueue_head(case)
    return True
