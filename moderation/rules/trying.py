"""Trying a rule of words: what it would have met in the last thirty days, and how much of that was fine."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.doors import Part
from community.policy.matching import OutOfTime
from community.policy.models import WordRule
from forums.threads.models import Post, Thread
from moderation.decisions.models import Decision
from moderation.flags.models import Case
from moderation.flags.models.claiming import refuse_unless_moderator
from moderation.rules.models import Trial

BACK = timedelta(days=30)
WITHIN = 8.0
"""Seconds a trial may take; a site with more texts than that gets an answer about the newest."""
SAMPLES = 30
AROUND = 60


@dataclass(frozen=True)
class Sample:
    """One post that it would have met, with the place."""

    post: Post
    excerpt: str


def try_rule(rule: WordRule, *, by: Any) -> Trial:
    """Look through the texts of thirty days and keep what was found."""
    refuse_unless_moderator(by)
    ends, looked_at, met = time.monotonic() + WITHIN, 0, []
    is_whole = True
    for post in recent_posts():
        if time.monotonic() > ends:
            is_whole = False
            break
        looked_at += 1
        if places(rule, post):
            met.append(post.pk)
    return kept(rule, by, looked_at, is_whole, met)


@transaction.atomic
def kept(rule: WordRule, by: Person | None, looked_at: int, is_whole: bool, met: list[int]) -> Trial:
    """The trial as a row."""
    trial = Trial.objects.create(
        rule=rule,
        version=rule.version,
        by=by,
        looked_at=looked_at,
        is_whole=is_whole,
        found=len(met),
        judged=acted_on(met),
        samples=met[:SAMPLES],
    )
    record(Verb.WORD_RULE_TRIED, actor=by, subject=rule, version=rule.version, found=len(met), of=looked_at)
    return trial


def acted_on(posts: list[int]) -> int:
    """How many of these posts are out of sight, or were acted on by a moderator."""
    cases = Case.objects.filter(subject_type__model="post", subject_id__in=posts)
    acted = Decision.objects.standing().acted().filter(case__in=cases).values("case__subject_id")
    return Post.objects.filter(Q(is_hidden=True) | Q(pk__in=acted), pk__in=posts).count()


def recent_posts() -> Iterator[Post]:
    """What was written in thirty days, the newest first, hidden texts too: they are what a rule is for."""
    rows = Post.objects.filter(created_at__gt=timezone.now() - BACK, removed_at__isnull=True)
    return rows.select_related("thread", "thread__review").order_by("-pk").iterator(chunk_size=500)


def texts_of(post: Post) -> list[tuple[Part, str]]:
    """Its texts, each with the part of the site that it belongs to."""
    is_review = post.thread.kind == Thread.Kind.REVIEW
    said = [(Part.REVIEWS if is_review else Part.TEXTS, post.source)]
    if post.kind == Post.Kind.OPENING:
        said.insert(0, (Part.TITLES, post.thread.title))
        if is_review:
            review = post.thread.review
            said += [(Part.REVIEWS, text) for text in (review.pros, review.cons, review.use_case) if text]
    return said


def places(rule: WordRule, post: Post) -> list[tuple[str, int, int]]:
    """Where the rule finds its words in a post: the text, start and end."""
    found = []
    for part, text in texts_of(post):
        if part not in rule.parts:
            continue
        try:
            found += [(text, start, end) for start, end in rule.spans(text)]
        except OutOfTime:
            continue
    return found


def samples_of(trial: Trial, person: Person) -> list[Sample]:
    """The posts it kept, as far as this person may read them and they still say it."""
    rows = Post.objects.visible_to(person).filter(pk__in=trial.sample_ids)
    found = []
    for post in rows.select_related("thread", "thread__review", "author").order_by("-pk"):
        if spots := places(trial.rule, post):
            found.append(Sample(post, marked(*spots[0])))
    return found


def marked(text: str, start: int, end: int) -> SafeString:
    """The words with what stands around them."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before = f"…{before}" if start > AROUND else before
    after = f"{after}…" if end + AROUND < len(text) else after
    spots = [mark_safe(conditional_escape(part)) for part in (before, text[start:end], after)]  # noqa: S308 - escaped
    return format_html("{}<mark>{}</mark>{}", *spots)
