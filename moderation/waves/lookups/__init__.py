"""Outside services that know spammers: one file each, none asked unless `SPAM_SERVICES` names it.

A service is a class with `name` and `ask(about)`, which answers a `Said` or None when it has nothing to say. It is
called by a task only, may fail at any time (`httpx.HTTPError`: tried again), and what it says is a hint.
"""

from moderation.waves.lookups.akismet import Akismet
from moderation.waves.lookups.lookup import About, Lookup, Said
from moderation.waves.lookups.stopforumspam import StopForumSpam

LOOKUPS: dict[str, type[Lookup]] = {lookup.name: lookup for lookup in (StopForumSpam, Akismet)}

__all__ = ["LOOKUPS", "About", "Lookup", "Said"]
