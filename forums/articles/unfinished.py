"""Articles that somebody has begun to write or to change."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.articles.models import Article
from forums.threads.models import Post
from forums.threads.unfinished import Where, belongs


@belongs("article-from")
def made_of_answers(person: Any, ids: list[int]) -> dict[int, Where]:
    """New ones that are made of an answer."""
    answers = Post.objects.visible_to(person).filter(pk__in=ids).select_related("thread")
    url = reverse("forums:article-new")
    return {one.pk: Where(_("A help page made of"), one.thread.title, f"{url}?answer={one.pk}") for one in answers}


@belongs("article")
def articles(person: Any, ids: list[int]) -> dict[int, Where]:
    """A new one has no number; changes go by the article's."""
    seen = Article.objects.visible_to(person).filter(pk__in=ids).select_related("thread__product__brand")
    new = {0: Where(_("A new help page"), "", reverse("forums:article-new"))}
    return new | {
        one.pk: Where(_("Your change of"), one.thread.title, reverse("forums:article-edit", args=[one.thread.slug]))
        for one in seen
        if one.is_editable_by(person)
    }
