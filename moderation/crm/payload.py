"""What the CRM is told: the contact, the case, and the chosen entries, with personal data blacked out."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.people.models import Person
from community.policy.blackout import black_out
from forums.threads.models import Post
from moderation.crm.models.connection import Connection
from moderation.escalation.models import PrivateMessage
from moderation.queue.models import Item, Note


@dataclass(frozen=True)
class Entry:
    """Something of an item that could be told. `original` is shown to the agent only, beside what would be told."""

    source: str
    who: str
    what: str
    at: datetime
    original: str
    url: str = ""
    is_public: bool = False
    is_private: bool = False

    @property
    def text(self) -> str:
        return black_out(self.original)

    @property
    def is_blacked_out(self) -> bool:
        return self.text != self.original

    def payload(self, version: int = 1) -> dict[str, Any]:
        """The note as it is told. Only a public post makes a public note."""
        head = f"{self.who}: {self.what}" + (f" ({self.url})" if self.url else "")
        return {
            "text": f"{head}\n\n{self.text}",
            "author": self.who,
            "at": self.at.isoformat(),
            "url": self.url,
            "is_public": self.is_public,
            "is_private": self.is_private,
            "version": version,
        }


def entry_of_post(post: Post) -> Entry:
    """A public post."""
    what = {
        "opening": _("asked in the community"),
        "answer": _("answered in the community"),
        "comment": _("commented in the community"),
    }[post.kind]
    url = settings.SITE_URL + post.get_absolute_url()
    return Entry(f"post:{post.pk}", post.byline, what, post.created_at, post.source, url, is_public=True)


def entry_of_message(message: PrivateMessage) -> Entry:
    """A private message: internal over there, and only for connections that are marked private."""
    what = _("answered in private") if message.is_by_team else _("wrote in private")
    what = _("in private") if message.step else what
    return Entry(f"message:{message.pk}", message.byline, what, message.created_at, message.words, is_private=True)


def entry_of_note(note: Note) -> Entry:
    """A note to the team: never public over there, and only for connections that are marked private."""
    who = note.author.username
    return Entry(f"staffnote:{note.pk}", who, _("noted for the team"), note.created_at, note.source, is_private=True)


def entries_of(item: Item, *, private: bool) -> list[Entry]:
    """Everything of an item that could be told, in order; private words only when asked for."""
    found: list[Entry] = []
    if item.thread_id:
        shown = item.thread.all_posts.filter(is_hidden=False, removed_at=None)  # what came by a merge is read there too
        found = [entry_of_post(post) for post in shown.select_related("author", "thread__merged_into").order_by("pk")]
    if private:
        conversation = conversation_of(item)
        messages = conversation.messages.select_related("author") if conversation else []
        found += [entry_of_message(message) for message in messages]
        found += [entry_of_note(note) for note in item.notes.select_related("author")]
    return sorted(found, key=lambda entry: entry.at)


def conversation_of(item: Item) -> Any:
    """The private conversation that an item stands for, if it does."""
    return getattr(item, "conversation", None) if item.kind == Item.Kind.CONVERSATION else None


def contact_payload(person: Person, connection: Connection | None) -> dict[str, Any]:
    """The customer by their pseudonym; the mail address only for connections that may be told."""
    data = {
        "name": person.username,
        "language": person.locale,
        "profile": settings.SITE_URL + person.get_absolute_url(),
        "since": person.created_at.date().isoformat(),
    }
    if connection is not None and connection.sends_contact_data and person.email:
        data["email"] = person.email
    return data


def case_payload(item: Item) -> dict[str, Any]:
    """Title, link, product, version, environment and the first text."""
    conversation = conversation_of(item)
    data = {
        "title": black_out(item.title),
        "kind": item.kind,
        "product": str(item.product or ""),
        "version": "",
        "environment": "",
        "is_private": conversation is not None,
    }
    if conversation:
        first = conversation.messages.first()
        data |= {"version": conversation.version, "environment": conversation.environment}
        return {
            **data,
            "url": f"{settings.SITE_URL}/desk/items/{item.pk}/",
            "text": black_out(first.source) if first else "",
        }
    thread = item.thread
    opening = thread.posts.filter(kind="opening", is_hidden=False, removed_at=None).first()
    question = getattr(thread, "question", None)
    return {
        **data,
        "title": black_out(thread.title) if opening else _("(hidden)"),
        "version": str(thread.product_version or ""),
        "environment": black_out(question.environment) if question else "",
        "url": settings.SITE_URL + thread.get_absolute_url(),
        "text": black_out(opening.source) if opening else "",
    }


def digest(payload: dict[str, Any]) -> str:
    """A hash of what was told, to see later whether it changed."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
