"""Tending tags: saying what one is for, calling it something else, other words for it. For community managers."""

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.policy.gate import check
from community.policy.models import HeldChange
from community.refusals import Refusal
from community.text.markdown import to_html
from forums.tags.models import Synonym, TagCard
from forums.tags.naming import slug_for
from forums.threads.models import Thread
from forums.threads.purging import purge_threads

LONGEST = 40


@transaction.atomic
def describe(tag: Tag, source: str, *, by: Person) -> HeldChange | None:
    """Say what a tag is for. An empty text takes the description away. Answers the change when it waits for a look."""
    source = source.strip()
    if source and (change := held(tag, "description", source, by)):
        return change
    put_description(tag, source, by=by)
    return None


def put_description(tag: Tag, source: str, *, by: Person) -> None:
    """What stands above its questions from now on."""
    TagCard.objects.update_or_create(tag=tag, defaults={"source": source, "html": to_html(source) if source else ""})
    purge_tag(tag)
    record(Verb.TAG_DESCRIBED, actor=by, subject=tag)


@transaction.atomic
def rename(tag: Tag, name: str, *, by: Person) -> HeldChange | None:
    """Call a tag something else, on all its questions. The old name stays a word for it, and its address leads on."""
    name = clean_name(name)
    if name == tag.name:
        return None
    refuse_taken(name, tag)
    if change := held(tag, "name", name, by):
        return change
    put_name(tag, name, by=by)
    return None


def put_name(tag: Tag, name: str, *, by: Person) -> None:
    """What it is called from now on."""
    refuse_taken(name, tag)
    old = tag.name
    Synonym.objects.filter(name=name, tag=tag).delete()
    Synonym.objects.create(name=old, slug=tag.slug, tag=tag, by=by)
    tag.name, tag.slug = name, slug_for(name)
    tag.save()
    purge_threads(Thread.objects.filter(thread_tags__tag=tag))
    purge_tag(tag)
    record(Verb.TAG_RENAMED, actor=by, subject=tag, old=old, new=name)


@transaction.atomic
def add_synonym(tag: Tag, word: str, *, by: Person) -> HeldChange | None:
    """Let another word mean this tag. Repeating it changes nothing."""
    word = clean_name(word)
    refuse_taken(word, tag)
    if change := held(tag, "synonym", word, by):
        return change
    put_synonym(tag, word, by=by)
    return None


def put_synonym(tag: Tag, word: str, *, by: Person) -> None:
    """It means this tag from now on."""
    refuse_taken(word, tag)
    _row, is_new = Synonym.objects.get_or_create(name=word, defaults={"slug": slug_for(word), "tag": tag, "by": by})
    if is_new:
        purge_tag(tag)
        record(Verb.TAG_SYNONYM_ADDED, actor=by, subject=tag, word=word)


def held(tag: Tag, what: str, text: str, by: Person) -> HeldChange | None:
    """The change that waits, when the gate holds these words; raises its Refusal. What they wanted before is over."""
    verdict = check(text, by=by, where="tag").enforce()
    if verdict.is_held:
        return HeldChange.objects.hold(tag, f"tag-{what}", {what: text}, by=by, because=verdict.held_because)
    HeldChange.objects.withdraw(tag, f"tag-{what}", by=by)
    return None


@transaction.atomic
def remove_synonym(tag: Tag, word: str, *, by: Person) -> None:
    """The word means this tag no longer."""
    if Synonym.objects.filter(tag=tag, name=word).delete()[0]:
        purge_tag(tag)
        record(Verb.TAG_SYNONYM_REMOVED, actor=by, subject=tag, word=word)


def clean_name(name: str) -> str:
    """A name as tags have them: small letters, no sharp sign, no comma."""
    cleaned = " ".join(name.replace(",", " ").strip(" #").lower().split())
    if not cleaned or len(cleaned) > LONGEST:
        raise Refusal(_("A tag has between 1 and 40 characters."), code="tag_name", status=422)
    return cleaned


def refuse_taken(name: str, tag: Tag) -> None:
    """A word means one tag only."""
    other = Tag.objects.filter(name=name).exclude(pk=tag.pk).first()
    if other and other.thread_tags.exists():  # type: ignore[attr-defined]
        sentence = _("“%(name)s” is a tag with questions of its own. Merge the two instead.")
        raise Refusal(sentence % {"name": name}, code="tag_taken", status=422)
    elsewhere = Synonym.objects.filter(name=name).exclude(tag=tag).select_related("tag").first()
    if elsewhere:
        sentence = _("“%(name)s” means “%(tag)s” already. Take it away there first.")
        raise Refusal(sentence % {"name": name, "tag": elsewhere.tag.name}, code="tag_taken", status=422)
    if other:
        other.delete()  # a word that somebody typed once, on nothing that is left


def purge_tag(tag: Tag) -> None:
    """The pages that show the tag by itself are made anew."""
    purge("tags", f"tag-{tag.pk}")
