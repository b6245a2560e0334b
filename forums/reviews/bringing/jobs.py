"""Files of reviews at work: what would come of one, and taking it in where the last job stopped."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from forums.reviews.bringing.rows import Told, names_in, read, rows_of
from forums.reviews.bringing.taking import Intake, Origin, Report
from forums.reviews.models import ReviewFile

FAULTS_KEPT, SHOWN_CHARACTERS = 200, 400


def origin_of(file: ReviewFile) -> Origin:
    """Where its reviews come from."""
    return Origin(file.source, file.licence, file.product, file.brand, file.by)


def look_at(file: ReviewFile) -> None:
    """Read it to its end, and say what would come of it; nothing of it is written."""
    if file.state != ReviewFile.State.LOOKING:
        return
    rows = rows_of(file.data)
    intake = Intake(origin_of(file))
    for report in intake.look(read(rows, file.columns)):
        keep(file, report, 0)
    looked = ReviewFile.objects.filter(pk=file.pk, state=ReviewFile.State.LOOKING, columns=file.columns)
    facts = {"names": names_in(rows), "total": intake.report.total, "first": [shown(told) for told in intake.first]}
    looked.update(state=ReviewFile.State.SEEN, **facts)


def shown(told: Told) -> dict[str, Any]:
    """A review as the page shows it before it is here."""
    day = told.written_at.date().isoformat() if told.written_at else ""
    title, text = told.title or told.product, told.text[:SHOWN_CHARACTERS]
    return {"stars": told.stars, "title": title, "text": text, "author": told.author, "day": day, "yes": told.yes}


def take_in(file: ReviewFile) -> None:
    """Take it in, or the rest of it. What is here already is only counted."""
    if file.state != ReviewFile.State.RUNNING:
        return
    before = ReviewFile.objects.get(pk=file.pk).added
    intake = Intake(origin_of(file))
    for report in intake.take(read(rows_of(file.data), file.columns)):
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
