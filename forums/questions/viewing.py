"""What is the viewer's own on a question's page: votes, following, controls. Asked in one query, kept as facts."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from community.catalogue.models import Ownership, ProductVersion
from community.notifications.models import Level
from community.notifications.watched import Place
from community.people.distance import Ignore
from community.people.models import Person
from community.people.roles import Capability
from community.people.trust import Privilege, may
from community.prepared import Prepared
from forums.questions.models import Question, SameProblem, Verification
from forums.threads.models import Draft, Follow, Muting, Post, Thread, Vote
from forums.threads.speaking import is_experienced, persona_of
from forums.threads.watched import WatchedThread


@dataclass(frozen=True)
class Facts:
    """All that a question's page depends on in its reader. The page is kept under them, so it can show nothing else."""

    is_asker: bool = False
    level: str = ""
    is_shared: bool = False
    may_verify: bool = False
    may_moderate: bool = False
    may_reshape: bool = False
    may_retag: bool = False
    may_make_pages: bool = False
    own_version: int | None = None
    own: tuple[int, ...] = ()
    voted: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    ignores: tuple[int, ...] = ()
    as_staff: bool = False
    persona: str = ""
    slot_url: str = ""
    uses_canned: bool = False
    is_new: bool = False

    @property
    def is_concerned(self) -> bool:
        """Whether more than their own posts may have controls."""
        return self.is_asker or self.may_verify or self.may_moderate or self.may_reshape or self.may_make_pages


def thread_as_seen(pk: int, person: int) -> QuerySet[Thread, tuple[Any, ...]]:
    """A question's thread with what is this person's own in it."""
    own = {"person": person}
    here = OuterRef(OuterRef("pk"))
    read_here = Thread.objects.filter(Q(pk=here) | Q(merged_into=here)).values("pk")
    posts = Post.objects.filter(thread__in=read_here, is_hidden=False, removed_at__isnull=True, author=person)
    follows = Follow.objects.filter(thread__in=read_here, **own)
    votes = Vote.objects.filter(post__thread__in=read_here, **own)
    waiting = Post.objects.waiting_of(person).filter(thread__in=read_here)  # type: ignore[arg-type]
    owned = Ownership.objects.filter(product=OuterRef("product"), **own).values("version")[:1]
    place = Concat(Value("thread:"), Cast(OuterRef("pk"), CharField()))
    return (
        Thread.objects.filter(pk=pk, kind=Thread.Kind.QUESTION)
        .annotate(
            level=Case(
                When(Exists(Muting.objects.filter(thread__in=read_here, **own)), then=Value(Level.MUTE.value)),
                default=Coalesce(Subquery(follows.values("level")[:1]), Value("")),
            ),
            shared=Exists(SameProblem.objects.filter(question__in=read_here, **own)),
            own=ArraySubquery(posts.order_by("pk").values("pk")),
            voted=ArraySubquery(votes.order_by("post").values("post")),
            waiting=ArraySubquery(waiting.order_by("pk").values("pk")),
            owned=Subquery(owned),
            ignores=ArraySubquery(Ignore.objects.filter(**own).order_by("other").values("other")),
            draft=Subquery(Draft.objects.filter(place=place, **own).values("pk")),
        )
        .values_list(
            "slug", "version", "answer_count", "is_hidden", "author",
            "level", "shared", "own", "voted", "waiting", "owned", "draft", "merged_into", "duplicate_of",
            "ignores",
        )
    )  # fmt: skip


HERE = "[the post]"
seen = Prepared(thread_as_seen, pk=int, person=int)


@dataclass
class Visit:
    """Somebody with an account comes to a question: the thread as it is now, and what is theirs in it."""

    pk: int
    slug: str
    version: int
    answer_count: int
    draft: int | None
    is_led_on: bool
    facts: Facts

    @property
    def is_plain(self) -> bool:
        """Nothing of theirs waits here, no text is half written: the page may be kept."""
        return not self.facts.waiting and not self.draft


def visit(person: Any, pk: int) -> Visit:
    """Who comes to what. Raises Http404 for what they may not see."""
    row = seen.row(pk=pk, person=person.pk)
    if row is None:
        raise Http404
    slug, version, answers, is_hidden, author_id, level, shared, own, voted, waiting, owned, *rest = row
    draft, merged_into, duplicate_of, ignores = rest
    if is_hidden and not Thread.objects.visible_to(person).filter(pk=pk).exists():
        raise Http404
    facts = Facts(
        is_asker=author_id == person.pk, level=level, is_shared=shared, own_version=owned,
        own=tuple(own), voted=tuple(voted), waiting=tuple(waiting), ignores=tuple(ignores),
        may_retag=author_id == person.pk or may(person, Privilege.EDIT_TAGS),
        uses_canned=is_experienced(person), is_new=not may(person, Privilege.POSTS), **staff_facts(person, pk),
    )  # fmt: skip
    return Visit(pk, slug, version, answers, draft, bool(merged_into or duplicate_of), facts)


