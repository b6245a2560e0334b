"""One page of a question: its opening, twenty of its answers in order, their comments and their marks."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from taggit.models import Tag

from forums.questions.models import Question, Solution, Verification
from forums.threads.models import Post
from forums.threads.models.post import ANSWERS_ON_ONE_PAGE as ANSWERS_A_PAGE


@dataclass
class Shown:
    """A post as its page shows it."""

    post: Post
    comments: list["Shown"] = field(default_factory=list)
    solution: Solution | None = None
    verifications: list[Verification] = field(default_factory=list)

    @property
    def is_by_asker(self) -> bool:
        """Written by the person who asked."""
        return self.post.author_id == self.post.thread.author_id and not self.post.alias

    @property
    def is_marked(self) -> bool:
        """Pinned above the others: it solved it for the asker, or staff vouch for it."""
        return bool(self.solution or self.verifications)


@dataclass
class Reading:
    """What one page of a question shows to everybody."""

    question: Question
    opening: Shown
    answers: list[Shown]
    number: int
    pages: int
    pinned: Shown | None = None
    tags: list[Tag] = field(default_factory=list)

    @property
    def newer_url(self) -> str:
        """The page before."""
        before = self.number - 1
        return f"?page={before}" if before > 1 else self.question.get_absolute_url() if before else ""

    @property
    def older_url(self) -> str:
        """The page after."""
        return f"?page={self.number + 1}" if self.number < self.pages else ""


def page_count(answers: int) -> int:
    """How many pages so many answers take; at least one."""
    return max(1, -(-answers // ANSWERS_A_PAGE))


def ranked(thread: int) -> list[int]:
    """Ids of the answers in the order of the page: marked, then votes, then age. Emptied places come last."""
    seen = Post.objects.filter(thread=thread, is_hidden=False)
    comments = Post.objects.filter(parent=OuterRef("pk"), is_hidden=False, removed_at__isnull=True)
    answers = seen.answers().filter(Q(removed_at__isnull=True) | Exists(comments))
    answers = answers.annotate(
        marked=Exists(Solution.objects.filter(post=OuterRef("pk")))
        | Exists(Verification.objects.filter(post=OuterRef("pk")))
    )
    rows = answers.order_by("-marked", "-score", "created_at", "pk").values_list("pk", "removed_at")
    return [pk for pk, removed in rows if not removed] + [pk for pk, removed in rows if removed]


def page_with(post: Post, answers: int) -> int:
    """The page on which a post stands; comments stand with their answer."""
    top = post.parent_id or post.pk
    order = ranked(post.thread_id)
    return min(order.index(top) // ANSWERS_A_PAGE + 1, page_count(answers)) if top in order else 1


def read(question: Question, number: int = 1) -> Reading:
    """Everything that the page shows, in four queries."""
    order, pages = ranked(question.pk), page_count(question.thread.answer_count)
    end = None if number == pages else number * ANSWERS_A_PAGE
    ids = order[(number - 1) * ANSWERS_A_PAGE : end]
    wanted = Q(pk__in=[*ids, *order[:1]]) | Q(kind=Post.Kind.OPENING) | Q(kind=Post.Kind.COMMENT)
    posts = Post.objects.filter(wanted, thread=question.pk).select_related("author").order_by("created_at", "pk")
    shown = {post.pk: Shown(post) for post in posts if post.kind == Post.Kind.OPENING or not post.is_hidden}
    _mark(question, shown)
    for row in shown.values():
        row.post.thread = question.thread
    opening = next(row for row in shown.values() if row.post.kind == Post.Kind.OPENING)
    _hang_comments(shown)
    pinned = shown.get(order[0]) if order and number > 1 else None
    answers = [shown[pk] for pk in ids if pk in shown]
    pinned = pinned if pinned and pinned.is_marked else None
    return Reading(question, opening, answers, number, pages, pinned, list(question.thread.tags.order_by("name")))


def show(post: Post, question: Question) -> Shown:
    """One post with its marks, for a fragment of its own."""
    shown = {post.pk: Shown(post)}
    for row in Post.objects.filter(parent=post, is_hidden=False).select_related("author").order_by("created_at", "pk"):
        shown[row.pk] = Shown(row)
    _mark(question, shown)
    _hang_comments(shown)
    return shown[post.pk]


def _hang_comments(shown: dict[int, Shown]) -> None:
    for row in shown.values():
        if row.post.kind == Post.Kind.COMMENT and not row.post.removed_at and row.post.parent_id in shown:
            shown[row.post.parent_id].comments.append(row)


def _mark(question: Question, shown: dict[int, Shown]) -> None:
    verified: dict[int, list[Any]] = defaultdict(list)
    for verification in question.verifications.select_related("product_version").order_by("created_at"):
        verified[verification.post_id].append(verification)
    solved = {solution.post_id: solution for solution in question.solutions.all()}
    for pk, row in shown.items():
        row.solution, row.verifications = solved.get(pk), verified[pk]
