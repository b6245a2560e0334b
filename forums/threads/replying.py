"""Replying in a thread: answers to its opening, comments on a post."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.distance import team_name_of
from community.people.labels import label_of
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import Verdict, check
from community.refusals import Refusal, Stale
from community.text.markdown import to_html
from forums.threads.blanks import refuse_blanks
from forums.threads.counting import recount
from forums.threads.following import follow
from forums.threads.models import Approval, Draft, Post, Regulation, Thread
from forums.threads.picking import held
from forums.threads.purging import purge_thread
from forums.threads.showing_files import show_files

MAIL = "mail"
"""The door of replies by mail, which their posts say."""


@transaction.atomic
def answer(
    thread: Thread,
    *,
    by: Person,
    source: str,
    is_attempt: bool = True,
    as_staff: bool = False,
    seen: int | None = None,
    where: str = "answer",
    keep: Collection[str] = (),
    canned: Collection[int] = (),
) -> Post:
    """Answer in public; staff do it under their persona with `as_staff`.

    A merged thread takes answers all the same: they are read where it is read, and remember where they were written.
    `canned` are ids of the templates it was begun with, which hear of it by the event.
    `seen` is the id of the newest answer the writer had seen: when there is a newer one, Stale is raised with it,
    so that two agents never answer the same thing unknowingly. `where` names the door for the gate.
    """
    refuse_blanks(source, canned)
    text = Text.checked(source, by, where, keep)
    thread = held(thread.pk)
    thread.refuse_when_locked()
    thread.refuse_when_closed()
    refuse_unless_newest(thread, seen)
    told = {
        "is_attempt": is_attempt,
        "alias": _alias(by, as_staff, thread),
        "is_by_mail": where == MAIL,
        "canned": canned,
    }
    post = _write(thread, Post.Kind.ANSWER, by, text, **told)
    Draft.objects.drop(by=by, place=f"thread:{thread.pk}")
    return post


@transaction.atomic
def comment(
    parent: Post,
    *,
    by: Person,
    source: str,
    as_staff: bool = False,
    where: str = "comment",
    keep: Collection[str] = (),
    canned: Collection[int] = (),
) -> Post:
    """Comment on the opening or on an answer. A comment on a comment goes below the same post (depth two)."""
    refuse_blanks(source, canned)
    text = Text.checked(source, by, where, keep)
    thread = held(parent.thread_id)
    thread.refuse_when_locked()
    thread.refuse_when_closed()
    told = {"parent": parent.top, "alias": _alias(by, as_staff, thread), "is_by_mail": where == MAIL}
    post = _write(thread, Post.Kind.COMMENT, by, text, canned, **told)
    Draft.objects.drop(by=by, place=f"post:{parent.pk}")
    return post


@dataclass(frozen=True)
class Text:
    """A text that passed the gate, and its HTML: both made before the thread is locked, for they may take a while."""

    source: str
    html: str
    verdict: Verdict

    @classmethod
    def checked(cls, source: str, by: Person, where: str, keep: Collection[str]) -> "Text":
        """Raises the gate's Refusal."""
        verdict = check(source, by=by, where=where, keep=keep).enforce()
        source = verdict.cover(source)
        return cls(source, to_html(source), verdict)


def refuse_unless_newest(thread: Thread, seen: int | None) -> None:
    """Raise Stale when the thread has an answer newer than `seen`."""
    if seen is None:
        return
    newer = thread.all_posts.filter(kind=Post.Kind.ANSWER, is_hidden=False, pk__gt=seen).order_by("-pk")
    if newest := newer.first():
        raise Stale(newest, _("Somebody answered while you were writing."))


def _alias(by: Person, as_staff: bool, thread: Thread) -> str:
    if not as_staff:
        return ""
    if not by.can(Capability.ANSWER_AS_STAFF):
        raise Refusal(_("Only the team answers with the team’s mark."), code="not_staff", status=403)
    return team_name_of(by, to=thread.author)


def _write(thread: Thread, kind: str, by: Person, text: Text, canned: Collection[int] = (), **fields: Any) -> Post:
    regulation = Regulation.objects.of(thread, text.source) if fields.get("alias") else None
    post = Post.objects.create(
        thread=thread,
        kind=kind,
        author=by,
        source=text.source,
        html=text.html,
        is_hidden=text.verdict.is_held or regulation is not None,
        label=label_of(by, as_staff=bool(fields.get("alias"))),
        **fields,
    )
    show_files(post, by=by)
    follow(thread, by=by)
    if regulation is not None:
        Approval.objects.ask(post, regulation)
        return post
    if text.verdict.is_held:
        record(Verb.POST_HELD, actor=by, subject=post, **text.verdict.held_because)
        return post
    if kind == Post.Kind.ANSWER:
        recount(thread, active_at=timezone.now())
    else:
        purge_thread(thread.home, active_at=timezone.now())
    verb = Verb.ANSWER_POSTED if kind == Post.Kind.ANSWER else Verb.COMMENT_POSTED
    told = {"canned": list(canned)} if canned else {}
    told |= text.verdict.hints
    record(verb, actor=by, subject=post, thread=thread.pk, as_staff=bool(fields.get("alias")), **told)
    return post
