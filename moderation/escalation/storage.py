"""Where private files lie: a directory of its own that no address of the site leads into."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """The store of private attachments. It has no URL on purpose."""
    return FileSystemStorage(location=settings.PRIVATE_MEDIA_ROOT, base_url=None)
