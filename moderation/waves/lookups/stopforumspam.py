"""StopForumSpam: asked by the hash of a mail address; neither address nor network leaves the site."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from community.outside import line_to
from moderation.waves.lookups.lookup import SECONDS, About, Said


class StopForumSpam:
    """https://www.stopforumspam.com/usage"""

    name: ClassVar[str] = "stopforumspam"

    def ask(self, about: About) -> Said | None:
        """Whether forums have reported this address."""
        if not about.email:
            return None
        digest = hashlib.md5(about.email.strip().lower().encode(), usedforsecurity=False).hexdigest()
        with line_to(may_reach_inside=settings.SPAM_SERVICES_INSIDE, timeout=SECONDS) as line:
            response = line.get(settings.STOPFORUMSPAM_URL, params={"emailhash": digest, "json": ""})
        response.raise_for_status()
        known = response.json().get("emailHash") or response.json().get("emailhash") or {}
        if isinstance(known, list):
            known = known[0] if known else {}
        if not known.get("appears"):
            return None
        confidence = float(known.get("confidence", 50)) / 100
        reason = _("StopForumSpam: reported %(n)s times elsewhere") % {"n": known.get("frequency", "?")}
        return Said(min(1.0, confidence), reason)
