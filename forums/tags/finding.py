"""Tags as the search finds them: by their name or another word for it."""

import html
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from community.prepared import Prepared
from community.search.names import MANY, Named, register_names
from forums.tags.models import TagCard

ABOUT = 160
"""Characters of a description that a row shows."""


def tags(text: str) -> Iterator[Named]:
    """Those that stand on something everybody can read."""
    whole = text.casefold()
    names = [whole, *whole.split()][:20]
    for name, slug, about, *_order in called.rows(names=names):
        yield Named(name, reverse("forums:tag-detail", args=[slug]), "tag", plain(about))


def _called(names: list[str]) -> QuerySet[TagCard, tuple[Any, ...]]:
    so_called = Q(tag__name__among=names) | Q(tag__synonyms__name__among=names)
    found = TagCard.objects.in_use().filter(so_called).order_by("-question_count", "tag").distinct()
    return found.values_list("tag__name", "tag__slug", "html")[:MANY]


called = Prepared(_called, names=list)


def plain(markup: str) -> str:
    """The first words of a description."""
    return Truncator(" ".join(html.unescape(strip_tags(markup)).split())).chars(ABOUT)


register_names("tag", _("tag"), _("Tags"), tags)
