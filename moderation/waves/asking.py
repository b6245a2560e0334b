"""Asking outside services about people whom nobody knows yet. Off unless an administrator names a service."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from community.people.arrivals import Arrival
from community.people.models import Person
from forums.threads.models import Post
from moderation.flags.models import Case
from moderation.flags.rule_names import named
from moderation.waves.lookups import LOOKUPS, About

ASK = "moderation.waves.tasks.ask_services"
MOST_POINTS = 30
DISPOSABLE_POINTS = 15
THROWAWAY = named("waves:disposable", gettext_lazy("Mailbox for an hour"))


def ask_soon(person: Person, post: Post | None) -> None:
    """A job asks; nobody waits for a service."""
    if settings.SPAM_SERVICES:
        app.configure_task(ASK, queue="sweep").defer(person_id=person.pk, post_id=post.pk if post else None)


def ask_about(person: Person, post: Post | None) -> None:
    """What each service says becomes a finding: of the post, or of the account when it has none yet."""
    about = About(
        email=person.email,
        text=post.source if post else "",
        url=settings.SITE_URL + post.get_absolute_url() if post else "",
        locale=person.locale,
    )
    for name in settings.SPAM_SERVICES:
        said = LOOKUPS[name]().ask(about)
        if said is not None:
            points = round(MOST_POINTS * said.confidence)
            Case.objects.open_about(post or person, rule=f"service:{name}", reason=said.reason, points=points)


def point_out_throwaway(post: Post) -> None:
    """The first post of somebody with a mailbox for an hour comes to the queue; it stays where it is."""
    arrival = Arrival.objects.filter(person=post.author_id, is_disposable=True).first()
    if arrival is None or Post.objects.filter(author=post.author_id).exclude(pk=post.pk).exists():
        return
    reason = _("the mailbox is one for an hour: %(domain)s") % {"domain": arrival.domain}
    Case.objects.open_about(post, rule=THROWAWAY, reason=reason, points=DISPOSABLE_POINTS)
