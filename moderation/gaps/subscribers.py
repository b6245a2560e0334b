"""Whoever is asked to close a gap hears of it; a page that was written for one answers it."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import notify
from community.people.models import Person
from community.search.models import Need
from forums.articles.models import Article
from moderation.gaps.writing import answer_with


@on(Verb.GAP_ASSIGNED)
def tell_owner(event: Event) -> None:
    """A line in the tray of the one who has it now."""
    owner = Person.objects.active().filter(pk=event.details.get("owner")).first()
    need = Need.objects.filter(pk=event.subject_id).first()
    if owner and need and owner != event.actor:
        text = format_lazy(_("You are asked to close a gap: people look for “{words}”."), words=need.words)
        notify(owner, "team", url=reverse("moderation:gap-detail", args=[need.pk]), text=text, event=event)


@on(Verb.ARTICLE_PUBLISHED)
def close_gap(event: Event) -> None:
    """A page that was written for a gap is its answer."""
    article = Article.objects.listed().select_related("thread").filter(pk=event.subject_id).first()
    if article and event.actor:
        answer_with(article, by=event.actor)
