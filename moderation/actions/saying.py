"""An event as a sentence, from `templates/events/<verb>.html`."""

from html import unescape

from django.template.loader import select_template
from django.utils.html import strip_tags

from community.events.models import Event


def as_sentence(event: Event) -> str:
    """The sentence as HTML. A verb without one is named as it is."""
    template = select_template([f"events/{event.verb}.html", "moderation/actions/_any.html"])
    return template.render({"event": event, "who": who_did(event)}).strip()


def who_did(event: Event) -> str:
    """The account behind a persona: the audit log is where one may and must see it."""
    actor = event.actor
    if actor is None or actor.name == actor.username:
        return str(actor or "")
    return f"{actor.username} ({actor.name})"


def in_words(event: Event) -> str:
    """The sentence without its marks, on one line."""
    return " ".join(unescape(strip_tags(as_sentence(event))).split())


def reason_of(event: Event) -> str:
    """Why it was done, when somebody had to say."""
    return str(event.details.get("reason") or event.details.get("purpose") or "")
