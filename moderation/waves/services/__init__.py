"""Outside services that know spammers: one file each, none asked unless `SPAM_SERVICES` names it.

A service is a class with `name` and `ask(about)`, which answers a `Said` or None when it has nothing to say. It is
called by a task only, may fail at any time (`httpx.HTTPError`: tried again), and what it says is a hint.
"""

from moderation.waves.services.akismet import Akismet
from moderation.waves.services.service import About, Said, Service
from moderation.waves.services.stopforumspam import StopForumSpam

SERVICES: dict[str, type[Service]] = {service.name: service for service in (StopForumSpam, Akismet)}

__all__ = ["SERVICES", "About", "Said", "Service"]
