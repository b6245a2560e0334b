"""What other programs read: feeds of lists, products, tags and people, the site's map, and what robots may visit."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from taggit.models import Tag

from community.catalogue.models import Product
from community.live.pages import shows
from community.people.models import Person
from forums.articles.models import Article
from forums.feeds.atom import ENTRIES, Feed, article_entries, post_entries, question_entries, review_entries
from forums.feeds.sitemap import part_xml, parts
from forums.hubs.answers import answers_of
from forums.hubs.rows import NARROW, public_questions
from forums.questions.listing import VIEWS
from forums.questions.models import QuestionQuerySet
from forums.reviews.models import Review


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines need not look, and where the map is."""
    return shows(render(request, "forums/feeds/robots.txt", content_type="text/plain; charset=utf-8"), "site")


@conditional_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the site's map."""
    response = render(request, "forums/feeds/sitemap.xml", {"parts": list(parts())}, content_type="application/xml")
    return shows(response, "questions", "products", "reviews", "articles")


@conditional_page
@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the map."""
    return shows(
        HttpResponse(part_xml(name), content_type="application/xml"),
        "questions", "products", "people", "reviews", "articles",
    )  # fmt: skip


@conditional_page
@require_safe
def question_feed(request: HttpRequest, view: str) -> HttpResponse:
    """The newest questions of a list: newest, active, solved or unanswered."""
    if view not in VIEWS:
        raise Http404
    here = "" if view == "active" else f"?view={view}"
    page, title = reverse("forums:question-list") + here, _("Questions: %(list)s") % {"list": VIEWS[view][0]}
    return feed_of(request, public_questions(), view, title, page)


@conditional_page
@require_safe
def product_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest questions about a product."""
    product = get_object_or_404(Product.objects.visible_to(None), slug=slug)
    title = _("Questions about %(product)s") % {"product": product.name}
    return feed_of(request, public_questions().about(product), "newest", title, product.get_absolute_url())


@conditional_page
@require_safe
def review_feed(request: HttpRequest) -> HttpResponse:
    """The newest reviews of all products."""
    return reviews_of(request, Review.objects.filter(about=Review.About.PRODUCT), _("Reviews"), "/reviews/", "reviews")


@conditional_page
@require_safe
def product_review_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest reviews of a product."""
    product = get_object_or_404(Product.objects.visible_to(None), slug=slug)
    title, page = _("Reviews of %(product)s") % {"product": product.name}, reverse("forums:review-list", args=[slug])
    return reviews_of(request, Review.objects.of(product), title, page, f"product-{product.pk}", "reviews")


@conditional_page
@require_safe
def article_feed(request: HttpRequest) -> HttpResponse:
    """The help pages that were published last."""
    found = Article.objects.listed().for_reading().order_by("-publication__created_at", "-pk")[:ENTRIES]
    page = reverse("forums:article-list")
    return shows(Feed(_("Help pages"), request.path, page, article_entries(found)).response(), "articles")


@conditional_page
@require_safe
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest questions with a tag."""
    tag = get_object_or_404(Tag, slug=slug)
    title, page = _("Questions tagged %(tag)s") % {"tag": tag.name}, reverse("forums:tag-detail", args=[slug])
    return feed_of(request, public_questions().filter(thread__thread_tags__tag=tag), "newest", title, page)


@conditional_page
@require_safe
def person_feed(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody's newest answers."""
    person = get_object_or_404(Person.objects.active().called(username))
    posts = answers_of(person).select_related("author", "thread").order_by("-created_at", "-pk")[:ENTRIES]
    page = person.get_absolute_url()
    feed = Feed(_("Answers by %(name)s") % {"name": person.name}, request.path, page, post_entries(posts))
    return shows(feed.response(), f"person-{person.pk}", "people", "questions")


def reviews_of(request: HttpRequest, reviews: Any, title: str, page: str, *keys: str) -> HttpResponse:
    """The feed of some reviews, the newest first: stars play no part in what is in it."""
    found = reviews.listed().for_reading().order_by("-written_at", "-pk")[:ENTRIES]
    return shows(Feed(title, request.path, page, review_entries(found)).response(), *keys)


def feed_of(request: HttpRequest, questions: QuestionQuerySet, view: str, title: str, page: str) -> HttpResponse:
    """The feed of one list of questions, as everybody sees it."""
    narrow = NARROW.get(view, QuestionQuerySet.all)
    order = F("solved_at").desc() if view == "solved" else f"-thread__{VIEWS[view][1]}"
    found = narrow(questions).for_reading().order_by(order, "-pk")[:ENTRIES]
    return shows(Feed(title, request.path, page, question_entries(found, view)).response(), "questions", "products")
