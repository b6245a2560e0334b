"""What tags do when something happened to a question."""

from taggit.models import Tag

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.tags.counting import recount
from forums.threads.models import Post, ThreadTag
from forums.threads.reshaping import READ_ELSEWHERE


@on(Verb.QUESTION_ASKED, *READ_ELSEWHERE)
def count_tags_of_a_new_question(event: Event) -> None:
    """Its tags have one question more, or one less when it is read elsewhere from now on."""
    recount_those_of(event.subject_id)


@on(Verb.POST_HIDDEN, Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def count_tags_of_a_question(event: Event) -> None:
    """A question went out of sight or came into it."""
    opening = Post.objects.filter(pk=event.subject_id, kind=Post.Kind.OPENING).first()
    if opening:
        recount_those_of(opening.thread_id)


@on(Verb.THREAD_RETAGGED)
def count_changed_tags(event: Event) -> None:
    """Tags were put on a question and taken off it."""
    names = [*event.details.get("added", []), *event.details.get("removed", [])]
    if tags := list(Tag.objects.filter(name__in=names).values_list("pk", flat=True)):
        recount(tags)


def recount_those_of(thread_id: int) -> None:
    """The numbers of all tags of a thread."""
    tags = list(ThreadTag.objects.filter(content_object=thread_id).values_list("tag", flat=True))
    if tags:
        recount(tags)
