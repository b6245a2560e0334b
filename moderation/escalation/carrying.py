"""What is known when somebody turns to us in private, so that nobody tells it twice. The customer edits it first."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.catalogue.models import Ownership, Product
from community.people.models import Person
from community.text.excerpts import excerpt
from forums.threads.models import Post, Thread

MOST_ATTEMPTS = 6
OPENING = 1500


def product_at_hand(person: Person, slug: str) -> int | None:
    """The product that an address names, else the only one that they own."""
    if slug and (named := Product.objects.visible_to(person).filter(slug=slug[:100]).first()):
        return int(named.pk)
    owned = list(Ownership.objects.filter(person=person).values_list("product", flat=True)[:2])
    return owned[0] if len(owned) == 1 else None


def carried_over(thread: Thread) -> dict[str, Any]:
    """First values of the consent form: title, version, environment, and a text with link, attempts and excerpt."""
    return {
        "title": thread.title,
        **used_with(thread),
        "text": "\n\n".join(part for part in (link(thread), transcript(thread), attempts(thread)) if part),
    }


def used_with(thread: Thread) -> dict[str, str]:
    """Which version it is about, and what it is used with."""
    question = getattr(thread, "question", None)
    return {"version": str(thread.product_version or ""), "environment": question.environment if question else ""}


def link(thread: Thread) -> str:
    """Where it was talked about."""
    return _("About my question: %(url)s") % {"url": settings.SITE_URL + thread.get_absolute_url()}


def transcript(thread: Thread) -> str:
    """What the customer wrote first."""
    opening = thread.posts.filter(kind=Post.Kind.OPENING, removed_at__isnull=True).first()
    if opening is None:
        return ""
    lines = opening.source[:OPENING].strip().splitlines()
    return _("What I wrote:") + "\n\n" + "\n".join(f"> {line}" for line in lines)


def attempts(thread: Thread) -> str:
    """What was suggested so far, by whom."""
    answers = thread.posts.filter(kind=Post.Kind.ANSWER, is_hidden=False, removed_at__isnull=True, is_attempt=True)
    tried = [
        f"- {post.byline}: {excerpt(post.source, 160)}" for post in answers.select_related("author")[:MOST_ATTEMPTS]
    ]
    return _("What was suggested so far:") + "\n\n" + "\n".join(tried) if tried else ""
