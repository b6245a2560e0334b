"""A person's own picture: beside their name wherever that stands, until they or a moderator take it down."""

import re
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.refusals import Refusal

FOLDER = "people"
NAME = re.compile(r"[0-9a-f]{32}\.jpg")


class PicturedPerson:
    """What can be done with the picture. `picture` is the name of its file, which says nothing of whose it is."""

    pk: int
    picture: str
    shown_as: str

    @property
    def picture_url(self) -> str:
        """Where it is. A face of the team has the photo of its persona, and the account's own is not shown."""
        return f"/media/{FOLDER}/{self.picture}" if self.picture and not self.shown_as else ""

    @transaction.atomic
    def put_up_picture(self, picture: ContentFile, *, by: Any) -> None:
        """Show this one from now on, which was drawn anew. The one before it is gone."""
        if self.shown_as:
            raise Refusal(_("Customers see the photo of your persona. Change it there."), code="has_persona")
        before = self.picture
        self._show_picture(default_storage.save(f"{FOLDER}/{picture.name}", picture).rpartition("/")[2])
        drop_file(before)
        record(Verb.PICTURE_CHANGED, actor=by, subject=self, is_up=True)  # type: ignore[arg-type]

    @transaction.atomic
    def take_picture_down(self, *, by: Any, keeps_file: bool = False) -> str:
        """The drawn letter again. A moderator keeps the file, so that it can be put back. Answers which it was."""
        before = self.picture
        if not before:
            return ""
        self._show_picture("")
        if not keeps_file:
            drop_file(before)
        record(Verb.PICTURE_CHANGED, actor=by, subject=self, is_up=False)  # type: ignore[arg-type]
        return before

    @transaction.atomic
    def put_back_picture(self, name: str, *, by: Any) -> None:
        """It may be seen after all, unless there is another one by now."""
        if self.picture or not name or not default_storage.exists(f"{FOLDER}/{name}"):
            return
        self._show_picture(name)
        record(Verb.PICTURE_CHANGED, actor=by, subject=self, is_up=True)  # type: ignore[arg-type]

    def _show_picture(self, name: str) -> None:
        self.picture = name
        self.save(update_fields=["picture"])  # type: ignore[attr-defined]
        purge("people", f"person-{self.pk}")


def drop_file(name: str) -> None:
    """The file goes when nothing can bring it back."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(f"{FOLDER}/{name}"))
