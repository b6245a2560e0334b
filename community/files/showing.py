"""Texts ask here for the pictures that they show."""

from collections.abc import Iterable

from community.files.models import Attachment
from community.text.pictures import Picture, pictures_from


@pictures_from
def pictures(keys: Iterable[str]) -> dict[str, Picture]:
    """The pictures with these keys. Who may see them is asked when their bytes are fetched."""
    rows = Attachment.objects.filter(key__in=list(keys), blob__width__isnull=False).select_related("blob")
    return {
        row.key: Picture(row.get_absolute_url(), row.small_url, row.blob.width or 0, row.blob.height or 0)
        for row in rows
    }
