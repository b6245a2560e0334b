"""Rule: the customer's posts carry data of an account, such as an order number or a phone number."""

from django.utils.translation import gettext as _

from community.policy.checks.personal_data import NAMES, found
from forums.threads.models import Thread


def account_data(thread: Thread) -> str:
    """A sentence naming the kind of data, never the data itself; empty when there is none."""
    texts = thread.posts.filter(author=thread.author_id, removed_at__isnull=True).values_list("source", flat=True)
    kinds = dict.fromkeys(kind for text in texts for kind, _start, _end in found(text))
    what = ", ".join(str(NAMES[kind]) for kind in kinds)
    return _("In the thread: %(what)s.") % {"what": what} if what else ""
