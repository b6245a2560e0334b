"""The product review feed that shopping search engines read (Google's product reviews, version 2.4), in parts."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import conditional_page, require_safe

from community.live.pages import shows
from community.numbers import number_in
from community.text.markdown import CONTROL
from forums.reviews.models import Review
from forums.reviews.reading import Card, cards

A_PART = 1000
LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_]|$)")
"""As sources name languages: de, de-AT."""


@conditional_page
@require_safe
def shopping_feed(request: HttpRequest) -> HttpResponse:
    """The reviews that count, of all products, by their ids; each part names the next one."""
    after = number_in(request.GET.get("after", "")) or 0
    found = Review.objects.counted().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    ids = list(found[: A_PART + 1])
    loaded, shown = cards(ids[:A_PART]), ids[:A_PART]
    here = reverse("forums:shopping-feed")
    context: dict[str, Any] = {
        "reviews": [told(loaded[pk]) for pk in shown],
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "next_url": f"{settings.SITE_URL}{here}?after={shown[-1]}" if len(ids) > A_PART else "",
    }
    text = CONTROL.sub("", render_to_string("forums/feeds/shopping.xml", context))
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    if context["next_url"]:
        response["Link"] = f'<{context["next_url"]}>; rel="next"'
    return shows(response, "reviews", "products")


def told(card: Card) -> dict[str, Any]:
    """A review in the feed's words: its card, and its text without marks."""
    review, brought = card.review, getattr(card.review, "brought", None)
    return {
        "card": card,
        "review": review,
        "text": strip_tags(card.opening.html).strip() or review.thread.title,
        "pros": [line.strip(" -*•") for line in review.pros.splitlines() if line.strip(" -*•")],
        "cons": [line.strip(" -*•") for line in review.cons.splitlines() if line.strip(" -*•")],
        "is_incentivized": bool(review.incentive) or bool(brought and brought.incentive),
        "language": brought.locale[:2].lower() if brought and LANGUAGE.match(brought.locale) else "",
    }
