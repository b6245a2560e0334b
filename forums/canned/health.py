"""How well canned replies do: their age, how often they were sent, how many solved something, and dead links."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Avg, Count, Exists, OuterRef, Q
from django.urls import Resolver404, resolve
from django.utils import timezone

from forums.canned.models import CannedReply, CannedUse
from forums.questions.models import Solution, Verification
from forums.threads.models import Post, Thread

LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|<?(https?://[^\s<>)\]]+)")
OLD, LATELY = timedelta(days=365), timedelta(days=90)
FEW = 5
"""Below so many uses, a rate says nothing."""


@dataclass
class Health:
    """What is known of one canned reply."""

    reply: CannedReply
    sent: int = 0
    lately: int = 0
    solved: int = 0
    verbatim: int = 0
    marked: int = 0
    mean: float = 0.0
    dead: list[str] = field(default_factory=list)

    @property
    def is_old(self) -> bool:
        return timezone.now() - self.reply.changed_at > OLD

    @property
    def solve_rate(self) -> int | None:
        """Per cent of the answers sent with it that solved it or that the team vouches for; None while they are few."""
        return round(100 * self.solved / self.sent) if self.sent >= FEW else None

    @property
    def satisfaction(self) -> str:
        """The mean mark from 1 to 5 of those who were asked afterwards; nothing while they are few."""
        return f"{self.mean:.1f}" if self.marked >= FEW else ""

    @property
    def verbatim_rate(self) -> int | None:
        """Per cent that went out without a word changed; None while they are few."""
        return round(100 * self.verbatim / self.sent) if self.sent >= FEW else None


def health_of(replies: list[CannedReply]) -> list[Health]:
    """All of them in a constant number of queries."""
    marked = Exists(Solution.objects.filter(post=OuterRef("post")))
    marked |= Exists(Verification.objects.filter(post=OuterRef("post")))
    uses = CannedUse.objects.filter(reply__in=replies).annotate(is_marked=marked).values("reply")
    lately = Q(created_at__gt=timezone.now() - LATELY)
    counted: dict[int, dict[str, Any]] = {
        row["reply"]: row
        for row in uses.annotate(
            sent=Count("pk"),
            lately=Count("pk", filter=lately),
            solved=Count("pk", filter=Q(is_marked=True)),
            verbatim=Count("pk", filter=Q(is_verbatim=True)),
            marked=Count("score"),
            mean=Avg("score"),
        )
    }
    links = {reply.pk: links_in(reply.source) for reply in replies}
    dead = dead_among({link for found in links.values() for link in found})
    names = ("sent", "lately", "solved", "verbatim", "marked", "mean")
    told = []
    for reply in replies:
        numbers = {name: counted.get(reply.pk, {}).get(name) or 0 for name in names}
        told.append(Health(reply, dead=[link for link in links[reply.pk] if link in dead], **numbers))
    return told


def links_in(source: str) -> list[str]:
    """The addresses in a text that lead to pages of this site, each once."""
    found = [one or other for one, other in LINK.findall(source)]
    here = urlsplit(settings.SITE_URL).netloc
    return list(dict.fromkeys(link for link in found if link.startswith("/") or urlsplit(link).netloc == here))


def dead_among(links: set[str]) -> set[str]:
    """Those that nobody can open any longer: no such page, or a thread or post out of sight."""
    dead: set[str] = set()
    threads: dict[str, int] = {}
    posts: dict[str, int] = {}
    for link in links:
        try:
            match = resolve(urlsplit(link).path)
        except Resolver404:
            dead.add(link)
            continue
        if match.url_name == "question-detail":
            threads[link] = match.kwargs["pk"]
        elif match.url_name == "post-detail":
            posts[link] = match.kwargs["pk"]
    return dead | missing(threads, Thread.objects.visible_to(None)) | missing(posts, Post.objects.visible_to(None))


def missing(wanted: dict[str, int], rows: Any) -> set[str]:
    """The links whose rows everybody cannot see."""
    there = set(rows.filter(pk__in=wanted.values()).values_list("pk", flat=True)) if wanted else set()
    return {link for link, pk in wanted.items() if pk not in there}
