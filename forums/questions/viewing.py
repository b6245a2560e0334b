"""What is the viewer's own on a question's page: votes, following, controls, drafts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from community.catalogue.models import Ownership, ProductVersion
from community.people.models import Person
from community.people.roles import Capability
from forums.questions.models import Question
from forums.threads.models import Post, Vote


@dataclass
class Viewer:
    """A signed-in person before one question."""

    request: HttpRequest
    question: Question
    person: Person = field(init=False)

    def __post_init__(self) -> None:
        self.person = self.request.user  # type: ignore[assignment]

    @property
    def is_asker(self) -> bool:
        return self.question.can_accept(self.person)

    @cached_property
    def may_verify(self) -> bool:
        return self.question.can_verify(self.person)

    @cached_property
    def may_moderate(self) -> bool:
        return self.person.can(Capability.MODERATE)

    @property
    def waiting(self) -> list[Post]:
        """What the person wrote here and nobody has decided on yet."""
        if not self.question.has_waiting:  # type: ignore[attr-defined]
            return []
        return list(Post.objects.waiting_of(self.person).filter(thread=self.question.pk))

    @cached_property
    def accepted(self) -> set[int]:
        """Ids of the answers that the asker has accepted."""
        return set(self.question.solutions.values_list("post_id", flat=True)) if self.is_asker else set()

    @cached_property
    def vouched(self) -> set[int]:
        """Ids of the answers that staff have verified."""
        return set(self.question.verifications.values_list("post_id", flat=True)) if self.may_verify else set()

    @cached_property
    def versions(self) -> list[ProductVersion]:
        """Versions of the product: the viewer has the problem with one, an answer can be verified for one."""
        own = Ownership.objects.filter(person=self.person, version=OuterRef("pk"))
        return list(ProductVersion.objects.filter(product=self.question.thread.product_id).annotate(is_own=Exists(own)))

    @property
    def own_version(self) -> ProductVersion | None:
        """The version that the viewer owns."""
        return next((version for version in self.versions if version.is_own), None)  # type: ignore[attr-defined]

    def own(self) -> dict[tuple[str, int], str]:
        """The pieces to put into the kept posts, by part and post."""
        pieces: dict[tuple[str, int], str] = {}
        for post in self._concerned():
            if post.is_voted or post.author_id == self.person.pk:
                pieces["vote", post.pk] = self._render("forums/threads/_vote.html", post)
            if self._has_deeds(post):
                pieces["deeds", post.pk] = self._render("forums/questions/_deeds.html", post)
            if post.kind == Post.Kind.OPENING:
                pieces["actions", post.pk] = self._render("forums/questions/_actions.html", post)
        return pieces

    def _concerned(self) -> Iterable[Post]:
        posts = Post.objects.filter(thread=self.question.pk, is_hidden=False, removed_at__isnull=True)
        posts = posts.annotate(is_voted=Exists(Vote.objects.filter(post=OuterRef("pk"), person=self.person)))
        if not (self.is_asker or self.may_verify or self.may_moderate):
            posts = posts.filter(Q(kind=Post.Kind.OPENING) | Q(author=self.person) | Q(is_voted=True))
        return posts.only("kind", "author_id", "thread_id", "parent_id")

    def _has_deeds(self, post: Post) -> bool:
        if post.author_id == self.person.pk or self.may_moderate:
            return True
        return post.kind == Post.Kind.ANSWER and (self.is_asker or self.may_verify)

    def _render(self, template: str, post: Post) -> str:
        is_own = post.author_id == self.person.pk
        context = {"viewer": self, "question": self.question, "post": post, "is_own": is_own}
        context |= {"is_voted": post.is_voted, "csrf_token": get_token(self.request)}
        return render_to_string(template, context)
