"""Files of reviews at work: what would come of one, and taking it in where the last job stopped."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from forums.reviews.bringing.rows import read, rows_of
from forums.reviews.bringing.taking import Intake, Origin, Report
from forums.reviews.models import ReviewFile

FAULTS_KEPT = 200


def intake_of(file: ReviewFile) -> tuple[Intake, Any]:
    """The desk that takes this file in, and its rows. Raises Odd when it cannot be read at all."""
    origin = Origin(file.source, file.licence, file.product, file.brand, file.by)
    return Intake(origin), read(rows_of(file.data), file.columns)


def look_at(file: ReviewFile) -> Report:
    """What would come of it; nothing is written."""
    intake, told = intake_of(file)
    return intake.look(told)


def take_in(file: ReviewFile) -> None:
    """Take it in, or the rest of it. What is here already is only counted."""
    if file.state != ReviewFile.State.RUNNING:
        return
    before = ReviewFile.objects.get(pk=file.pk).added
    intake, told = intake_of(file)
    for report in intake.take(told):
        keep(file, report, before)
    finish(file, intake.report, before)


def keep(file: ReviewFile, report: Report, before: int) -> None:
    """What has come of it so far. Rows that an earlier job has added are new ones of this file, too."""
    found = [[fault.line, fault.reason] for fault in report.faults[:FAULTS_KEPT]]
    again = min(before, report.known)
    ReviewFile.objects.filter(pk=file.pk).update(
        added=report.added + again, known=report.known - again, held=report.held, faults=found,
        fault_count=len(report.faults), moved_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def finish(file: ReviewFile, report: Report, before: int) -> None:
    """It is in: the file itself goes, its report stays."""
    keep(file, report, before)
    ReviewFile.objects.filter(pk=file.pk).update(state=ReviewFile.State.DONE, packed=b"", total=report.total)
    if file.by:
        facts = {"source": file.source, "new": report.added, "faults": len(report.faults)}
        record(Verb.REVIEWS_BROUGHT_IN, actor=file.by, subject=file.by, **facts)
