"""Bringing in threads from elsewhere: JSON lines with their answers, attributed, once each, in batches.

A line is an object with `id`, `url`, `title`, `content_html`, `created`, `creator`, `product`, `tags` and `answers`,
each answer with `id`, `created`, `creator`, `content_html`, `helpful` and `is_spam`: the shape of Mozilla Support's
public interface.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.parser import parse as parse_time
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from markdownify import markdownify
from taggit.models import Tag

from community.catalogue.models import Brand, Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person, name_key
from community.policy.blackout import black_out
from community.policy.gate import Verdict, check
from community.text.excerpts import excerpt
from community.text.markdown import LONGEST, to_html
from forums.questions.models import Question
from forums.tags.counting import recount
from forums.tags.naming import main_names
from forums.threads.counting import recount as recount_replies
from forums.threads.models import Attribution, LegacyAddress, Post, Thread, ThreadTag
from forums.threads.models.legacy import path_of

BATCH = 100


@dataclass(frozen=True)
class Origin:
    """Where a file comes from, and what is done with it."""

    source: str
    licence: str
    brand: str
    shift: timedelta = timedelta(0)
    to_desk: bool = False


@dataclass
class Report:
    """What an import did."""

    added: int = 0
    known: int = 0
    posts: int = 0
    bad: list[str] = field(default_factory=list)


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, packed by gzip or not."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from file
    else:
        with path.open(encoding="utf-8") as file:
            yield from file


def parsed(path: Path, report: Report) -> Iterator[dict[str, Any]]:
    """The threads of a file. What cannot be read is reported with its line number, and the rest goes on."""
    for number, line in enumerate(lines(path), 1):
        if not line.strip():
            continue
        try:
            thread = json.loads(line)
            missing = [name for name in ("id", "title", "content_html", "created", "creator") if not thread.get(name)]
            if missing:
                raise ValueError(f"no {', '.join(missing)}")
            parse_time(thread["created"])
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            report.bad.append(f"line {number}: {error}")
            continue
        yield thread


def newest(path: Path) -> datetime | None:
    """When the newest thread of a file began."""
    times = [moment(thread["created"]) for thread in parsed(path, Report())]
    return max(times, default=None)


def import_threads(path: Path, origin: Origin) -> Iterator[Report]:
    """Bring in a file, batch by batch, each in its own transaction: stopped anywhere, it goes on where it was.

    Answers the running report after each batch.
    """
    report = Report()
    batch: list[dict[str, Any]] = []
    desk = Importer(origin)
    for thread in parsed(path, report):
        batch.append(thread)
        if len(batch) == BATCH:
            desk.bring_in(batch, report)
            batch = []
            yield report
    desk.bring_in(batch, report)
    desk.count()
    yield report


def moment(words: str) -> datetime:
    """A time as the source writes it."""
    read = parse_time(words)
    return read if read.tzinfo else read.replace(tzinfo=timezone.get_default_timezone())


class Importer:
    """Keeps what the batches share: people, products and tags that were seen before."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.people: dict[str, Person] = {}
        self.products: dict[str, Product] = {}
        self.tags: dict[str, Tag] = {}
        self.stopped: list[tuple[Post, Verdict]] = []

    @transaction.atomic
    def bring_in(self, batch: list[dict[str, Any]], report: Report) -> None:
        """Add the threads that are not here yet."""
        ids = [str(told["id"]) for told in batch]
        here = Attribution.objects.filter(source=self.origin.source, native_id__in=ids)
        known = set(here.values_list("native_id", flat=True))
        for told in batch:
            if str(told["id"]) in known:
                report.known += 1
                continue
            known.add(str(told["id"]))
            report.posts += self.add(told)
            report.added += 1

    def add(self, told: dict[str, Any]) -> int:
        """One thread with its answers; how many posts it has."""
        answers = [a for a in told.get("answers", []) if not a.get("is_spam") and a.get("content_html")]
        begun = moment(told["created"]) + self.origin.shift
        source = markdown(told["content_html"])
        title = black_out(told["title"])[:200].strip()
        verdict = check(source, title=title, by=None, where="import")
        title, source = verdict.cover(title), verdict.cover(source)
        latest = max([begun, *[moment(a["created"]) + self.origin.shift for a in answers]])
        thread = Thread.objects.create(
            kind=Thread.Kind.QUESTION,
            title=title,
            slug=Thread.slug_for(title),
            author=self.person(told["creator"]),
            product=self.product(told.get("product", "")),
            excerpt=excerpt(source, 180),
            answer_count=len(answers),
            attempt_count=len(answers),
            created_at=begun,
            active_at=latest,
            changed_at=latest,
            is_hidden=verdict.stops,
        )
        Question.objects.create(thread=thread)
        Attribution.objects.create(
            thread=thread,
            source=self.origin.source,
            native_id=str(told["id"]),
            url=told.get("url", "")[:300],
            licence=self.origin.licence,
        )
        self.keep_address(thread, told)
        opening = self.post(thread, Post.Kind.OPENING, told["creator"], source, begun, verdict)
        rest = [self.answer(thread, answer) for answer in answers]
        self.hold(Post.objects.bulk_create([opening, *rest]))
        self.tag(thread, told.get("tags", []))
        if self.origin.to_desk and not answers and not verdict.stops:
            record(Verb.QUESTION_ASKED, actor=thread.author, subject=thread)
        return 1 + len(rest)

    def keep_address(self, thread: Thread, told: dict[str, Any]) -> None:
        """Where the thread stood before leads to it for ever, once the old site's name is ours; so does its old id."""
        by_id = f"/questions/legacy/{slugify(self.origin.source)}/{told['id']}"
        for path in {path_of(by_id), path_of(told.get("url", ""))} - {"/"}:
            LegacyAddress.objects.get_or_create(path=path, defaults={"thread": thread})

    def answer(self, thread: Thread, told: dict[str, Any]) -> Post:
        """An answer, with the votes it brought along."""
        when = moment(told["created"]) + self.origin.shift
        source = markdown(told["content_html"])
        verdict = check(source, by=None, where="import")
        score = int(told.get("helpful") or 0)
        return self.post(thread, Post.Kind.ANSWER, told["creator"], verdict.cover(source), when, verdict, score)

    def post(
        self, thread: Thread, kind: str, creator: str, source: str, when: datetime, verdict: Verdict, score: int = 0
    ) -> Post:
        """A post that is not saved yet. What the gate stops comes in out of sight, for somebody to look at."""
        author = self.person(creator)
        fields = {"source": source, "html": to_html(source), "created_at": when, "score": score}
        post = Post(thread=thread, kind=kind, author=author, is_hidden=verdict.stops, **fields)
        if verdict.stops:
            self.stopped.append((post, verdict))
        return post

    def hold(self, posts: list[Post]) -> None:
        """What was stopped goes to the review queue, and readers' counts leave it out."""
        for post, verdict in self.stopped:
            record(Verb.POST_HELD, actor=None, subject=post, **verdict.held_because)
        if any(post.is_hidden and post.kind == Post.Kind.ANSWER for post in posts):
            recount_replies(posts[0].thread)
        self.stopped.clear()

    def person(self, creator: str) -> Person:
        """The author, as somebody who cannot sign in. A local person of the same name stays somebody else."""
        name = str(creator).strip()[:32] or "unknown"
        if name not in self.people:
            self.people[name] = self.find(name) or Person.objects.create_user(self.free(name), "", None)
        return self.people[name]

    def find(self, name: str) -> Person | None:
        """The imported person of this name; imported people have no address."""
        keys = [name_key(name), name_key(f"{name}-{self.suffix}")]
        return Person.objects.filter(username_key__in=keys, email="").order_by("pk").first()

    def free(self, name: str) -> str:
        """The name, or with the source behind it when somebody here has it."""
        taken = Person.objects.filter(username_key=name_key(name)).exists()
        return f"{name}-{self.suffix}" if taken else name

    @property
    def suffix(self) -> str:
        return slugify(self.origin.source)[:7]

    def product(self, name: str) -> Product | None:
        """The product of this name, made when it is missing."""
        if not name:
            return None
        if name not in self.products:
            brand, _ = Brand.objects.get_or_create(
                slug=slugify(self.origin.brand), defaults={"name": self.origin.brand}
            )
            shown = name.replace("-", " ").title()
            fields = {"brand": brand, "name": shown, "position": 50, "icon": "globe", "hue": 30}
            self.products[name], _ = Product.objects.get_or_create(slug=slugify(name), defaults=fields)
        return self.products[name]

    def tag(self, thread: Thread, names: Iterable[str]) -> None:
        """Put tags on a thread, each once."""
        names = main_names(str(name)[:50] for name in names)
        for name in names:
            if name not in self.tags:
                self.tags[name], _ = Tag.objects.get_or_create(name=name)
        unique = {self.tags[name].pk for name in names}
        ThreadTag.objects.bulk_create(ThreadTag(tag_id=pk, content_object=thread) for pk in unique)

    def count(self) -> None:
        """Keep the counters of products and tags."""
        recount({tag.pk for tag in self.tags.values()})
        for product in self.products.values():
            product.question_count = product.threads.listed().filter(kind=Thread.Kind.QUESTION).count()
            product.save(update_fields=["question_count"])


def markdown(html: str) -> str:
    """Markdown of a post's HTML, with personal data blacked out, as the gate asks of everybody."""
    return black_out(markdownify(html, heading_style="ATX").strip()[:LONGEST])
