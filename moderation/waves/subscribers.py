"""Who joins and what is posted is looked at; moderators are told of an alarm."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.crisis import is_known
from community.people.models import Person
from community.people.roles import Capability, Role
from forums.threads.models import Post
from moderation.waves.asking import ask_soon, point_out_throwaway
from moderation.waves.models import Wave
from moderation.waves.watching import look_at_arrival, look_at_post

POSTS = Post.objects.select_related("thread__product__brand", "author")
SEEN = _("A wave: {n} accounts. {what}")


@on(Verb.PERSON_JOINED)
def look_at_newcomer(event: Event) -> None:
    """One of many from one network?"""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is not None:
        look_at_arrival(person)
        ask_soon(person, None)


@on(Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_HELD)
def look_at_text(event: Event) -> None:
    """One of many that say the same?"""
    post = POSTS.written_in(event)
    if post is not None:
        look_at(post)


def look_at(post: Post) -> None:
    """The wave first; then what is known elsewhere about people whom nobody knows here."""
    look_at_post(post)
    if not is_known(post.author):
        if settings.DISPOSABLE_MAIL == "point_out":
            point_out_throwaway(post)
        ask_soon(post.author, post)


@on(Verb.WAVE_SEEN)
def tell_moderators(event: Event) -> None:
    """At once, in the tray and by mail."""
    wave = Wave.objects.filter(pk=event.subject_id).first()
    if wave is None:
        return
    text = format_lazy(SEEN, n=wave.members.count(), what=wave.what)
    for person in Person.objects.active().with_role(Role.COMMUNITY_MANAGER, Role.ADMINISTRATOR):
        if person.can(Capability.MODERATE) and person.brands_for(Capability.MODERATE) is None:
            letter = Letter(subject=_("A wave of spam or sign-ups"), button=_("Look at it"))
            notify(person, "team", url=wave.get_absolute_url(), text=text, event=event, letter=letter)
