"""Where files are shown. The ground does not know posts: each kind of place says which of its rows a person may see.

@place("in_posts")
def posts_with_files(person):
    return PostFile.objects.filter(post__in=Post.objects.visible_to(person))
"""

from collections.abc import Callable
from typing import Any

from django.db import models

Rows = Callable[[Any], models.QuerySet[Any]]
Wish = Callable[[Any], bool]
_places: dict[str, Rows] = {}
_wishes: list[Wish] = []


def place(relation: str) -> Callable[[Rows], Rows]:
    """Register a kind of place by the name of its rows on an attachment, with the rows that a person may see.

    Each row names its `attachment`.
    """

    def register(rows: Rows) -> Rows:
        _places[relation] = rows
        return rows

    return register


def wanted(wish: Wish) -> Wish:
    """Register a reason to keep an attachment that no place shows yet, such as a draft that names it."""
    _wishes.append(wish)
    return wish


def seen_somewhere(person: Any) -> models.Q:
    """Attachments that stand in a place which this person may see."""
    seen = models.Q(pk__in=[])
    for rows in _places.values():
        seen |= models.Q(models.Exists(rows(person).filter(attachment=models.OuterRef("pk"))))
    return seen


def nowhere() -> models.Q:
    """Attachments that stand in no place."""
    return models.Q(**{f"{relation}__isnull": True for relation in _places})


def is_wanted(attachment: Any) -> bool:
    """Whether somebody still has a reason to keep it."""
    return any(wish(attachment) for wish in _wishes)
