"""One page of a question: its opening, twenty of its answers in order, their comments and their marks."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from taggit.models import Tag

from community.prepared import Prepared, PreparedRow
from forums.questions.models import Question, Solution, Verification
from forums.threads.models import Post, Thread
from forums.threads.models.post import ANSWERS_ON_ONE_PAGE as ANSWERS_A_PAGE


@dataclass
class Shown:
    """A post as its page shows it."""

    post: Post
    comments: list["Shown"] = field(default_factory=list)
    solution: Solution | None = None
    verifications: list[Verification] = field(default_factory=list)
    origin: Thread | None = None

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
    merged: list[Shown]
    answers: list[Shown]
    number: int
    pages: int
    pinned: Shown | None = None
    tags: list[Tag] = field(default_factory=list)

    @property
    def duplicates(self) -> Any:
        """Questions that were closed because this one had asked the same."""
        thread = self.question.thread
        return [one for one in thread.relatives if one.duplicate_of_id == thread.pk and not one.is_hidden][:20]

    @property
    def splits(self) -> Any:
        """Posts of this thread that became questions of their own."""
        rows = [getattr(one, "split_row", None) for one in self.question.thread.relatives if not one.is_hidden]
        return [row for row in rows if row and row.thread_id == self.question.pk and row.undone_at is None]

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
    rows = prepared.rows(thread=thread)
    return [pk for pk, removed in rows if not removed] + [pk for pk, removed in rows if removed]


def in_order(thread: int) -> QuerySet[Post, tuple[Any, ...]]:
    """The answers that are read on the page of a thread, and which of them are emptied."""
    read_here = Thread.objects.filter(Q(pk=thread) | Q(merged_into=thread)).values("pk")
    seen = Post.objects.filter(thread__in=read_here, is_hidden=False)
    comments = Post.objects.filter(parent=OuterRef("pk"), is_hidden=False, removed_at__isnull=True)
    answers = seen.answers().filter(Q(removed_at__isnull=True) | Exists(comments))
    here = {"post": OuterRef("pk"), "question__in": read_here}
    answers = answers.annotate(
        marked=Exists(Solution.objects.filter(**here)) | Exists(Verification.objects.filter(**here))
    )
    return answers.order_by("-marked", "-score", "created_at", "pk").values_list("pk", "removed_at")


prepared = Prepared(in_order, thread=int)


def page_with(post: Post, answers: int) -> int:
    """The page on which a post stands; comments stand with their answer."""
    top = post.top.pk
    order = ranked(post.thread.merged_into_id or post.thread_id)
    return min(order.index(top) // ANSWERS_A_PAGE + 1, page_count(answers)) if top in order else 1


def read(question: Question, number: int = 1) -> Reading:
    """Everything that the page shows, in a handful of queries."""
    order, pages = ranked(question.pk), page_count(question.thread.answer_count)
    end = None if number == pages else number * ANSWERS_A_PAGE
    ids = order[(number - 1) * ANSWERS_A_PAGE : end]
    family = {thread.pk: thread for thread in question.thread.family}
    posts = posts_read.all(ids=[*ids, *order[:1]], threads=list(family))
    shown = {post.pk: Shown(post) for post in posts if is_own_opening(post, question) or not post.is_hidden}
    _mark(question, shown)
    _place(question, shown, family)
    openings = [row for row in shown.values() if row.post.kind == Post.Kind.OPENING]
    opening = next(row for row in openings if row.post.thread_id == question.pk)
    _hang_comments(shown)
    pinned = shown.get(order[0]) if order and number > 1 else None
    answers = [shown[pk] for pk in ids if pk in shown]
    pinned = pinned if pinned and pinned.is_marked else None
    merged = [row for row in openings if row is not opening] if number == 1 else []
    tags = list(question.thread.tags.order_by("name"))
    return Reading(question, opening, merged, answers, number, pages, pinned, tags)


def _posts_read(ids: list[int], threads: list[int]) -> QuerySet[Post]:
    """These answers of a page, with all openings and comments."""
    wanted = Q(pk__among=ids) | Q(kind=Post.Kind.OPENING) | Q(kind=Post.Kind.COMMENT)
    posts = Post.objects.filter(wanted, thread__among=threads).select_related("author", "editor")
    return posts.order_by("created_at", "pk")


posts_read = PreparedRow(_posts_read, ids=list, threads=list)


def is_own_opening(post: Post, question: Question) -> bool:
    """The opening of the question itself, which its author sees while it is out of everybody's sight."""
    return post.kind == Post.Kind.OPENING and post.thread_id == question.pk


def show(post: Post, question: Question) -> Shown:
    """One post with its marks, for a fragment of its own."""
    shown = {post.pk: Shown(post)}
    comments = question.thread.all_posts.filter(kind=Post.Kind.COMMENT, is_hidden=False)
    for row in comments.select_related("author", "editor").order_by("created_at", "pk"):
        shown[row.pk] = Shown(row)
    _mark(question, shown)
    _place(question, shown, {thread.pk: thread for thread in question.thread.family})
    _hang_comments(shown)
    return shown[post.pk]


def _hang_comments(shown: dict[int, Shown]) -> None:
    for row in shown.values():
        above: Shown | None = row
        while above and above.post.kind == Post.Kind.COMMENT:  # it may stand under what was an answer once
            above = shown.get(above.post.parent_id)
        if above and above is not row and not row.post.removed_at:
            above.comments.append(row)


def _place(question: Question, shown: dict[int, Shown], family: dict[int, Any]) -> None:
    """Each post knows its thread without being asked again; one from a merged thread says from which."""
    for row in shown.values():
        thread = family[row.post.thread_id]
        row.post.thread = thread
        if thread.pk != question.pk:
            thread.merged_into = question.thread
            row.origin = thread


def _mark(question: Question, shown: dict[int, Shown]) -> None:
    verified: dict[int, list[Any]] = defaultdict(list)
    everywhere = [thread.pk for thread in question.thread.family]
    for verification in vouched_in.all(threads=everywhere):
        verified[verification.post_id].append(verification)
    solved = {row.post_id: row for row in solved_in.all(threads=everywhere)}
    for pk, row in shown.items():
        row.solution, row.verifications = solved.get(pk), verified[pk]


def _vouched_in(threads: list[int]) -> QuerySet[Verification]:
    rows = Verification.objects.filter(question__among=threads)
    return rows.select_related("product_version").order_by("created_at")


vouched_in = PreparedRow(_vouched_in, threads=list)
solved_in = PreparedRow(
    lambda threads: Solution.objects.filter(question__among=threads).select_related("by"), threads=list
)
