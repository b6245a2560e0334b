"""Where the words of a post are kept beside the post itself, and how they are covered there when it is redacted.

Apps above, which keep words of posts too (pros and cons, facts of decisions), register with `@keeps_copies`.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from community.events.covering import cover_reason
from community.events.models import Event
from community.inbound import letter
from community.inbound.models import InboundMail
from community.notifications.models import EmailDelivery, Notification
from community.once import OnceKey
from community.policy.blackout import Blackout
from community.policy.models import HeldChange
from forums.threads.models import Draft, Hiding, Lock, Post

LATE = timedelta(minutes=30)
"""How long after its mail a post may have been written."""
Cover = Callable[[Post, Blackout], None]
Words = Callable[[Post], list[str]]
_keepers: list[Cover] = []
_words: list[Words] = []


def keeps_copies(cover: Cover) -> Cover:
    """Register what covers an app's own copies, in the transaction of the redaction."""
    _keepers.append(cover)
    return cover


def has_words(words: Words) -> Words:
    """Register what answers an app's words that belong to a post, such as the pros and cons of a review."""
    _words.append(words)
    return words


def words_beside(post: Post) -> list[str]:
    """The words of other apps that belong to a post."""
    return [text for words in _words for text in words(post) if text]


def cover_copies(post: Post, blackout: Blackout, old_slug: str) -> None:
    """All of them, in the transaction of the redaction."""
    cover_wordings(post, blackout)
    cover_drafts(post, blackout)
    cover_mails(post, blackout, old_slug)
    cover_tray(post, blackout, old_slug)
    cover_reasons(post, blackout)
    forget_answers(post, blackout)
    forget_raw_mail(post, blackout)
    for cover in _keepers:
        cover(post, blackout)


def cover_wordings(post: Post, blackout: Blackout) -> None:
    """What it said before, and what people have suggested that it should say, or wanted it to say."""
    for change in HeldChange.objects.about(post):
        cover_dict(change, blackout, "texts", "facts")
    for row in [*post.revisions.all(), *post.suggestions.all()]:
        names = ["title", "source", "reason", *(["base_title", "base", "answer"] if hasattr(row, "base") else [])]
        cover_row(row, blackout.cover, *names)


def cover_drafts(post: Post, blackout: Blackout) -> None:
    """What somebody is writing below it or had begun to change in it, and whatever its author has not sent yet."""
    posts = post.thread.home.all_posts.values_list("pk", "thread")
    places = {f"{kind}:{pk}" for pk, _thread in posts for kind in ("edit", "post")}
    places |= {f"thread:{thread}" for _pk, thread in posts}
    for draft in Draft.objects.filter(Q(place__in=places) | Q(person=post.author_id)):
        cover_row(draft, blackout.cover_copy, "title", "text")
        covered = {name: blackout.cover_copy(said) for name, said in draft.chosen.items()}
        if covered != draft.chosen:
            draft.chosen = covered
            draft.save(update_fields=["chosen"])


def cover_mails(post: Post, blackout: Blackout, old_slug: str) -> None:
    """Mails about the thread, sent ones too, for they are kept; and whatever mail still waits to be sent."""
    about = Q(chain__in=chains_of(post)) | Q(state=EmailDelivery.State.WAITING)
    cover_letters(EmailDelivery.objects.filter(about), lambda text: moved(post, blackout.cover_copy(text), old_slug))


def cover_letters(mails: QuerySet[EmailDelivery], cover: Callable[[str], str]) -> None:
    """These mails."""
    for mail in mails.only("subject", "text", "html").iterator():
        cover_row(mail, cover, "subject", "text", "html")


def cover_tray(post: Post, blackout: Blackout, old_slug: str) -> None:
    """Lines in trays name the title; what goes to devices is made from them."""
    about = Q(url__contains=f"/{post.thread_id}/") | Q(chain__in=chains_of(post))
    lines = Notification.objects.filter(about)
    cover_lines(lines, blackout, lambda text: moved(post, blackout.cover_copy(text), old_slug))


def cover_lines(lines: QuerySet[Notification], blackout: Blackout, cover: Callable[[str], str]) -> None:
    """These lines."""
    for line in lines:
        cover_row(line, cover, "text", "url", "title")
        if line.letter and any(blackout.stands_in(words) for words in line.letter.values()):
            Notification.objects.filter(pk=line.pk).update(letter=None)  # the mail does without its excerpt


def chains_of(post: Post) -> list[str]:
    """What mails and lines about its thread are gathered under."""
    return [f"thread-{thread.pk}" for thread in {post.thread, post.thread.home}]


def cover_reasons(post: Post, blackout: Blackout) -> None:
    """What somebody gave as the reason for an edit, a hiding or a lock stands in the row and in the event."""
    for row in [*Hiding.objects.filter(post=post), *Lock.objects.filter(thread=post.thread_id)]:
        cover_row(row, blackout.cover_copy, "reason")
    cover_events([post], blackout.cover_copy)
    if post.kind == Post.Kind.OPENING:
        cover_events([post.thread], blackout.cover_copy)


def cover_events(rows: Iterable[Model], cover: Callable[[str], str]) -> None:
    """The reasons of whatever was done to these."""
    for row in rows:
        about = {"subject_type": ContentType.objects.get_for_model(row), "subject_id": row.pk}
        for event in Event.objects.filter(**about, details__has_key="reason"):
            cover_reason(event, cover(str(event.details["reason"])))


def forget_answers(post: Post, blackout: Blackout) -> None:
    """Pages that are kept for a second click on the same button."""
    kept = OnceKey.objects.exclude(body="").values_list("pk", "body")
    OnceKey.objects.filter(pk__in=[pk for pk, body in kept.iterator() if blackout.stands_in(body)]).delete()


def forget_raw_mail(post: Post, blackout: Blackout) -> None:
    """The mail that a post came in by, or that was held or refused with the same words, loses its words."""
    theirs = InboundMail.objects.filter(person=post.author_id, created_at__lt=post.created_at + LATE)
    for mail in theirs.exclude(raw=b"").iterator():
        if blackout.stands_in(mail.text) or blackout.stands_in(letter.read(bytes(mail.raw)).text):
            mail.raw, mail.text = b"", blackout.cover_copy(mail.text)
            mail.save(update_fields=["raw", "text"])


def cover_row(row: Any, cover: Callable[[str], str], *names: str) -> None:
    """The fields of a row, written when something in them was covered."""
    covered = {name: cover(getattr(row, name)) for name in names}
    changed = {name: text for name, text in covered.items() if text != getattr(row, name)}
    if changed:
        for name, text in changed.items():
            setattr(row, name, text)
        row.save(update_fields=list(changed))


def cover_dict(row: Any, blackout: Blackout, *names: str) -> None:
    """The texts in the JSON of a row."""
    for name in names:
        said = getattr(row, name)
        setattr(row, name, {key: blackout.cover(text) if isinstance(text, str) else text for key, text in said.items()})
    row.save(update_fields=list(names))


def moved(post: Post, text: str, old_slug: str) -> str:
    """The text with the thread's address as it is now: the old one was made of the title."""
    thread = post.thread
    if thread.slug == old_slug:
        return text
    return text.replace(f"/{thread.pk}/{old_slug}/", f"/{thread.pk}/{thread.slug}/")
