"""The mails that we sent to somebody, as pages of the site: the same words, in the site's own dress."""

import nh3
from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString, mark_safe

from community.notifications.models import EmailDelivery
from community.people.models import Person

TAGS = {"a", "b", "blockquote", "br", "div", "em", "h1", "h2", "h3", "li", "ol", "p", "strong", "ul"}
ATTRIBUTES = {"a": {"href", "class"}, "p": {"class"}, "div": {"class", "dir"}, "blockquote": {"dir"}}


def letters_to(person: Person) -> QuerySet[EmailDelivery]:
    """Whatever was mailed to somebody, but for codes and links that open something: their words are forgotten."""
    left = EmailDelivery.objects.exclude(state=EmailDelivery.State.DROPPED)
    return left.filter(person=person, is_secret=False).annotate(told_count=Count("notifications"))


def on_a_page(html: str) -> SafeString:
    """The mail without its own styles. Its words were escaped when it was written; what is odd is dropped again."""
    gone = {"style", "script", "title", "head"}
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, clean_content_tags=gone, link_rel=None))  # noqa: S308
