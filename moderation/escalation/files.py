"""Keeping files that came with a message: pictures are drawn anew, everything else can only be downloaded."""

import mimetypes
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from community.files.names import clean_name
from community.files.pictures import draw_anew
from community.inbound.parts import MOST_FILES, Upload
from community.refusals import Refusal
from moderation.escalation.models.message import Attachment

NEUTRAL = "application/octet-stream"
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
DOWNLOADS = {"application/pdf", "application/zip", "text/plain", "audio/mpeg", "audio/wav", "video/mp4"}
"""Types that keep their name when downloaded. No browser shows them inside our pages: they are always downloads."""


def uploads_from(files: list[Any]) -> tuple[Upload, ...]:
    """The files of a form. Raises a Refusal when they are too many or too big."""
    if len(files) > MOST_FILES:
        raise Refusal(_("At most %(count)s files at a time.") % {"count": MOST_FILES}, code="too_many", status=413)
    for file in files:
        refuse_too_big(file.name, file.size)
    return tuple(Upload(file.name, file.read()) for file in files)


def refuse_too_big(name: str, size: int) -> None:
    """Raise a Refusal for a file over the limit."""
    if size > settings.PRIVATE_FILE_MAX_BYTES:
        limit = settings.PRIVATE_FILE_MAX_BYTES // (1024 * 1024)
        sentence = _("“%(name)s” is too big. Files can have up to %(limit)s MB.")
        raise Refusal(sentence % {"name": name[:80], "limit": limit}, code="too_big", status=413)


def keep(upload: Upload, message: Any) -> Attachment:
    """Store one file with its message."""
    name, content_type, data = clean_name(upload.name), NEUTRAL, upload.data
    if name.lower().endswith(PICTURES):
        drawn = draw_anew(upload.data)
        if drawn:
            data, content_type = drawn[0].data, drawn[0].content_type
            name = name.rsplit(".", 1)[0] + mimetypes.guess_extension(content_type, strict=False)
    else:
        guessed = mimetypes.guess_type(name)[0]
        content_type = guessed if guessed in DOWNLOADS else NEUTRAL
    attachment = Attachment(message=message, name=name, content_type=content_type, size=len(data))
    attachment.file.save(name, ContentFile(data), save=False)
    attachment.save()
    return attachment
