"""Beginning a thread of any kind: its place in the lists, and its opening post."""

from collections.abc import Iterable
from typing import Any

from taggit.models import Tag

from community.people.labels import label_of
from community.people.models import Person
from community.policy.gate import Verdict
from community.prepared import Prepared
from community.text.markdown import to_html
from forums.threads.following import follow
from forums.threads.models import Post, Thread, ThreadTag
from forums.threads.purging import purge_thread
from forums.threads.showing_files import show_files


def begin(
    kind: str,
    *,
    by: Person,
    title: str,
    source: str,
    verdict: Verdict,
    tags: Iterable[str] = (),
    is_hidden: bool = False,
    alias: str = "",
    **about: Any,
) -> tuple[Thread, Post]:
    """A thread with its opening, followed by its author; out of sight when the gate holds it, or while it is a draft.

    `alias` is the persona under which the team begins it; `about` are fields of the thread: `product`,
    `product_version`. The caller holds the transaction and records what happened, for each kind has its own verb.
    """
    is_hidden |= verdict.is_held
    thread = Thread.objects.create(
        kind=kind,
        title=title,
        slug=Thread.slug_for(title),
        author=by,
        excerpt=Thread.excerpt_of(kind, source),
        is_hidden=is_hidden,
        **about,
    )
    opening = open_with(source, thread, by, alias)
    tag_first(thread, [tag.strip().lower() for tag in tags if tag.strip()])
    follow(thread, by=by)
    purge_thread(thread)
    return thread, opening


def open_with(source: str, thread: Thread, by: Person, alias: str) -> Post:
    """What the thread begins with, with the files that it shows."""
    opening = Post.objects.create(
        thread=thread,
        kind=Post.Kind.OPENING,
        author=by,
        alias=alias,
        label=label_of(by, as_staff=bool(alias)),
        source=source,
        html=to_html(source),
        is_hidden=thread.is_hidden,
    )
    show_files(opening, by=by)
    return opening


def tag_first(thread: Thread, names: list[str]) -> None:
    """The tags of a thread that has none yet. Those that are known, mostly all, cost two statements together."""
    if not names:
        return
    known = {name: pk for pk, name in tags_called.rows(names=names)}
    rows = [ThreadTag(tag_id=known[name], content_object=thread) for name in dict.fromkeys(names) if name in known]
    ThreadTag.objects.bulk_create(rows)
    if new := [name for name in names if name not in known]:
        thread.tags.add(*new)


tags_called = Prepared(lambda names: Tag.objects.filter(name__among=names).values_list("pk", "name"), names=list)
