"""Which object an address of the site means, for a notice."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import models

from community.people.models import Person
from forums.threads.models import Post, Thread

POST = re.compile(r"(?:#post-|/posts/|[?&]post=)(\d{1,18})")
THREAD = re.compile(r"^/(?:questions|ideas|reviews|articles|threads)/(\d{1,18})/")
PROFILE = re.compile(r"^/people/([^/]{1,60})/")


def object_at(url: str) -> models.Model | None:
    """A post, the opening of a thread, or a profile that everybody can see; None for any other address."""
    parts = urlsplit(url.strip())
    whole = f"{parts.path}?{parts.query}#{parts.fragment}"
    if (named := POST.search(whole)) and (post := post_numbered(int(named[1]))):
        return post
    if named := THREAD.search(parts.path):
        return opening_of(Thread.objects.visible_to(None).filter(pk=int(named[1])).first())
    if named := PROFILE.search(parts.path):
        return person_called(named[1])
    return None


def post_numbered(pk: int) -> Post | None:
    return Post.objects.visible_to(None).select_related("thread__product__brand", "author").filter(pk=pk).first()


def opening_of(thread: Any) -> Post | None:
    if thread is None:
        return None
    posts = Post.objects.select_related("thread__product__brand", "author")
    return posts.filter(thread=thread, kind=Post.Kind.OPENING).first()


def person_called(handle: str) -> Person | None:
    """By the name that stands in the address of their page."""
    return Person.objects.active().called(unquote(handle)).first()
