"""Akismet: reads the text of a new member's post. It gets the words and the address of the page, nothing else."""

from typing import ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from community.outside import line_to
from moderation.waves.lookups.lookup import SECONDS, About, Said


class Akismet:
    """https://akismet.com/developers/ (comment-check)"""

    name: ClassVar[str] = "akismet"

    def ask(self, about: About) -> Said | None:
        """Whether the text reads like spam that it has seen elsewhere."""
        if not about.text:
            return None
        sent = {
            "api_key": settings.AKISMET_KEY,
            "blog": settings.SITE_URL,
            "user_ip": "127.0.0.1",  # asked for, and nobody's
            "comment_type": "forum-post",
            "comment_content": about.text,
            "permalink": about.url,
            "blog_lang": about.locale,
        }
        with line_to(may_reach_inside=settings.SPAM_SERVICES_INSIDE, timeout=SECONDS) as line:
            response = line.post(settings.AKISMET_URL, data=sent)
        response.raise_for_status()
        if response.text.strip() != "true":
            return None
        is_blatant = response.headers.get("X-akismet-pro-tip") == "discard"
        return Said(1.0 if is_blatant else 0.8, _("Akismet takes it for spam"))
