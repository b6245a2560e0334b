"""Files that people share: what somebody uploaded, under a name of theirs, and the bytes, kept once."""

import secrets
import string
from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from community.files.blobs import Blob
from community.files.names import address_part, clean_name, renamed, with_ending
from community.files.places import nowhere, seen_somewhere
from community.files.quota import refuse_beyond_quota, refuse_too_big
from community.people.models import Person

__all__ = ["Attachment", "Blob"]
KEY_LENGTH = 28
ORPHANS_LIVE = timedelta(hours=48)


def new_key() -> str:
    """131 random bits in letters: no digits, which could look like somebody's phone number in a text."""
    return "".join(secrets.choice(string.ascii_lowercase) for _letter in range(KEY_LENGTH))


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Which attachments."""

    def visible_to(self, person: Any) -> Self:
        """What stands in a place that this person may see, and what they have uploaded and not used yet."""
        seen = seen_somewhere(person)
        if person is not None and person.is_authenticated:
            seen |= models.Q(nowhere(), uploader=person)
        return self.filter(seen)

    def orphans(self) -> Self:
        """What nobody has used for two days."""
        before = timezone.now() - ORPHANS_LIVE
        let_go = models.Q(let_go_at=None) | models.Q(let_go_at__lt=before)
        return self.filter(nowhere(), let_go, created_at__lt=before)

    def keep(self, name: str, data: bytes, *, by: Any) -> "Attachment":
        """Keep a file that somebody uploads. Pictures are drawn anew; the same bytes are stored once.

        Raises a Refusal when the file is too big, of no kind that we take, or one too many for an hour.
        """
        name = clean_name(name)
        refuse_too_big(name, len(data))
        refuse_beyond_quota(by, self.filter(uploader=by))
        blob = Blob.objects.of(data, name)
        name = renamed(name, ".webp") if blob.is_picture else with_ending(name, blob.kind_endings)
        with transaction.atomic():
            Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # uploads of one person are counted in turn
            refuse_beyond_quota(by, self.filter(uploader=by))
            return self.create(blob=blob, name=name, uploader=by)


class Attachment(models.Model):
    """One person's upload of a file. Posts that show it refer to it; without any it goes after two days."""

    key = models.CharField(max_length=40, unique=True, default=new_key)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    uploader = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="attachments")
    name = models.CharField(max_length=200, help_text="as the person called it, made harmless")
    created_at = models.DateTimeField(default=timezone.now)
    let_go_at = models.DateTimeField(null=True, blank=True, help_text="when a post last stopped showing it")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["uploader", "-created_at"], name="attachment_by_uploader")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:file-detail", args=[self.key, address_part(self.name)])

    @property
    def small_url(self) -> str:
        """The address of the picture as it stands in a text."""
        name = "community:file-small" if self.blob.small else "community:file-detail"
        return reverse(name, args=[self.key, address_part(self.name)])

    @transaction.atomic
    def discard(self) -> None:
        """Gone at once, with its bytes when nobody else has uploaded the same; kept while another place shows it."""
        if not type(self).objects.filter(nowhere(), pk=self.pk).exists():
            return
        blob = self.blob
        self.delete()
        if not blob.attachments.exists():
            blob.delete()
            transaction.on_commit(blob.drop_files)

    @property
    def is_picture(self) -> bool:
        return self.blob.is_picture

    @property
    def markdown(self) -> str:
        """How a text shows it. A picture waits for its description."""
        if self.is_picture:
            return f"![]({self.get_absolute_url()})"
        label = "".join(f"\\{letter}" if letter in "\\[]*_`<>&" else letter for letter in self.name)
        return f"[{label}]({self.get_absolute_url()})"
