"""What rules of words bring to the review queue although it was published: hints, and the names of new people."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import Outcome, check
from forums.threads.models import Post
from moderation.flags.models import Case
from moderation.flags.subscribers import fields_of

POSTS = Post.objects.select_related("thread__product__brand", "author")


@on(Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED)
def open_case_of_hint(event: Event) -> None:
    """It is published, and somebody looks at it."""
    hints = event.details.get("hints")
    post = POSTS.written_in(event) if hints else None
    for hint in hints or ():
        if post is not None:
            Case.objects.open_about(post, **fields_of(hint))


@on(Verb.PERSON_JOINED)
def look_at_name(event: Event) -> None:
    """A name is chosen before anybody can be asked: what rules say of it becomes a case about the profile."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is None:
        return
    for finding in check(person.username, by=None, where="name").findings:
        if finding.rule and finding.outcome is not Outcome.PUBLISH:
            Case.objects.open_about(person, **fields_of(finding.told))
