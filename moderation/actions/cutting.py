"""What of the audit log is too old is exported, then deleted; a signed closing seal keeps the chain verifiable.

The closing seal stands in the place of all seals up to its own: it says where the chain went on, how many events went,
and which file holds them. It is signed with the key of the exports, so nobody cuts without the site's secret unseen.
"""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.events.audiences import STAFF
from community.events.models import Event
from moderation.actions.closing import sign
from moderation.actions.models import ClosingSeal, Seal
from moderation.actions.sealing import BATCH, seal_events
from moderation.actions.signing import fault_of, signed


class NotYet(Exception):
    """It may not be cut there, and why."""


def oldest_kept() -> datetime:
    """The moment before which the audit log may be cut."""
    return timezone.now() - timedelta(days=settings.AUDIT_KEPT_DAYS)


def cut(before: datetime, file: Path) -> ClosingSeal | None:
    """Write what is older into a new signed file, check the file, delete. None when nothing is that old.

    Only the beginning of the chain is cut: from its first seal up to the first that is young enough.
    """
    if before > oldest_kept():
        raise NotYet(f"The audit log is kept for {settings.AUDIT_KEPT_DAYS} days, so nothing after {oldest_kept()}.")
    while seal_events() == BATCH:
        pass
    last = last_old(before)
    if last is None:
        return None
    old = Seal.objects.filter(number__lte=last.number)
    numbers = list(old.order_by("number").values_list("event", flat=True))
    events = Event.objects.filter(pk__in=numbers).select_related("actor", "subject_type").order_by("pk")
    with file.open("x") as export:
        export.writelines(signed(events.iterator(chunk_size=500)))
    if fault := fault_of(file):
        raise NotYet(f"The export cannot be used: {fault}.")
    return close(last, numbers, file)


def last_old(before: datetime) -> Seal | None:
    """The last seal before the first event that is to be kept."""
    young = Event.objects.filter(created_at__gte=before).values("pk")
    first_young = Seal.objects.filter(event__in=young).order_by("number").values_list("number", flat=True).first()
    seals = Seal.objects.order_by("-number")
    return (seals.filter(number__lt=first_young) if first_young else seals).first()


@transaction.atomic
def close(last: Seal, numbers: list[int], file: Path) -> ClosingSeal:
    """One closing seal in the place of these seals. What everybody can see on the pages stays; only its seal goes."""
    earlier = ClosingSeal.objects.first()
    closing = ClosingSeal(
        number=last.number, digest=last.digest, event=max(numbers), file=file.name, cut_at=timezone.now(),
        events=len(numbers) + (earlier.events if earlier else 0),
        file_digest=hashlib.sha256(file.read_bytes()).hexdigest(),
    )  # fmt: skip
    sign(closing)
    ClosingSeal.objects.all().delete()
    closing.save(force_insert=True)
    Event.objects.filter(pk__in=numbers, verb__in=STAFF).delete()
    Seal.objects.filter(number__lte=last.number).delete()
    return closing
