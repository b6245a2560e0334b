"""Filling a canned reply for a thread: its places become names. Nothing else in it is read as anything but text."""

import re
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from forums.canned.models import CannedReply
from forums.threads.blanks import PLACE
from forums.threads.models import Thread

PLACES = {
    "name": gettext_lazy("who asked"),
    "product": gettext_lazy("the product"),
    "version": gettext_lazy("its version"),
    "title": gettext_lazy("the title of the question"),
    "me": gettext_lazy("your name"),
    "site": gettext_lazy("the name of this place"),
}


def filled(source: str, thread: Thread, by: Any) -> str:
    """The words for this thread. What is not known stays a place in braces, and whoever sends it fills it in."""
    known = {
        "name": thread.author.name,
        "product": thread.product.name if thread.product else "",
        "version": thread.product_version.name if thread.product_version else "",
        "title": thread.title,
        "me": by.name,
        "site": settings.SITE_NAME,
    }
    return PLACE.sub(lambda place: plain(str(known[place[1]])) or place[0], source)


def plain(words: str) -> str:
    """Somebody else's words are text in ours: no link, picture or heading is made of a name."""
    return re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", " ".join(words.split()))


def is_verbatim(source: str, written: str, thread: Thread, by: Any) -> bool:
    """Whether a post says nothing but the filled template."""
    return " ".join(filled(source, thread, by).split()) == " ".join(written.split())


def is_untouched(written: str, thread: Thread, by: Any, canned: Collection[int]) -> bool:
    """Whether a text is one of these templates, sent as it was put in."""
    rows = CannedReply.objects.visible_to(by).filter(pk__in=canned) if canned else ()
    return any(is_verbatim(row.source, written, thread, by) for row in rows)
