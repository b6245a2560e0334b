"""Texts that somebody began and has not sent yet, on whatever device: what each was to become, and where it goes on."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.text.excerpts import excerpt
from forums.threads.models import Draft, Post, Thread


@dataclass(frozen=True)
class Where:
    """The place of a draft, as its writer knows it."""

    what: Any
    title: str
    url: str


@dataclass(frozen=True)
class Unfinished:
    """A draft with its place; without one when that is gone for its writer, whose words still are there."""

    draft: Draft
    where: Where | None

    @property
    def words(self) -> str:
        """How it begins."""
        return excerpt(self.draft.text, 200)


Finder = Callable[[Any, list[int]], dict[int, Where]]
_finders: dict[str, Finder] = {}


def belongs(kind: str) -> Callable[[Finder], Finder]:
    """Register who knows the places `kind:7`: of these ids, those that the person may see; 0 where none is named."""

    def register(find: Finder) -> Finder:
        _finders[kind] = find
        return find

    return register


def unfinished(person: Any) -> list[Unfinished]:
    """Everything that the person has begun, the newest first."""
    drafts = list(Draft.objects.visible_to(person).order_by("-updated_at", "-pk"))
    wanted: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        kind, number = place_of(draft)
        wanted[kind].append(number)
    found = {kind: _finders[kind](person, numbers) for kind, numbers in wanted.items() if kind in _finders}
    return [Unfinished(draft, found.get(kind, {}).get(pk)) for draft in drafts for kind, pk in [place_of(draft)]]


def place_of(draft: Draft) -> tuple[str, int]:
    """The kind and the number of `post:7`."""
    kind, _colon, number = draft.place.partition(":")
    return kind, int(number or 0)


@belongs("thread")
def answers(person: Any, ids: list[int]) -> dict[int, Where]:
    """Answers to threads that are still to be read."""
    threads = Thread.objects.visible_to(person).select_related("merged_into").filter(pk__in=ids)
    return {
        one.pk: Where(_("Your answer to"), one.home.title, f"{one.home.get_absolute_url()}#reply") for one in threads
    }


def about_posts(what: Any, view: str) -> Finder:
    """Texts about posts: comments on them, other wordings of them."""

    def find(person: Any, ids: list[int]) -> dict[int, Where]:
        posts = Post.objects.visible_to(person).select_related("thread").filter(pk__in=ids)
        return {post.pk: Where(what, post.thread.title, reverse(view, args=[post.pk])) for post in posts}

    return find


belongs("post")(about_posts(_("Your comment on"), "forums:post-comment"))
belongs("edit")(about_posts(_("Your change of"), "forums:post-edit"))
belongs("suggest")(about_posts(_("Your suggestion for"), "forums:post-suggest"))
