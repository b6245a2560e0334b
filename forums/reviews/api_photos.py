"""Photos of a review for programs: its writer adds them, says what they show, and takes them out."""

from typing import Any

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from community.api.operations import Answer, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.files.models import Attachment
from community.form_fields import EncodedFileField
from forums.reviews.api_shapes import Picture, picture_told, readable
from forums.reviews.models import Photo, Review

LARGEST = settings.FILE_MAX_BYTES * 4 // 3 + 4096
"""A file of the largest size, written in Base64, and what is said of it."""


class ShowsForm(forms.Form):
    """What a photo shows."""

    shows = forms.CharField(
        label=_("What it shows"), help_text=_("For those who do not see it."), max_length=200, required=False
    )


class PhotoForm(ShowsForm):
    """A photo."""

    name = forms.CharField(label=_("Name of the file"), max_length=200)
    data = EncodedFileField(label=_("The picture: JPEG, PNG, WebP or GIF"))

    def keep_for(self, review: Review, by: Any) -> Photo:
        """Draw it anew, without where and when it was taken, and add it."""
        kept = Attachment.objects.keep(self.cleaned_data["name"], self.cleaned_data["data"], by=by)
        return review.add_photo(kept, self.cleaned_data["shows"], by=by)


@operation(Area.REVIEWS, Many(Picture), is_public=True)
def list_photos(request: ApiRequest, pk: int) -> Listed:
    """The photos of a review: those that everybody sees, and of your own also those that wait."""
    photos = Photo.objects.visible_to(request.user).filter(review=readable(request, pk))
    return Listed([picture_told(one) for one in photos.select_related("attachment", "hiding")])


@operation(Area.REVIEWS, Picture, form=PhotoForm, statuses=(201, 202), largest=LARGEST)
def add_photo(request: ApiRequest, pk: int) -> Answer:
    """Add a photo to your review, as Base64. Where and when it was taken is removed; a newcomer's waits for a look."""
    review, form = own_review(request, pk), PhotoForm(request.data)
    photo: Photo = saved(form, lambda: form.keep_for(review, request.user))
    return Answer(picture_told(photo), 202 if photo.is_hidden else 201)


def own_review(request: ApiRequest, pk: int) -> Review:
    """A review of the key's owner, also while it is out of sight."""
    return get_object_or_404(Review.objects.filter(author=request.user).select_related("thread"), pk=pk)


def own_photo(request: ApiRequest, pk: int) -> Photo:
    """A photo of one of the owner's reviews."""
    known = Photo.objects.filter(review__author=request.user)
    return get_object_or_404(known.select_related("review__thread", "attachment", "hiding"), pk=pk)


@operation(Area.REVIEWS, Picture, form=ShowsForm)
def describe_photo(request: ApiRequest, pk: int) -> Picture:
    """Say what your photo shows, for those who do not see it."""
    photo, form = own_photo(request, pk), ShowsForm(request.data)
    saved(form, lambda: photo.describe(form.cleaned_data["shows"], by=request.user))
    return picture_told(photo)


@operation(Area.REVIEWS, Done)
def drop_photo(request: ApiRequest, pk: int) -> Done:
    """Take your photo out. The text stays."""
    photo = own_photo(request, pk)
    photo.review.drop_photo(photo, by=request.user)
    return Done()


api_review_photos = resource("api_review_photos", get=list_photos, post=add_photo)
api_photo = resource("api_photo", put=describe_photo, delete=drop_photo)
