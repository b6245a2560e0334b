"""What somebody has written about products, the company and its help: as a page, and as a file to keep."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.paging import page_of
from community.people.guards import signed_in
from forums.reviews.exporting import as_csv, as_json
from forums.reviews.models import Review


@signed_in
@require_safe
def my_review_list(request: HttpRequest) -> HttpResponse:
    """One's own reviews, the newest first, also those that nobody else can see now."""
    reviews = Review.objects.filter(author=request.user).for_reading()
    page = page_of(reviews, "-written_at", request.GET.get("after", ""))
    return render(request, "forums/reviews/mine.html", {"page": page})


@signed_in
@require_safe
def my_review_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file, in a table or as JSON."""
    is_table = request.GET.get("format") == "csv"
    reviews = Review.objects.filter(author=request.user)
    lines, mime = (as_csv(reviews), "text/csv") if is_table else (as_json(reviews), "application/json")
    response = StreamingHttpResponse(lines, content_type=f"{mime}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-reviews.{"csv" if is_table else "json"}"'
    response["Cache-Control"] = "private, no-store"
    return response
