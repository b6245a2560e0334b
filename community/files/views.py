"""Uploading a file, and fetching one. Who may fetch it is asked each time."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.files.models import Attachment
from community.files.names import address_part
from community.files.serving import as_file
from community.people.guards import signed_in
from community.refusals import Refusal

BROWSER_KEEPS = 3600
"""Seconds. No other cache keeps it, so that a hidden post's files are gone with it."""


@signed_in
@require_POST
def file_upload(request: HttpRequest) -> HttpResponse:
    """Keep one file. The answer says how a text shows it; nothing is public before a post does."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(_("There is no file in this."), code="no_file", status=422)
    attachment = Attachment.objects.keep(file.name or "", file.read(), by=request.user)
    told = {"name": attachment.name, "url": attachment.get_absolute_url(), "markdown": attachment.markdown}
    return JsonResponse(told | {"small_url": attachment.small_url, "is_picture": attachment.is_picture}, status=201)


@require_safe
def file_detail(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """The file, for whoever may read a post that shows it."""
    return served(request, key, name)


@require_safe
def file_small(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A picture as large as texts show it."""
    return served(request, key, name, is_small=True)


def served(request: HttpRequest, key: str, name: str, *, is_small: bool = False) -> HttpResponseBase:
    """Hidden and missing look alike, and nobody names our files for us."""
    found = Attachment.objects.visible_to(request.user).select_related("blob")
    attachment = get_object_or_404(found, key=key)
    if name != address_part(attachment.name):
        raise Http404
    etag = f'"{attachment.blob.digest[:32]}{"s" if is_small else ""}"'
    response = get_conditional_response(request, etag=etag) or as_file(
        (is_small and attachment.blob.small) or attachment.blob.file,
        name=attachment.name,
        content_type=attachment.blob.content_type,
    )
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={BROWSER_KEEPS}"
    return response
