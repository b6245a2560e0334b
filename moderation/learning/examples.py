"""What the classifier learns from: what moderators decided here, and ordinary posts that nobody ever objected to."""

from datetime import timedelta

from django.utils import timezone

from forums.threads.models import Post
from moderation.decisions.models import Decision
from moderation.flags.models import Case
from moderation.learning.classifier import Example

SPAM_RULES = ("spam",)
MOST = 4_000
SETTLED = timedelta(days=3)
"""A post that stood for so long without a case is an ordinary one."""
ORDINARY_FOR_EACH = 3
OF_AN_ACCOUNT = 50


def examples() -> list[Example]:
    """Texts and whether they were spam."""
    spam, decent = decided()
    ordinary = ordinary_posts(max(200, ORDINARY_FOR_EACH * len(spam)))
    rest = [text for text in dict.fromkeys([*decent, *ordinary]) if text not in spam]
    return [*((text, True) for text in spam), *((text, False) for text in rest)]


def decided() -> tuple[list[str], list[str]]:
    """Texts of standing decisions: those taken for spam, and those where nothing of the kind was found.

    Of an account that was marked as spam, its posts are examples too. What a rule decided teaches nothing: the score
    would learn its own mistakes.
    """
    spam: dict[str, None] = {}
    decent: dict[str, None] = {}
    rows = (
        Decision.objects.standing()
        .filter(is_made_by_machine=False)
        .select_related("rule", "case")
        .prefetch_related("actions")
        .order_by("-pk")[:MOST]
    )
    for decision in rows:
        is_spam = decision.outcome == Case.Outcome.ACTED and decision.rule and decision.rule.slug in SPAM_RULES
        for text in texts_of(decision):
            if is_spam:
                spam[text] = None
            elif decision.outcome == Case.Outcome.LEFT:
                decent[text] = None
    return list(spam)[:MOST], [text for text in decent if text not in spam][:MOST]


def texts_of(decision: Decision) -> list[str]:
    """The wording that was decided on; of an account that was marked as spam, what it wrote."""
    if any(action.kind == "spam" for action in decision.actions.all()):
        theirs = Post.objects.filter(author=decision.case.concerns, hiding__isnull=False).order_by("pk")
        return [whole(post) for post in theirs.select_related("thread")[:OF_AN_ACCOUNT]]
    reviewed = decision.case.reviewed
    if reviewed is None or reviewed.kind != "post":
        return []
    text = reviewed.wording(decision.subject_version)
    title = f"{reviewed.row.thread.title}\n" if reviewed.row.kind == Post.Kind.OPENING else ""
    return [title + text] if text.strip() else []


def whole(post: Post) -> str:
    """A post as the classifier reads it: an opening with its title."""
    return f"{post.thread.title}\n{post.source}" if post.kind == Post.Kind.OPENING else post.source


def ordinary_posts(most: int) -> list[str]:
    """Posts of members that stand where they were written, the newest first."""
    old = timezone.now() - SETTLED
    seen = Post.objects.visible_to(None).filter(created_at__lt=old, alias="").exclude(actions__isnull=False)
    return [whole(post) for post in seen.select_related("thread").order_by("-pk")[:most]]
