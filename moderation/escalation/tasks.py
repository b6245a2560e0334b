"""The slow work of private help: removing files that no message knows."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.escalation.models import Attachment
from moderation.escalation.storage import private_storage

ORPHANED_AFTER = timedelta(hours=48)


@app.periodic(cron="17 3 * * *")
@app.task(queue="mail", queueing_lock="private.orphans", pass_context=False)
def sweep_orphans(timestamp: int) -> None:
    """Remove private files that no message knows: their transaction was rolled back."""
    storage = private_storage()
    if not storage.exists("attachments"):
        return
    old = timezone.now() - ORPHANED_AFTER
    for folder in storage.listdir("attachments")[0]:
        names = [f"attachments/{folder}/{name}" for name in storage.listdir(f"attachments/{folder}")[1]]
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in known and storage.get_modified_time(name) < old:
                storage.delete(name)