def staff_facts(person: Any, pk: int) -> dict[str, Any]:
    """What staff may do on the page; nothing for everybody else."""
    if not person.current_grants:
        return {}
    is_asked = person.can(Capability.VERIFY_ANSWERS) or person.can(Capability.RESHAPE_THREADS)
    question = Question.objects.to_read(pk) if is_asked else None
    return {
        "may_verify": question is not None and question.can_verify(person),
        "may_reshape": question is not None and question.thread.is_reshaped_by(person),
        "may_moderate": person.can(Capability.MODERATE),
        "may_make_pages": person.can(Capability.EDIT_ARTICLES),
        "as_staff": person.can(Capability.ANSWER_AS_STAFF),
        "persona": persona_of(person),
        "slot_url": slot_url(person, pk),
    }


def slot_url(person: Any, pk: int) -> str:
    """Where the staff's piece of the page comes from."""
    if not person.can(Capability.WORK_THE_QUEUE):
        return ""
    try:
        return reverse("moderation:thread-slot", args=[pk])
    except NoReverseMatch:
        return ""


@dataclass
class Viewer:
    """The reader as the templates of a question's page know them: their facts, and what follows from them."""

    question: Question
    facts: Facts
    csrf_token: str
    once_key: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the limits of new members hold for them."""
        return self.facts.is_new

    @cached_property
    def waiting(self) -> list[Post]:
        """What the person wrote here and nobody has decided on yet."""
        return list(Post.objects.filter(pk__in=self.facts.waiting)) if self.facts.waiting else []

    @cached_property
    def accepted(self) -> set[int]:
        """Ids of the answers that the asker has accepted."""
        return set(self.question.solutions.values_list("post_id", flat=True)) if self.facts.is_asker else set()

    @cached_property
    def vouched(self) -> set[int]:
        """Ids of the answers that staff have verified."""
        is_theirs = self.facts.may_verify or self.facts.may_make_pages
        read_here = Thread.objects.read_with(self.question.thread).values("pk")
        vouched = Verification.objects.filter(question__in=read_here)
        return set(vouched.values_list("post_id", flat=True)) if is_theirs else set()

    @cached_property
    def versions(self) -> list[ProductVersion]:
        """Versions of the product: the viewer has the problem with one, an answer can be verified for one."""
        return list(ProductVersion.objects.filter(product=self.question.thread.product_id))

    @property
    def place(self) -> Place:
        """The question as something that can be watched."""
        return WatchedThread.place(self.question.thread)

    @property
    def own_version(self) -> ProductVersion | None:
        """The version that the viewer owns."""
        return next((version for version in self.versions if version.pk == self.facts.own_version), None)

    def own(self) -> dict[tuple[str, int], str]:
        """The pieces to put into the kept posts, by part and post."""
        pieces: dict[tuple[str, int], str] = {}
        for post in self._concerned():
            is_own, is_voted = post.pk in self.facts.own, post.pk in self.facts.voted
            if is_voted or is_own:
                pieces["vote", post.pk] = self._render("forums/threads/_vote.html", post)
            if is_own or self.facts.may_moderate:
                pieces["suggest", post.pk] = ""
            if is_own or self.facts.is_concerned:
                pieces["deeds", post.pk] = self._render("forums/questions/_deeds.html", post)
            if post.kind == Post.Kind.OPENING:
                pieces["actions", post.pk] = self._render("forums/questions/_actions.html", post)
        return pieces | self._folds()

    @cached_property
    def ignored(self) -> dict[int, str]:
        """The names of those whom the reader ignores."""
        people = Person.objects.filter(pk__in=self.facts.ignores) if self.facts.ignores else []
        return {person.pk: person.name for person in people}

    @property
    def ignored_json(self) -> str:
        """The same for what arrives while the page is open."""
        return json.dumps(self.ignored)

    def _folds(self) -> dict[tuple[str, int], str]:
        """What the ignored wrote is behind one line that opens it."""
        if not self.facts.ignores:
            return {}
        posts = self.question.thread.all_posts.filter(author__in=self.facts.ignores, is_hidden=False)
        pieces: dict[tuple[str, int], str] = {}
        for pk, author in posts.values_list("pk", "author"):
            folded = render_to_string("forums/questions/_fold.html", {"name": self.ignored[author], "what": HERE})
            pieces["fold", pk], _here, pieces["unfold", pk] = folded.partition(HERE)
        return pieces

    def _concerned(self) -> QuerySet[Post]:
        posts = self.question.thread.all_posts.filter(is_hidden=False, removed_at__isnull=True)
        if not self.facts.is_concerned:
            mine = Q(pk__in=self.facts.own) | Q(pk__in=self.facts.voted)
            posts = posts.filter(Q(kind=Post.Kind.OPENING) | mine)
        return posts.only("kind", "author_id", "thread_id", "parent_id")

    def _render(self, template: str, post: Post) -> str:
        context = {"viewer": self, "question": self.question, "post": post}
        context |= {"is_own": post.pk in self.facts.own, "is_voted": post.pk in self.facts.voted}
        return render_to_string(template, context | {"csrf_token": self.csrf_token, "once_key": self.once_key})
