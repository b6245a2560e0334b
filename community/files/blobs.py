"""The bytes of shared files, each stored once however often it is uploaded."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from community.files.kinds import Kind, kind_of
from community.files.pictures import draw_anew
from community.files.storage import file_storage, random_path
from community.refusals import Refusal


class BlobQuerySet(models.QuerySet["Blob"]):
    """Which bytes."""

    def of(self, data: bytes, name: str) -> "Blob":
        """The stored form of these bytes, made when nobody has uploaded them before. Raises a Refusal for odd ones."""
        digest = hashlib.sha256(data).hexdigest()
        if self.filter(digest=digest).update(touched_at=timezone.now()):  # the sweep leaves it alone from here on
            return self.get(digest=digest)
        kind = kind_of(data)
        if kind is None:
            raise Refusal(
                _("We cannot take “%(name)s”: pictures, texts, PDF, sound, video and ZIP are fine. Put it into a ZIP.")
                % {"name": name[:80]},
                code="kind",
                status=415,
            )
        made = Blob.drawn(data, digest, name) if kind.is_picture else Blob.stored(data, digest, kind)
        blob, is_new = self.get_or_create(digest=digest, defaults=made.as_defaults())
        if not is_new:
            made.drop_files()  # somebody uploaded the same in the same moment
        return blob


class Blob(models.Model):
    """Stored bytes with their type, and for pictures a smaller copy for texts. Attachments refer to it."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what was uploaded")
    file = models.FileField(upload_to=random_path, storage=file_storage)
    small = models.FileField(upload_to=random_path, storage=file_storage, blank=True)
    content_type = models.CharField(max_length=80, help_text="as served, decided by the bytes")
    endings = models.CharField(max_length=120, blank=True, help_text="endings that a name of it may have")
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    touched_at = models.DateTimeField(default=timezone.now, help_text="when somebody last uploaded it")

    objects = BlobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.content_type} {self.digest[:12]}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def kind_endings(self) -> tuple[str, ...]:
        return tuple(self.endings.split())

    @classmethod
    def drawn(cls, data: bytes, digest: str, name: str) -> "Blob":
        """A picture, drawn anew. Its files are written, its row is not."""
        pictures = draw_anew(data, is_for_web=True)
        if not pictures:
            raise Refusal(
                _("“%(name)s” is no picture that we can read, or too large. A screenshot or a smaller photo will do.")
                % {"name": name[:80]},
                code="picture",
                status=422,
            )
        large = pictures[0]
        blob = cls(digest=digest, content_type=large.content_type, size=len(large.data))
        blob.width, blob.height = large.width, large.height
        blob.file.save("", ContentFile(large.data), save=False)
        for picture in pictures[1:]:
            blob.small.save("", ContentFile(picture.data), save=False)
        return blob

    @classmethod
    def stored(cls, data: bytes, digest: str, kind: Kind) -> "Blob":
        """Anything else, as it is. Its file is written, its row is not."""
        blob = cls(digest=digest, content_type=kind.content_type, endings=" ".join(kind.endings)[:120], size=len(data))
        blob.file.save("", ContentFile(data), save=False)
        return blob

    def as_defaults(self) -> dict[str, Any]:
        """Its fields, to be written unless somebody was faster."""
        names = ("file", "small", "content_type", "endings", "size", "width", "height")
        return {name: getattr(self, name).name if name in ("file", "small") else getattr(self, name) for name in names}

    def drop_files(self) -> None:
        """Take its files from the disk."""
        for file in (self.file, self.small):
            if file.name:
                file.storage.delete(file.name)
