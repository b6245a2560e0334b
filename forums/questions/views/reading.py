"""Finding and reading questions."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.fragments import kept
from community.live.pages import kept_page, shows
from community.member_pages import CSRF, ONCE, member_page
from community.notifications.badges import read_chain
from community.numbers import number_in
from community.people.demo import is_demo_on
from forums.questions.listing import Listing
from forums.questions.models import Question
from forums.questions.reading import page_count, page_with, read
from forums.questions.structured import structured
from forums.questions.viewing import Viewer, Visit, visit
from forums.threads.duplicating import is_identical
from forums.threads.forms import ReplyForm
from forums.threads.keeping import with_own
from forums.threads.models import Draft, Post, Thread
from forums.threads.places import not_here
from forums.threads.relatives import relatives
from forums.threads.typed import take_up


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """Questions, all or some of them."""
    listing = Listing(request.GET)
    products = list(Product.objects.visible_to(request.user).values_list("name", "slug", "question_count"))

    def context() -> dict[str, Any]:
        here = listing.product.slug if listing.product else ""
        linked = [
            {"name": name, "count": count, "url": listing.url(product=slug), "is_here": slug == here}
            for name, slug, count in products
        ]
        return {"listing": listing, "rows": listing.rows(), "products": linked}

    state = (listing.shown, products)
    if request.user.is_authenticated:
        return member_page(request, "forums/questions/list.html", context, *state)
    page = kept_page(request, "forums/questions/list.html", context, is_demo_on(), *state)
    return shows(page, "questions")


@require_safe
def question_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A question and its answers."""
    page = page_of_a_person if request.user.is_authenticated else page_for_visitors
    try:
        return page(request, pk, slug)
    except Http404:
        return not_here(request, pk)


def page_of_a_person(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The page with what is the reader's own."""
    take_up(request)
    came = visit(request.user, pk)
    read_chain(request, f"thread-{pk}")
    if came.is_led_on and (led := led_on(request, Thread.objects.select_related("merged_into").get(pk=pk))):
        return led
    if slug != came.slug:
        return moved(request, pk, came.slug)
    number = page_asked(request, pk, came.answer_count)
    similar = relatives("question", pk)

    def context() -> dict[str, Any]:
        question = Question.objects.to_read(pk)
        return about(question, number) | for_member(request, question, number, came) | {"similar": similar}

    facts = (came.version, came.facts, similar)
    return member_page(request, "forums/questions/detail.html", context, *facts, keep=came.is_plain)


def page_for_visitors(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The page for everybody without an account, kept as long as nothing on it changes."""
    threads = Thread.objects.visible_to(None).filter(pk=pk, kind=Thread.Kind.QUESTION)
    found = threads.values_list("slug", "version", "answer_count", "merged_into", "duplicate_of").first()
    if found is None:
        raise Http404
    right_slug, version, answers, *others = found
    if any(others) and (led := led_on(request, Thread.objects.select_related("merged_into").get(pk=pk))):
        return led
    if slug != right_slug:
        return moved(request, pk, right_slug)
    number = page_asked(request, pk, answers)
    similar = relatives("question", pk)

    def context() -> dict[str, Any]:
        question = Question.objects.to_read(pk)
        context = about(question, number) | {"similar": similar, "full_path": request.get_full_path()}
        return context | {"posts": posts_of(question, number, member=False)}

    page = kept_page(request, "forums/questions/detail.html", context, is_demo_on(), version, similar)
    return shows(page, *[f"thread-{shown}" for shown in (pk, *(row["pk"] for row in similar))])


def led_on(request: HttpRequest, thread: Thread) -> HttpResponse | None:
    """To where a merged thread is read, or to the original of which it is the same word for word, at once.

    Browsers do not keep this for good, for it can be undone.
    """
    if not thread.merged_into_id and not (thread.duplicate_of_id and is_identical(thread)):
        return None
    asked = number_in(request.GET.get("post", ""))
    post = thread.posts.filter(pk=asked).first() if asked is not None else None
    post = (post or thread.entry) if thread.merged_into_id else None
    there = post.get_absolute_url() if post else thread.duplicate_of.home.get_absolute_url()
    return HttpResponsePermanentRedirect(there, headers={"Cache-Control": "no-cache"})


def moved(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """To the address with the title as it is now."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponsePermanentRedirect(reverse("forums:question-detail", args=[pk, slug]) + asked)


def about(question: Question, number: int) -> dict[str, Any]:
    """What the page of a question knows, whoever reads it."""
    thread = question.thread
    pages = {"before": number - 1, "after": number + 1 if number < page_count(thread.answer_count) else 0}
    return {"question": question, "thread": thread, "number": number, "is_noindex": is_noindex(question), **pages}


def posts_of(question: Question, number: int, *, member: bool) -> SafeString:
    """The page's posts, rendered once for all readers with an account, and once for all without."""

    def fresh() -> str:
        reading = read(question, number)
        context: dict[str, Any] = {"question": question, "reading": reading, "member": member}
        return render_to_string(
            "forums/questions/_posts.html", context | {"told": None if member else structured(reading)}
        )

    return kept(fresh, "question-posts", question.pk, question.thread.version, number, member)


def for_member(request: HttpRequest, question: Question, number: int, came: Visit) -> dict[str, Any]:
    """What a page holds for somebody with an account: their own pieces, their draft, their posts that wait."""
    viewer = Viewer(question, came.facts, CSRF, ONCE)
    draft = Draft.objects.visible_to(request.user).filter(pk=came.draft).first() if came.draft else None
    initial = {"text": draft.text if draft else "", "as_staff": came.facts.as_staff}
    return {
        "viewer": viewer,
        "draft": draft,
        "place": f"thread:{question.pk}",
        "form": ReplyForm(initial=initial),
        "persona": came.facts.persona,
        "canned_for": question.pk if came.facts.uses_canned else None,
        "posts": with_own(posts_of(question, number, member=True), viewer.own()),
    }


def page_asked(request: HttpRequest, pk: int, answers: int) -> int:
    """The page of the answers that the address asks for, by number or by a post on it."""
    post, page = request.GET.get("post", ""), request.GET.get("page", "1")
    if number_in(post) is not None:
        found = Post.objects.filter(pk=number_in(post)).select_related("thread").first()
        found = found if found and pk in (found.thread_id, found.thread.merged_into_id) else None
        return page_with(found, answers) if found else 1
    number = number_in(page)
    if number is None or not 1 <= number <= page_count(answers):
        raise Http404
    return number


def is_noindex(question: Question) -> bool:
    """Hidden ones, and those nobody has answered for a month (or as is set)."""
    thread = question.thread
    is_old = thread.created_at < timezone.now() - timedelta(days=settings.NOINDEX_UNANSWERED_DAYS)
    return thread.is_hidden or (thread.answer_count == 0 and is_old)
