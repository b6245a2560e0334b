"""Putting one tag into another, seen before it is done, and taken apart again when it was a mistake."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.tags.counting import recount
from forums.tags.models import Synonym, TagMerge
from forums.tags.tending import purge_tag
from forums.threads.models import Thread, ThreadTag
from forums.threads.purging import purge_threads


@dataclass(frozen=True)
class Preview:
    """What a merge would touch."""

    gone: Tag
    into: Tag
    questions: int
    both: int
    words: list[str]


def preview(gone: Tag, into: Tag) -> Preview:
    """Look before it is done."""
    refuse_impossible(gone, into)
    threads = ThreadTag.objects.filter(tag=gone)
    both = ThreadTag.objects.filter(tag=into, content_object__thread_tags__tag=gone).count()
    words = list(gone.synonyms.values_list("name", flat=True))  # type: ignore[attr-defined]
    return Preview(gone, into, threads.count(), both, words)


@transaction.atomic
def merge(gone: Tag, into: Tag, *, by: Person) -> TagMerge:
    """Put a tag into another: questions and words move, its address leads on. `undo` takes it apart again."""
    refuse_impossible(gone, into)
    here = set(ThreadTag.objects.filter(tag=into).values_list("content_object", flat=True))
    there = set(ThreadTag.objects.filter(tag=gone).values_list("content_object", flat=True))
    words = list(Synonym.objects.filter(tag=gone).values_list("name", flat=True))
    ThreadTag.objects.filter(tag=gone, content_object__in=there & here).delete()
    ThreadTag.objects.filter(tag=gone).update(tag=into)
    Synonym.objects.filter(tag=gone).update(tag=into)
    Synonym.objects.create(name=gone.name, slug=gone.slug, tag=into, by=by)
    row = TagMerge.objects.create(
        gone=gone, into=into, by=by, moved=sorted(there - here), both=sorted(there & here), words=words
    )
    show_again(row)
    record(Verb.TAG_MERGED, actor=by, subject=into, merge=row.pk, gone=gone.name, gone_id=gone.pk, into=into.name)
    return row


@transaction.atomic
def undo(row: TagMerge, *, by: Person) -> None:
    """Take the two apart: what moved goes back, what came since stays. Repeating it changes nothing."""
    row = TagMerge.objects.select_for_update(of=("self",)).select_related("gone", "into").get(pk=row.pk)
    if row.undone_at:
        return
    left = set(Thread.objects.filter(pk__in=[*row.moved, *row.both]).values_list("pk", flat=True))
    ThreadTag.objects.filter(tag=row.into, content_object__in=row.moved).delete()
    ThreadTag.objects.bulk_create(
        [ThreadTag(tag=row.gone, content_object_id=pk) for pk in sorted(left)], ignore_conflicts=True
    )
    Synonym.objects.filter(tag=row.into, name=row.gone.name).delete()
    Synonym.objects.filter(tag=row.into, name__in=row.words).update(tag=row.gone)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    show_again(row)
    record(Verb.TAG_MERGE_UNDONE, actor=by, subject=row.into, merge=row.pk, gone=row.gone.name, gone_id=row.gone_id)


def refuse_impossible(gone: Tag, into: Tag) -> None:
    """A tag does not go into itself, nor twice."""
    if gone.pk == into.pk:
        raise Refusal(_("Choose another tag: this one cannot go into itself."), code="same_tag", status=422)
    if TagMerge.objects.filter(gone__in=[gone, into], undone_at__isnull=True).exists():
        raise Refusal(_("One of the two went into another tag already."), code="merged_already")


def show_again(row: TagMerge) -> None:
    """Numbers and pages follow."""
    recount([row.gone_id, row.into_id])
    purge_threads(Thread.objects.filter(pk__in=[*row.moved, *row.both]))
    purge_tag(row.gone)
    purge_tag(row.into)
