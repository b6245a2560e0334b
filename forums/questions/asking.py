"""Asking a question."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import Product, ProductVersion
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from forums.tags.naming import main_names, new_names
from forums.threads.beginning import begin
from forums.threads.models import Draft, Post, Thread

SAME_TEXT_WITHIN = timedelta(minutes=5)  # AC-ASK-1


class AskingQuerySet:
    """How a question begins."""

    create: Any

    @transaction.atomic
    def ask(
        self,
        *,
        by: Person,
        title: str,
        source: str,
        product: Product | None = None,
        product_version: ProductVersion | None = None,
        environment: str = "",
        tags: Iterable[str] = (),
        peers_first: bool = False,
        keep: Collection[str] = (),
        draft: str = "ask",
    ) -> Any:
        """Ask in public. The asker follows the thread; a held question waits out of sight.

        `keep` names kinds of personal data that the asker says are none (see the gate). `draft` is the place of the
        draft that this text was; empty when it was none of the asker's.

        Raises Refusal when the gate says no, or when the same person has just asked the same.
        """
        refuse_same_again(title, source, by)
        verdict = check(source, title=title, by=by, where="question", keep=keep).enforce()
        names = main_names(tags)
        title, source = verdict.cover(title), verdict.cover(source)
        verdict |= check(" ".join(new_names(names)), by=by, where="tag").enforce()
        verdict |= check(environment, by=by, where="remark", keep=keep).enforce()
        about = {"product": product, "product_version": product_version}
        thread, opening = begin(
            Thread.Kind.QUESTION, by=by, title=title, source=source, verdict=verdict, tags=names, **about
        )
        question = self.create(thread=thread, environment=environment, peers_first=peers_first)
        if product and not verdict.is_held:
            product.count_questions(+1)
        Draft.objects.filter(person=by, place=draft).delete()
        if verdict.is_held:
            record(Verb.POST_HELD, actor=by, subject=opening, **verdict.held_because)
        else:
            record(Verb.QUESTION_ASKED, actor=by, subject=thread, **verdict.hints)
        return question


def refuse_same_again(title: str, source: str, by: Person) -> None:
    """The same text of the same person within five minutes is a second click, not a second question."""
    recent = timezone.now() - SAME_TEXT_WITHIN
    again = Post.objects.filter(
        author=by,
        kind=Post.Kind.OPENING,
        source=source,
        thread__title=title,
        created_at__gt=recent,
        removed_at__isnull=True,
    ).first()
    if again:
        raise Refusal(
            _("You have just asked this. Your question is already here."),
            code="same_again",
            url=again.thread.get_absolute_url(),
        )
