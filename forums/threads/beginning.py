"""Beginning a thread of any kind: its place in the lists, and its opening post."""

from collections.abc import Iterable
from typing import Any

from community.people.labels import label_of
from community.people.models import Person
from community.policy.gate import Verdict
from community.text.excerpts import excerpt
from community.text.markdown import to_html
from forums.threads.following import follow
from forums.threads.models import Post, Thread
from forums.threads.purging import purge_thread
from forums.threads.showing_files import show_files


def begin(
    kind: str, *, by: Person, title: str, source: str, verdict: Verdict, tags: Iterable[str] = (), **about: Any
) -> tuple[Thread, Post]:
    """A thread with its opening, followed by its author; out of sight when the gate holds it.

    `about` are fields of the thread: `product`, `product_version`. The caller holds the transaction and records what
    happened, for each kind has its own verb.
    """
    thread = Thread.objects.create(
        kind=kind,
        title=title,
        slug=Thread.slug_for(title),
        author=by,
        excerpt=excerpt(source, 180),
        is_hidden=verdict.is_held,
        **about,
    )
    opening = Post.objects.create(
        thread=thread,
        kind=Post.Kind.OPENING,
        author=by,
        label=label_of(by),
        source=source,
        html=to_html(source),
        is_hidden=verdict.is_held,
    )
    show_files(opening, by=by)
    thread.tags.add(*[tag.strip().lower() for tag in tags if tag.strip()])
    follow(thread, by=by)
    purge_thread(thread)
    return thread, opening
