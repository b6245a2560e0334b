"""Photos of the team: always made anew, so that nothing but the picture is left of what was uploaded."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
SIDE = 512
FORMATS = ("JPEG", "PNG", "WEBP")


def clean_photo(upload: Any) -> ContentFile:
    """A square JPEG without the camera's notes (place, time, owner), under a name that says nothing."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The photo is larger than 5 MB."))
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("The photo has too many pixels."))
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (SIDE, SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a photo we can read. JPEG, PNG or WebP, please.")) from error
    kept = BytesIO()
    square.save(kept, "JPEG", quality=86, optimize=True)
    return ContentFile(kept.getvalue(), name=f"{uuid4().hex}.jpg")
