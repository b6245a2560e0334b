"""Reviews come in as files and go out as files."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from forums.reviews.exporting import as_csv, as_json
from forums.reviews.models import Review, ReviewFile
from forums.reviews.tasks import defer_work_on
from moderation.feedback.forms import ColumnsForm, ExportForm, ReviewFileForm

SHOWN, FAULTS = 30, 100


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_file_list(request: HttpRequest) -> HttpResponse:
    """The files that came in, and one more: it is looked at before anything is written."""
    form = ReviewFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            file = form.keep(request.user)
            defer_work_on(file)
        return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[file.pk]))
    files = ReviewFile.objects.defer("packed").select_related("product", "by__persona")[:SHOWN]
    context = {"form": form, "files": list(files)}
    return render(request, "moderation/feedback/review_file_list.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_file_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file is; what would come of it, by which columns; or what has come of it."""
    file = get_object_or_404(ReviewFile.objects.defer("packed").select_related("product", "brand", "by"), pk=pk)
    form = ColumnsForm(file, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            defer_work_on(file)
        return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[pk]))
    context = {"file": file, "form": form, "faults": file.faults[:FAULTS]}
    if request.htmx and request.method != "POST":
        response = render(request, "moderation/feedback/_progress.html", context)
        if not file.is_at_work:
            response["HX-Refresh"] = "true"  # the whole page says something else now
        return response
    return render(request, "moderation/feedback/review_file_detail.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
@once
def review_file_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it in. A job does it, and its page says how far it is."""
    file = get_object_or_404(ReviewFile, pk=pk)
    with transaction.atomic():
        file.start(by=request.user)
        defer_work_on(file)
    return HttpResponseRedirect(reverse("moderation:review-file-detail", args=[pk]))


@requires(Capability.MODERATE)
@require_POST
@once
def review_file_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this file after all."""
    get_object_or_404(ReviewFile.objects.undecided(), pk=pk).delete()
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
