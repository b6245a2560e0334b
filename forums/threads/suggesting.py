"""Suggesting changes to what somebody else wrote: made with a reason, decided on by its author or a reviewer."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.policy.models import HeldChange
from community.refusals import Refusal, Stale
from community.text.merging import merged
from forums.threads.models import Draft, Post, Suggestion
from forums.threads.models.suggestion import is_reviewer


def can_suggest(post: Post, person: Any) -> bool:
    """Whoever reads a question or answer and may not edit it, while its author lets them."""
    if not person.is_authenticated or post.kind == Post.Kind.COMMENT or post.removed_at or post.is_hidden:
        return False
    return post.takes_suggestions and not post.thread.home.is_locked and not post.is_editable_by(person)


@transaction.atomic
def suggest(
    post: Post, source: str, *, by: Person, reason: str, version: int, title: str = "", keep: Collection[str] = ()
) -> Suggestion | HeldChange:
    """Suggest a new wording. A second one of the same person takes the place of their first.

    What the gate holds waits for a look before the author of the text is asked; then the answer is what waits.

    Raises Stale when the post is no longer at `version`, Refusal when it takes none or nothing is changed.
    """
    post = known(post)
    if not can_suggest(post, by):
        raise Refusal(_("This text takes no suggestions from you."), code="no_suggestions", status=403)
    if post.version != version:
        raise Stale(post)
    own_title = post.thread.title if post.kind == Post.Kind.OPENING else ""
    title = title or own_title
    refuse_idle(post, source, title, own_title, reason)
    refuse_too_many(post, by)
    verdict = check(source, title=title, by=by, where="suggestion", keep=keep).enforce()
    title, source = verdict.cover(title), verdict.cover(source)
    verdict |= check(reason, by=by, where="remark", keep=keep).enforce()
    Draft.objects.filter(person=by, place=f"suggest:{post.pk}").delete()
    texts, facts = {"source": source, "reason": reason}, {"base": post.source, "base_title": own_title}
    texts |= {"title": title} if title else {}
    if verdict.is_held:
        held: Any = verdict.held_because
        return HeldChange.objects.hold(post, "suggestion", texts, by=by, because=held, version=version, **facts)
    HeldChange.objects.withdraw(post, "suggestion", by=by)
    return put_suggestion(post, {**texts, **facts, "version": version}, by=by)


def put_suggestion(post: Post, said: Mapping[str, Any], *, by: Person) -> Suggestion:
    """A suggestion that its author may be asked about. Nobody has decided on it yet."""
    fields = {name: said.get(name, "") for name in ("base", "base_title", "source", "title", "reason")}
    row, _is_new = Suggestion.objects.update_or_create(
        post=post, by=by, state=Suggestion.State.WAITING, defaults=fields | {"version": said["version"]}
    )
    record(Verb.SUGGESTION_MADE, actor=by, subject=row, post=post.pk)
    return row


def refuse_idle(post: Post, source: str, title: str, own_title: str, reason: str) -> None:
    """A suggestion changes something, and says why."""
    if (source.strip(), title) == (post.source.strip(), own_title):
        raise Refusal(_("You have not changed anything yet."), code="unchanged", status=422)
    if not reason.strip():
        raise Refusal(_("Say in a few words what is better now."), code="reason_missing", status=422)


def refuse_too_many(post: Post, by: Person) -> None:
    """Nobody floods the authors of a community."""
    waiting = Suggestion.objects.waiting().filter(by=by).exclude(post=post).count()
    waiting += HeldChange.objects.waiting().filter(by=by, kind="suggestion").exclude(subject_id=post.pk).count()
    if waiting >= settings.SUGGESTIONS_WAITING:
        sentence = _(
            "%(count)s of your suggestions still wait for an answer. Your text is kept; send it a little later."
        )
        raise Refusal(sentence % {"count": waiting}, code="pace", status=429)


def can_decide(suggestion: Suggestion, person: Any) -> bool:
    """The author of the post, and reviewers who have not suggested it themselves; of a help page its editors."""
    if not person.is_authenticated:
        return False
    if suggestion.post.is_of_an_article:
        return person.pk != suggestion.by_id and suggestion.post.is_editable_by(person)
    if person.pk == suggestion.post.author_id:
        return True
    return person.pk != suggestion.by_id and is_reviewer(person)


@transaction.atomic
def accept(suggestion: Suggestion, *, by: Person, seen: int | None = None) -> None:
    """Take it over; the wording is credited to who suggested it. Later edits elsewhere in the text stay.

    Raises Stale when the post is no longer at the version `seen`, or when an edit since touched the same place.
    """
    row = decidable(suggestion, by)
    post = known(row.post)
    if seen is not None and post.version != seen:
        raise Stale(post)
    title, source = brought_together(row, post)
    verdict = check(source, title=title, by=row.by, where="edit", keep=KEPT).enforce()
    if verdict.is_held and not post.is_hidden:
        post.hold_wording(title, source, by=row.by, reason=row.reason, verdict=verdict, suggested=True)
    else:
        post.reword(post, title, source, by=row.by, reason=row.reason, verdict=verdict, suggested=True)
    settle(row, Suggestion.State.ACCEPTED, by=by)
    record(Verb.SUGGESTION_ACCEPTED, actor=by, subject=row, post=post.pk)


KEPT = ("phone", "email", "order_number")
"""What its writer said is no private detail, or what stood in the text before: a reviewer has looked at it."""


def brought_together(row: Suggestion, post: Post) -> tuple[str, str]:
    """Title and text with the suggestion in them, also when the post has changed since; Stale when that cannot be."""
    own_title = post.thread.title if post.kind == Post.Kind.OPENING else ""
    title, source = merged(row.base_title, row.title, own_title), merged(row.base, row.source, post.source)
    if title is None or source is None:
        raise Stale(post, _("The text has changed since, at the same place. Look at both, or decline it with a word."))
    return title, source


@transaction.atomic
def decline(suggestion: Suggestion, *, by: Person, reason: str) -> None:
    """No, and why: who suggested it is told."""
    row = decidable(suggestion, by)
    if not reason.strip():
        raise Refusal(_("Say why, so that they know for the next time."), code="reason_missing", status=422)
    settle(row, Suggestion.State.DECLINED, by=by, answer=reason.strip()[:300])
    record(Verb.SUGGESTION_DECLINED, actor=by, subject=row, post=row.post_id)


@transaction.atomic
def withdraw(suggestion: Suggestion, *, by: Person) -> None:
    """Who suggested it takes it back. Repeating it changes nothing."""
    row = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if row.by_id != by.pk:
        raise Refusal(_("Only who suggested it can take it back."), code="not_yours", status=403)
    if row.is_waiting:
        settle(row, Suggestion.State.WITHDRAWN, by=by)
        record(Verb.SUGGESTION_WITHDRAWN, actor=by, subject=row, post=row.post_id)


@transaction.atomic
def take_suggestions(post: Post, takes: bool, *, by: Person) -> None:
    """The author lets others suggest changes, or wants none. What waits already stays to be decided."""
    if by.pk != post.author_id:
        raise Refusal(_("Only the author decides that."), code="not_yours", status=403)
    if Post.objects.filter(pk=post.pk).exclude(takes_suggestions=takes).update(takes_suggestions=takes):
        post.takes_suggestions = takes
        record(Verb.SUGGESTIONS_TAKEN if takes else Verb.SUGGESTIONS_REFUSED, actor=by, subject=post)


def decidable(suggestion: Suggestion, by: Person) -> Suggestion:
    """The row, locked, for somebody who may decide on it while nobody has."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("post__thread__merged_into", "by")
    row = rows.get(pk=suggestion.pk)
    if not can_decide(row, by):
        raise Refusal(_("Only the author of the text and reviewers decide on this."), code="not_allowed", status=403)
    if not row.is_waiting:
        raise Refusal(_("Somebody has decided on this already."), code="decided")
    return row


def settle(row: Suggestion, state: str, *, by: Person, answer: str = "") -> None:
    """Write down what became of it."""
    row.state, row.decided_by, row.decided_at, row.answer = state, by, timezone.now(), answer
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def known(post: Post) -> Post:
    """The post as it is now, locked until the transaction ends."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("thread__merged_into", "author", "editor")
    return rows.get(pk=post.pk)
