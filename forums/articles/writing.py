"""Writing an article: the gate, the thread out of sight, its address, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.catalogue.models import Product, ProductVersion
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import Verdict, check
from community.refusals import Refusal
from forums.articles.lead import whole
from forums.tags.naming import main_names, new_names
from forums.threads.beginning import begin
from forums.threads.models import Draft, Post, Thread
from forums.threads.speaking import persona_of

PLACE = "article"
"""Where the draft of what is typed is kept: `article` for a new one, `article:7` for a change."""


@dataclass(frozen=True)
class Said:
    """What an article says, and for whom it is."""

    title: str
    summary: str
    text: str
    product: Product | None = None
    versions: tuple[ProductVersion, ...] = ()
    language: str = "en"
    tags: tuple[str, ...] = ()
    owner: Person | None = None
    review_on: date | None = None

    @property
    def source(self) -> str:
        """All its words below the title."""
        return whole(self.summary, self.text)

    def passed(self, by: Person, keep: Collection[str]) -> tuple["Said", Verdict]:
        """What may be published of it, and what the gate says. Raises the gate's Refusal."""
        verdict = check(self.source, title=self.title, by=by, where="article", keep=keep).enforce()
        covered = {name: verdict.cover(getattr(self, name)) for name in ("title", "summary", "text")}
        return replace(self, **covered, tags=self.names(by)), verdict

    def names(self, by: Person) -> tuple[str, ...]:
        """Its tags by their main names. Raises the gate's Refusal for a new one."""
        names = main_names(self.tags)
        check(" ".join(new_names(names)), by=by, where="tag").enforce()
        return tuple(names)


class WritingQuerySet:
    """How an article begins."""

    create: Any

    @transaction.atomic
    def begin(
        self, said: Said, *, by: Person, keep: Collection[str] = (), draft: str = PLACE, answer: Post | None = None
    ) -> Any:
        """A draft that nobody but the editors sees. It belongs to its writer until somebody else looks after it.

        `answer` is what it was made from: its writer is credited, and its thread leads to the page.
        """
        if not may_write(by, said.product):
            raise Refusal(_("Only the editors of help pages can do that."), code="not_allowed", status=403)
        said, verdict = said.passed(by, keep)
        thread, _opening = begin(
            Thread.Kind.ARTICLE, by=by, title=said.title, source=said.source, verdict=verdict, tags=said.tags,
            product=said.product, is_hidden=True, alias=persona_of(by),
        )  # fmt: skip
        owner = said.owner or by
        article = self.create(thread=thread, language=said.language, owner=owner, review_on=said.review_on)
        article.versions.set(said.versions)
        article.move_to(said.title)
        if answer:
            article.origins.create(post=answer, by=by)
        Draft.objects.drop(by=by, place=draft)
        record(Verb.ARTICLE_BEGUN, actor=by, subject=thread)
        return article


def may_write(person: Any, product: Product | None) -> bool:
    """Whoever writes articles: about everything, or about the products of a brand."""
    brands = person.brands_for(Capability.EDIT_ARTICLES)
    return brands is None or (product is not None and product.brand.slug in brands)
