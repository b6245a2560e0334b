"""Files of reviews for programs of moderators: a look at what would come of one, then taking it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.addresses import absolute
from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.paging import page_of
from community.people.roles import Capability
from forums.reviews.bringing.rows import FIELDS
from forums.reviews.models import ReviewFile
from forums.reviews.tasks import defer_work_on
from moderation.feedback.forms import LARGEST, ColumnsForm, SentFileForm

MODERATORS = (Capability.MODERATE,)
ENCODED = LARGEST * 4 // 3 + 4096
"""A file of the largest size, written in Base64, and what is said of it."""
COLUMNS = {f"^column_({'|'.join(FIELDS)})$": {"type": "string", "maxLength": 200}}


@dataclass
class RowFault:
    """A row that is not taken, and why."""

    line: int
    reason: str


@dataclass
class FirstReview:
    """One of the first reviews, as it would be read. `helped` counts readers of the source."""

    stars: int
    title: str
    text: str
    author: str
    day: str
    helped: int


@dataclass
class ReviewFileTold:
    """A file of reviews. While it is `looking` the numbers say what would come of it, and nothing of it is written;
    once `seen` it waits for its start; while it is `running` and when it is `done` they say what has come of it.
    `done_count` rows of `total` were read so far; `columns` is what the file calls our fields."""

    id: int
    name: str
    source: str
    licence: str
    product: str | None
    brand: str | None
    state: ReviewFile.State
    columns: dict[str, str]
    names: list[str]
    total: int
    done_count: int
    added: int
    known: int
    held: int
    fault_count: int
    faults: list[RowFault]
    first: list[FirstReview]
    by: str
    created_at: datetime
    url: str


def file_told(file: ReviewFile) -> ReviewFileTold:
    """A file as its page tells it."""
    return ReviewFileTold(
        id=file.pk, name=file.name, source=file.source, licence=file.licence,
        product=file.product.slug if file.product else None, brand=file.brand.slug if file.brand else None,
        state=ReviewFile.State(file.state), columns=file.columns, names=file.names, total=file.total,
        done_count=file.done_count, added=file.added, known=file.known, held=file.held, fault_count=file.fault_count,
        faults=[RowFault(line, reason) for line, reason in file.faults], first=[first_told(row) for row in file.first],
        by=file.by.name if file.by else "", created_at=file.created_at,
        url=absolute(reverse("moderation:review-file-detail", args=[file.pk])),
    )  # fmt: skip


def first_told(row: dict[str, Any]) -> FirstReview:
    return FirstReview(row["stars"], row["title"], row["text"], row["author"], row["day"], row["yes"])


def file_of(pk: int) -> ReviewFile:
    """A file without what is in it."""
    return get_object_or_404(ReviewFile.objects.defer("packed").select_related("product", "brand", "by"), pk=pk)


@operation(Area.DESK, Many(ReviewFileTold), query=(AFTER,), needs=MODERATORS)
def list_review_files(request: ApiRequest) -> Listed:
    """The files that came in, the newest first."""
    known = ReviewFile.objects.defer("packed").select_related("product", "brand", "by")
    page = page_of(known, "-created_at", request.GET.get("after", ""))
    return Listed([file_told(one) for one in page.rows], page.older)


@operation(Area.DESK, ReviewFileTold, form=SentFileForm, needs=MODERATORS, statuses=(202,), largest=ENCODED)
def send_review_file(request: ApiRequest) -> ReviewFileTold:
    """Send a file, as Base64. A job looks at what would come of it and writes nothing: ask again until it is `seen`."""
    form = SentFileForm(request.data)
    with transaction.atomic():
        file: ReviewFile = saved(form, lambda: form.keep(request.user))
        defer_work_on(file)
    return file_told(file)


@operation(Area.DESK, ReviewFileTold, needs=MODERATORS)
def read_review_file(request: ApiRequest, pk: int) -> ReviewFileTold:
    """How far it is, what would come of it or has, and each faulty row with its line."""
    return file_told(file_of(pk))


@operation(Area.DESK, ReviewFileTold, form=ColumnsForm, patterns=COLUMNS, needs=MODERATORS, statuses=(202,))
def name_columns(request: ApiRequest, pk: int) -> ReviewFileTold:
    """Say which column holds what, as `column_stars`; what is left out is not in the file. It is looked at again."""
    file = file_of(pk)
    form = ColumnsForm(file, request.data)
    with transaction.atomic():
        saved(form, form.save)
        defer_work_on(file)
    return file_told(file_of(pk))


@operation(Area.DESK, Done, needs=MODERATORS)
def drop_review_file(request: ApiRequest, pk: int) -> Done:
    """Not this file after all: nothing of it is here. One that is being taken in can no longer be dropped (404)."""
    get_object_or_404(ReviewFile.objects.undecided(), pk=pk).delete()
    return Done()


@operation(Area.DESK, ReviewFileTold, needs=MODERATORS, statuses=(202,))
def start_review_file(request: ApiRequest, pk: int) -> ReviewFileTold:
    """Take it in, each review once. A job does it; what is here already changes nothing."""
    file = get_object_or_404(ReviewFile, pk=pk)
    with transaction.atomic():
        file.start(by=request.user)
        defer_work_on(file)
    return file_told(file_of(pk))


api_review_files = resource("api_review_files", get=list_review_files, post=send_review_file)
api_review_file = resource("api_review_file", get=read_review_file, put=name_columns, delete=drop_review_file)
api_review_file_start = resource("api_review_file_start", post=start_review_file)
