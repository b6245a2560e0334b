"""Tags in public: all of them, and the page of each."""

from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from community.live.facts import facts
from community.live.pages import shows
from community.notifications.watched import control
from community.people.roles import Capability
from community.people.trust import Privilege, may
from forums.hubs.pages import hub_page
from forums.hubs.rows import public_questions, rows_for
from forums.tags.models import WORTH_A_PAGE, Synonym, TagCard
from forums.tags.naming import tag_at
from forums.threads.models import ThreadTag

CARDS, RELATED, LOOKED_AT = 60, 8, 300


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """All tags, those with most questions first, and a search among them."""
    asked, after = request.GET.get("q", "").strip(" #").lower()[:40], request.GET.get("after", "")
    cards, mark = tags_found(asked, after)
    words: dict[int, list[str]] = {}
    for tag, name in Synonym.objects.filter(tag__in=[card.pk for card in cards]).values_list("tag", "name"):
        words.setdefault(tag, []).append(name)
    for card in cards:
        card.words = words.get(card.pk, [])
    older = ({"q": asked} if asked else {}) | {"after": mark}
    older_url = f"?{urlencode(older)}" if mark else ""
    context = {"cards": cards, "q": asked, "is_later": bool(after), "older_url": older_url}
    return shows(render(request, "forums/hubs/tag_list.html", context), "tags", "questions")


def tags_found(asked: str, after: str) -> tuple[list[TagCard], str]:
    """A page of those whose name, or another word for it, has this in it; and the place after which the next begins."""
    found = TagCard.objects.in_use().select_related("tag").order_by("-question_count", "tag")
    if asked:
        found = found.filter(Q(tag__name__icontains=asked) | Q(tag__synonyms__name__icontains=asked)).distinct()
    cards = list(beyond(found, after)[: CARDS + 1])
    last = cards[CARDS - 1] if len(cards) > CARDS else None
    return cards[:CARDS], f"{last.question_count}-{last.pk}" if last else ""


def beyond(cards: QuerySet[TagCard], mark: str) -> QuerySet[TagCard]:
    """The cards after a place in the list: a number of questions, and the tag that stood there."""
    count, _dash, pk = mark.partition("-")
    if not (mark.isascii() and count.isdecimal() and pk.isdecimal() and len(mark) < 24):
        return cards
    return cards.filter(Q(question_count__lt=int(count)) | Q(question_count=int(count), pk__gt=int(pk)))


@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag is for, and its questions. An address that it had before leads here."""
    tag = tag_at(slug)
    if tag is None:
        raise Http404
    if tag.slug != slug:
        return HttpResponsePermanentRedirect(reverse("forums:tag-detail", args=[tag.slug]))
    card = TagCard.objects.filter(tag=tag).first()
    questions = public_questions().filter(thread__thread_tags__tag=tag)
    is_thin = not (card and card.source) and questions[:WORTH_A_PAGE].count() < WORTH_A_PAGE
    if is_thin and not questions.exists():
        raise Http404  # a word from a question that nobody can see is nobody's business
    read = {
        "tag": tag,
        "card": card,
        "rows": rows_for(request, questions),
        "related": related(tag),
        "words": list(tag.synonyms.values_list("name", flat=True)),
        "feed_url": reverse("forums:tag-feed", args=[tag.slug]),
        "is_noindex": is_thin or bool(request.GET.get("after")),
        "may_describe": request.user.is_authenticated and may(request.user, Privilege.DESCRIBE_TAGS),
        **control(request.user, f"tag:{tag.pk}"),
        "may_tend": request.user.is_authenticated and request.user.can(Capability.MODERATE),
    }
    template, keys = "forums/hubs/tag_detail.html", (f"tag-{tag.pk}", "tags", "questions")
    return hub_page(request, template, lambda: read, facts(read), *keys)


def related(tag: Tag) -> list[Tag]:
    """The tags that stand beside this one most often, on its latest questions."""
    latest = ThreadTag.objects.filter(tag=tag, content_object__is_hidden=False).order_by("-content_object")
    beside = ThreadTag.objects.filter(content_object__in=latest.values("content_object")[:LOOKED_AT]).exclude(tag=tag)
    rows = beside.values("tag").annotate(times=Count("pk")).order_by("-times", "tag")[:RELATED]
    found = Tag.objects.in_bulk([row["tag"] for row in rows])
    return [found[row["tag"]] for row in rows]
