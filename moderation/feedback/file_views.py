"""Reviews come in as files and go out as files."""

from itertools import islice
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from forums.reviews.bringing.jobs import look_at
from forums.reviews.bringing.rows import Told, names_in, read, rows_of
from forums.reviews.exporting import as_csv, as_json
from forums.reviews.models import Review, ReviewFile
from forums.reviews.tasks import defer_taking
from moderation.feedback.forms import ColumnsForm, ExportForm, ReviewFileForm

SHOWN, FIRST, FAULTS = 30, 3, 100


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_file_list(request: HttpRequest) -> HttpResponse:
    """The files that came in, and one more: it is looked at before anything is written."""
    form = ReviewFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.keep(request.user)
        return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[file.pk]))
    files = ReviewFile.objects.defer("packed").select_related("product", "by__persona")[:SHOWN]
    context = {"form": form, "files": list(files)}
    return render(request, "moderation/feedback/review_file_list.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def review_file_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come of a file, by which columns; or what has come of it."""
    file = get_object_or_404(ReviewFile.objects.select_related("product", "brand", "by"), pk=pk)
    if file.state != ReviewFile.State.SEEN:
        template = "_progress" if request.htmx else "review_file_detail"
        return render(request, f"moderation/feedback/{template}.html", {"file": file, "faults": file.faults[:FAULTS]})
    rows = rows_of(file.data)
    form = ColumnsForm(file, names_in(rows), request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[pk]))
    report = look_at(file)
    first = islice((told for told in read(rows, file.columns) if isinstance(told, Told)), FIRST)
    context: dict[str, Any] = {"file": file, "form": form, "report": report, "first": list(first)}
    context["faults"] = [(fault.line, fault.reason) for fault in report.faults[:FAULTS]]
    return render(request, "moderation/feedback/review_file_detail.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
@once
def review_file_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it in. A job does it, and its page says how far it is."""
    file = get_object_or_404(ReviewFile, pk=pk)
    with transaction.atomic():
        file.start(by=request.user)
        defer_taking(file)
    return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[pk]))


@requires(Capability.MODERATE)
@require_POST
def review_file_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this file after all."""
    get_object_or_404(ReviewFile, pk=pk, state=ReviewFile.State.SEEN).delete()
    return HttpResponseRedirect(reverse("moderation:review-file-list"))


@requires(Capability.MODERATE)
@require_safe
def review_handout(request: HttpRequest) -> HttpResponse:
    """How reviews go out: as files, feeds and frames."""
    return render(request, "moderation/feedback/review_handout.html", {"form": ExportForm()})


@requires(Capability.MODERATE)
@require_safe
def review_export(request: HttpRequest) -> HttpResponse:
    """The published reviews of one product or of all, with their sources; streamed, so that no number is too large."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        return render(request, "moderation/feedback/review_handout.html", {"form": form}, status=422)
    reviews = Review.objects.listed().filter(about=Review.About.PRODUCT)
    if product := form.cleaned_data["product"]:
        reviews = reviews.of(product)
    kind = form.cleaned_data["format"]
    lines, mime = (as_csv(reviews), "text/csv") if kind == "csv" else (as_json(reviews), "application/json")
    response = StreamingHttpResponse(lines, content_type=f"{mime}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reviews{f"-{product.slug}" if product else ""}.{kind}"'
    return response
