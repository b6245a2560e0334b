"""Faces of people and of the team: always drawn anew, so that nothing but the picture is left of what was uploaded."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from community.files.pictures import draw_face

MOST_BYTES = 5_000_000


def clean_photo(upload: Any) -> ContentFile:
    """A small square without the camera's notes (place, time, owner), under a name that says nothing."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The photo is larger than 5 MB."))
    upload.seek(0)
    drawn = draw_face(upload.read())
    if drawn is None:
        raise ValidationError(_("This is not a photo we can read. JPEG, PNG or WebP, please."))
    return ContentFile(drawn.data, name=f"{uuid4().hex}.jpg")
