"""Atom feeds (RFC 4287): lists of questions, a person's answers, and a person's own news, for feed readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from community.text.markdown import CONTROL
from forums.articles.models import Article
from forums.questions.models import Question
from forums.reviews.models import Review
from forums.threads.models import Post
from forums.threads.picking import openings_of

ENTRIES = 20
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When an empty feed was last changed."""


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. Its id never changes, whatever it is called and wherever it moves to."""

    name: str
    title: str
    path: str
    published: datetime
    updated: datetime
    author: str = ""
    author_path: str = ""
    html: str = ""
    tags: Sequence[str] = ()

    @property
    def id(self) -> str:
        return tag_uri(self.name, self.published)


@dataclass(frozen=True)
class Feed:
    """A feed: its own address, and the page that shows the same to people."""

    title: str
    path: str
    page: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> str:
        return tag_uri(f"feed:{self.path.partition('/mine/')[0]}", BEGINNING)

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=BEGINNING)

    def response(self) -> HttpResponse:
        """The feed as a file, in which nothing is that XML forbids."""
        context = {"feed": self, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
        text = CONTROL.sub("", render_to_string("forums/feeds/feed.xml", context))
        response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
        response["Last-Modified"] = self.updated.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return response


def tag_uri(name: str, day: datetime) -> str:
    """A name for ever, as RFC 4151 makes them: whose it is, since when, and what it is."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{day.astimezone(UTC):%Y-%m-%d}:{name}"


def signed_by(post: Post) -> dict[str, str]:
    """The visible name of a post's author, with their tie to the company, and where they are found."""
    return {"author": str(post.signature), "author_path": post.author_path}


def question_entries(questions: Iterable[Question], moment: str) -> list[Entry]:
    """Questions with their text and tags; `moment` says what makes one new in this list."""
    shown = {question.pk: question for question in questions}
    openings = openings_of(shown, "thread__tags")
    return [question_entry(shown[pk], openings[pk], moment) for pk in shown if pk in openings]


def question_entry(question: Question, opening: Post, moment: str) -> Entry:
    """One question."""
    thread = question.thread
    moments = {"solved": question.solved_at, "active": thread.active_at}
    return Entry(
        name=f"question-{question.pk}",
        title=thread.title,
        path=thread.get_absolute_url(),
        published=thread.created_at,
        updated=moments.get(moment) or opening.edited_at or thread.created_at,
        html=opening.html,
        tags=sorted(tag.name for tag in opening.thread.tags.all()),
        **signed_by(opening),
    )


def review_entries(reviews: Iterable[Review]) -> list[Entry]:
    """Reviews with their stars, text, pros and cons, by product."""
    shown = {review.pk: review for review in reviews}
    openings = openings_of(shown)
    return [review_entry(shown[pk], openings[pk]) for pk in shown if pk in openings]


def review_entry(review: Review, opening: Post) -> Entry:
    """One review."""
    thread, stars = review.thread, "★" * review.stars + "☆" * (5 - review.stars)
    words = {"html": opening.shown_html, "pros": review.pros, "cons": review.cons, "use_case": review.use_case}
    return Entry(
        name=f"review-{review.pk}",
        title=f"{stars} {thread.title}",
        path=thread.get_absolute_url(),
        published=thread.created_at,
        updated=opening.edited_at or thread.created_at,
        html=render_to_string("forums/feeds/_review.html", words),
        tags=[thread.product.name] if thread.product else [],
        **signed_by(opening),
    )


def article_entries(articles: Iterable[Article]) -> list[Entry]:
    """Help pages with their text, by product. They come `for_reading`."""
    shown = {article.pk: article for article in articles}
    openings = openings_of(shown)
    return [article_entry(shown[pk], openings[pk]) for pk in shown if pk in openings]


def article_entry(article: Article, opening: Post) -> Entry:
    """One help page."""
    thread = article.thread
    return Entry(
        name=f"article-{article.pk}",
        title=thread.title,
        path=thread.get_absolute_url(),
        published=article.publication.created_at,
        updated=max(opening.edited_at or opening.created_at, article.publication.created_at),
        html=opening.html,
        tags=[thread.product.name] if thread.product else [],
        **signed_by(opening),
    )


def post_entries(posts: Iterable[Post]) -> list[Entry]:
    """Answers, under the titles of their questions. The posts come with author and thread."""
    return [
        Entry(
            name=f"post-{post.pk}",
            title=post.thread.title,
            path=post.get_absolute_url(),
            published=post.created_at,
            updated=post.edited_at or post.created_at,
            html=post.html,
            **signed_by(post),
        )
        for post in posts
    ]
