"""Sweeping: what nobody uses goes, and what an interrupted upload left behind."""

import os
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from community.files.models import Attachment, Blob
from community.files.places import is_wanted
from community.files.quota import HOUR
from community.files.storage import FOLDER

AT_ONCE = 500


@app.periodic(cron="37 * * * *")
@app.task
def sweep_files(timestamp: int) -> None:
    """Attachments that no post has shown for two days, then bytes without one, then files without a row."""
    drop_orphans()
    drop_bytes()
    drop_strays(older_than=time.time() - HOUR.total_seconds())


def drop_orphans() -> None:
    """Each by itself and locked, so that a post which names it in this moment keeps it."""
    for pk in list(Attachment.objects.orphans().values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            attachment = Attachment.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if attachment and not is_wanted(attachment) and Attachment.objects.orphans().filter(pk=pk).exists():
                attachment.delete()


def drop_bytes() -> None:
    """Bytes that no attachment refers to, unless they came within the hour: an upload may be about to."""
    unused = Blob.objects.filter(attachments=None, touched_at__lt=timezone.now() - HOUR)
    for pk in list(unused.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            blob = Blob.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
            if blob and unused.filter(pk=pk).exists():
                blob.delete()
                transaction.on_commit(blob.drop_files)


def drop_strays(older_than: float) -> None:
    """Files that no row knows: a process was killed between writing and saying so."""
    root = Path(settings.PRIVATE_MEDIA_ROOT)
    known = {name for pair in Blob.objects.values_list("file", "small") for name in pair if name}
    for path in (root / FOLDER).glob("*/*"):
        try:
            if str(path.relative_to(root)) not in known and path.stat().st_mtime < older_than:
                os.unlink(path)
        except FileNotFoundError:
            continue
