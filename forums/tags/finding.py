"""Tags as the search finds them: by their name or another word for it."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.search.names import FEW, Named, register_names
from forums.tags.models import TagCard


def tags(text: str) -> Iterator[Named]:
    """Those that stand on something everybody can read."""
    whole = text.casefold()
    names = [whole, *whole.split()][:20]
    called = Q(tag__name__in=names) | Q(tag__synonyms__name__in=names)
    found = TagCard.objects.in_use().filter(called).order_by("-question_count", "tag").distinct()
    for name, slug in found.values_list("tag__name", "tag__slug")[:FEW]:
        yield Named(name, reverse("forums:tag-detail", args=[slug]), "tag")


register_names(_("tag"), tags)
