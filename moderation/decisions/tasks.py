"""What time does: late appeals go to the supervisors."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from community.events.recording import record
from community.events.verbs import Verb
from moderation.decisions.models import Appeal


@app.periodic(cron="7 * * * *")
@app.task(queue="events", queueing_lock="decisions.late_appeals", pass_context=False)
def escalate_late_appeals(timestamp: int) -> None:
    """An appeal that nobody answered within seven days: the supervisors are told, once."""
    for pk in Appeal.objects.late().values_list("pk", flat=True)[:100]:
        with transaction.atomic():
            appeal = Appeal.objects.select_for_update().get(pk=pk)
            if appeal.is_late and appeal.escalated_at is None:
                appeal.escalated_at = timezone.now()
                appeal.save(update_fields=["escalated_at"])
                record(Verb.APPEAL_ESCALATED, actor=None, subject=appeal, decision=appeal.decision_id)
