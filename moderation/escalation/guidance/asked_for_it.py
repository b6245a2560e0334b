"""Rule: the customer asks in words to be helped directly."""

import re

from django.utils.translation import gettext as _

from forums.threads.models import Thread

WORDS = re.compile(
    r"\b("
    r"(contact|write|message|e-?mail|call|ring|phone|pm|dm) me\b"
    r"|private(ly)? (message|chat|help|line)|in private|privately|offline please|off the record"
    r"|(speak|talk|write) to (somebody|someone|a person|an agent|support)"
    r"|(can|could|may) i (e-?mail|call|phone|write to) (you|support|somebody|someone)"
    r"|ruf(t|en sie)? mich an|per (e-?)?mail (melden|schreiben)|privat(e nachricht)?|kontaktier(t|en sie) mich"
    r"|en privé|par (e-?)?mail|appelez[- ]moi|contactez[- ]moi|en privado|ll[aá]m(a|e)me"
    r")",
    re.IGNORECASE,
)


def asked_for_it(thread: Thread) -> str:
    """A sentence when the customer's own words ask for it; empty otherwise."""
    texts = thread.posts.filter(author=thread.author_id, removed_at__isnull=True).values_list("source", flat=True)
    return _("The customer asks to be helped directly.") if any(WORDS.search(text) for text in texts) else ""
