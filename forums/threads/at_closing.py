"""What becomes of somebody's posts, votes and drafts when they close their account: threads stay readable."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.closing import Leaving, leaves
from community.text.markdown import to_html
from forums.threads.indexing import index_now
from forums.threads.models import Draft, Follow, Muting, Post, Revision, Suggestion, Thread
from forums.threads.purging import purge_threads


@leaves(
    gettext_lazy("Questions, answers, comments and reviews"),
    count=lambda person: Post.objects.filter(author=person).count(),
    kept=gettext_lazy("stay as they are, under “former member” and a number."),
    removed=gettext_lazy(
        "lose their words: answers and comments say that they were taken back, a question keeps its title so that its "
        "answers can be read, a review goes with its stars."
    ),
)
def posts(leaving: Leaving) -> None:
    written = Post.objects.filter(author=leaving.person).select_related("thread__merged_into").order_by("pk")
    if leaving.takes_texts:
        for post in written:
            take_words(post, leaving)
    forget_name(leaving)
    threads = Thread.objects.filter(posts__author=leaving.person).distinct()
    purge_threads(threads)
    for thread in threads:
        index_now(thread)


def take_words(post: Post, leaving: Leaving) -> None:
    """The words are really gone, earlier ones too; a question's place stays for its answers."""
    is_question = post.kind == Post.Kind.OPENING and post.thread.kind != Thread.Kind.REVIEW
    post.revisions.all().delete()
    post.suggestions.all().delete()
    post.source = _("The person who asked this took their words along.") if is_question else "–"
    post.html = to_html(post.source)
    post.version += 1
    post.save(update_fields=["source", "html", "version"])
    if is_question:
        Thread.objects.filter(pk=post.thread_id).update(excerpt="")
    else:
        post.remove(by=leaving.person, at_once=post.kind == Post.Kind.OPENING)


def forget_name(leaving: Leaving) -> None:
    """Where others called them by name, the new one stands."""
    called = re.compile(rf"(?<![\w@/.])@{re.escape(leaving.name)}(?![\w-])", re.IGNORECASE)
    for post in Post.objects.filter(source__icontains=f"@{leaving.name}").exclude(author=leaving.person):
        text = called.sub(f"@{leaving.called}", post.source)
        if text != post.source:
            post.source, post.html = text, to_html(text)
            post.save(update_fields=["source", "html"])
            purge_threads(Thread.objects.filter(pk=post.thread_id))
    for row in Revision.objects.filter(source__icontains=f"@{leaving.name}"):
        row.source = called.sub(f"@{leaving.called}", row.source)
        row.save(update_fields=["source"])


@leaves(
    gettext_lazy("Votes"),
    count=lambda person: person.votes.count(),  # type: ignore[attr-defined]
    kept=gettext_lazy("go on counting, without your name."),
)
def votes(leaving: Leaving) -> None:
    """Nothing says whose they are but the account, which is nobody's."""


@leaves(
    gettext_lazy("Drafts, threads you follow, changes you suggested"),
    count=lambda person: Draft.objects.filter(person=person).count() + Follow.objects.filter(person=person).count(),
    kept=gettext_lazy("are erased."),
)
def unfinished(leaving: Leaving) -> None:
    for rows in (Draft.objects, Follow.objects, Muting.objects):
        rows.filter(person=leaving.person).delete()  # type: ignore[attr-defined]
    Suggestion.objects.filter(by=leaving.person, state=Suggestion.State.WAITING).delete()
