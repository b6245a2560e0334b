"""Questions as the search finds them: with their answers and comments, as everybody may read them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.faces import name_of
from community.search.sources import Entry, Passage, Source, register
from community.text.words import words_of
from forums.questions.models import Question
from forums.threads.models import Post, Thread, ThreadTag
from forums.threads.picking import readable_among

COLUMNS = (
    "pk", "title", "slug", "author_id", "author_name", "product_id", "product__name", "product__brand__name", "excerpt",
    "answer_count", "attempt_count", "question__solved_at", "question__same_problem_count", "created_at", "active_at",
)  # fmt: skip


def readable(person: Any, ids: list[int]) -> set[int]:
    """Which of these threads the person may read now."""
    return readable_among(person, ids)


def next_ids(after: int, limit: int) -> list[int]:
    """The next questions, in the order of their ids."""
    rows = Question.objects.listed().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def changed_since(moment: datetime) -> dict[int, datetime]:
    """Questions whose page has changed, and when."""
    rows = Thread.objects.filter(kind=Thread.Kind.QUESTION, changed_at__gte=moment)
    return dict(rows.values_list("pk", "changed_at"))


def entries(ids: list[int]) -> Iterator[Entry]:
    """The questions with these ids that everybody may read, with what was merged into them."""
    threads = Thread.objects.listed().filter(pk__in=ids, kind=Thread.Kind.QUESTION)
    rows = [
        dict(zip(COLUMNS, row, strict=True))
        for row in threads.annotate(author_name=name_of("author__")).values_list(*COLUMNS)
    ]
    tags = tags_of(ids)
    posts = posts_of(ids)
    for row in rows:
        yield entry(row, tags[row["pk"]], posts[row["pk"]])


def tags_of(ids: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = ThreadTag.objects.filter(content_object__in=ids).order_by("pk")
    for pk, slug in rows.values_list("content_object_id", "tag__slug"):
        found[pk].append(slug)
    return found


def posts_of(ids: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """What everybody may read on each thread's page: kind, id, author, name shown, HTML, votes. Openings come first."""
    found = defaultdict(list)
    homes = {pk: pk for pk in ids} | dict(Thread.objects.filter(merged_into__in=ids).values_list("pk", "merged_into"))
    rows = Post.objects.visible_to(None).filter(thread__in=homes).order_by("pk")
    names = name_of("author__")
    for pk, kind, *post in rows.values_list("thread_id", "kind", "pk", "author_id", "alias", names, "html", "score"):
        is_merged = kind == "opening" and homes[pk] != pk
        found[homes[pk]].append(("merged" if is_merged else kind, *post))
    return found


def entry(row: dict[str, Any], tags: list[str], posts: list[tuple[Any, ...]]) -> Entry:
    opening = next((words_of(markup) for kind, *_rest, markup, _score in posts if kind == "opening"), "")
    below = [post for post in posts if post[0] != "opening"]
    solved = row["question__solved_at"] is not None
    return Entry(
        object_id=row["pk"],
        title=row["title"],
        url=f"/questions/{row['pk']}/{row['slug']}/",
        created_at=row["created_at"],
        active_at=row["active_at"],
        opening=opening,
        passages=tuple(Passage(pk, alias or name, words_of(markup)) for _, pk, _, alias, name, markup, _ in below),
        about=f"{row['product__brand__name'] or ''} {row['product__name'] or ''}".strip(),
        product_id=row["product_id"],
        author_id=row["author_id"],
        writers=frozenset({row["author_id"], *(post[2] for post in posts)}),
        tags=tuple(tags),
        is_solved=solved,
        is_answered=solved or row["attempt_count"] > 0,
        weight=worth(solved, row["answer_count"], row["question__same_problem_count"]),
        details={
            "by": row["author_name"],
            "product": row["product__name"] or "",
            "tags": tags[:4],
            "answers": row["answer_count"],
            "excerpt": row["excerpt"],
        },
    )


def worth(is_solved: bool, answers: int, same_problem: int) -> float:
    """A solved question is worth more than one that nobody has answered; many with the same problem count a little."""
    return 1.0 + 0.1 * is_solved + 0.03 * min(answers, 3) + 0.01 * min(same_problem, 10)


register(
    Source(
        kind="question",
        label=_("Questions"),
        one=_("Question"),
        entries=entries,
        ids=next_ids,
        readable=readable,
        changed_since=changed_since,
        is_suggested=True,
    )
)
