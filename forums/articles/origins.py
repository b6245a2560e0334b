"""From where an article comes: an answer that the team vouches for, or words that an address brings along."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from community.catalogue.models import Product
from community.numbers import number_in
from forums.articles.writing import PLACE
from forums.questions.models import Verification
from forums.threads.models import Notice, Post, Thread

FROM = "article-from"
"""Where the draft of a page that is made of an answer is kept, with the answer's number."""


def verified_answers() -> QuerySet[Post]:
    """Answers that everybody can read and the team vouches for."""
    vouched = Verification.objects.filter(post=OuterRef("pk"))
    return Post.objects.visible_to(None).answers().filter(Exists(vouched))


def answer_asked(request: HttpRequest) -> Post | None:
    """The answer of which a page is to be made."""
    number = number_in((request.POST or request.GET).get("answer", ""))
    found = verified_answers().select_related("thread__product", "author").filter(pk=number)
    return found.first() if number is not None else None


def place_of(answer: Post | None) -> str:
    """Where what is typed is kept: each page that is made of an answer has a place of its own."""
    return f"{FROM}:{answer.pk}" if answer else PLACE


def starting_with(request: HttpRequest, answer: Post | None) -> dict[str, Any]:
    """What is known before the editor types."""
    if answer:
        thread = answer.thread
        return {"answer": answer.pk, "title": thread.title, "text": answer.source, "product": thread.product}
    if outcome := outcome_asked(request):
        return {"title": outcome.thread.title, "text": outcome.text, "product": outcome.thread.product}
    slug, title = (request.GET.get(name, "").replace("\0", "") for name in ("product", "title"))
    return {"title": title[:200], "product": Product.objects.visible_to(None).filter(slug=slug).first()}


def outcome_asked(request: HttpRequest) -> Notice | None:
    """How a private matter ended, in the words that its asker approved for everybody."""
    number = number_in(request.GET.get("thread", ""))
    if number is None:
        return None
    found = Notice.objects.open().filter(kind=Notice.Kind.OUTCOME, thread__in=Thread.objects.visible_to(None))
    return found.select_related("thread__product").filter(thread=number).first()
