"""An event as a sentence, from `templates/events/<verb>.html`."""

from html import unescape

from django.template.loader import select_template
from django.utils.html import strip_tags

from community.events.models import Event


def as_sentence(event: Event) -> str:
    """The sentence as HTML. A verb without one is named as it is."""
    return (
        select_template([f"events/{event.verb}.html", "moderation/actions/_any.html"]).render({"event": event}).strip()
    )


def in_words(event: Event) -> str:
    """The sentence without its marks, on one line."""
    return " ".join(unescape(strip_tags(as_sentence(event))).split())


def reason_of(event: Event) -> str:
    """Why it was done, when somebody had to say."""
    return str(event.details.get("reason") or event.details.get("purpose") or "")
