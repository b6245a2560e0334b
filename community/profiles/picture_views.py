"""A person's own picture: putting it up, taking it down, and the file for everybody."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.files.serving import as_file
from community.once import once
from community.people.guards import signed_in
from community.people.models import Person
from community.people.picturing import FOLDER, NAME
from community.people.requests import PersonRequest
from community.profiles.picture_form import PictureForm

BROWSER_KEEPS = 3600
"""Seconds. No other cache keeps it, so that a picture that was taken down is gone with it."""


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings_picture(request: PersonRequest) -> HttpResponse:
    """The picture beside one's name."""
    person = Person.objects.get(pk=request.user.pk)
    form = PictureForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("This is your picture from now on."))
        return redirect("community:settings-picture")
    context = {"form": form, "section": "profile"}
    return render(request, "community/profiles/picture.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@once
def settings_picture_remove(request: PersonRequest) -> HttpResponse:
    """The drawn letter again."""
    Person.objects.get(pk=request.user.pk).take_picture_down(by=request.user)
    messages.success(request, _("Removed. A letter stands in its place."))
    return redirect("community:settings-picture")


@require_safe
def person_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, while it is somebody's picture; its name does not say whose."""
    path = f"{FOLDER}/{name}"
    is_shown = NAME.fullmatch(name) and Person.objects.active().filter(picture=name, shown_as="").exists()
    if not is_shown or not default_storage.exists(path):
        raise Http404
    etag = f'"{name[:32]}"'
    response = get_conditional_response(request, etag=etag) or as_file(
        default_storage.open(path), name=name, content_type="image/jpeg"
    )
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={BROWSER_KEEPS}"
    return response
