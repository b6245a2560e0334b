"""What the asker, the team and others with the same problem do with a question."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.catalogue.models import Ownership, ProductVersion
from community.numbers import number_in
from community.once import once
from community.people.guards import signed_in
from forums.questions.models import Question
from forums.questions.viewing import Viewer, visit
from forums.threads.models import Post, Thread


@signed_in
@require_POST
@once
def question_accept(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    """This solved it."""
    question, post = seen(request, pk, post_pk)
    environment = request.POST.get("environment", "").strip()[:120]

    def say() -> None:
        if question.accept(post, by=request.user, environment=environment):
            messages.info(request, _("Accepted. What you say about where it works waits for a look."))

    return _done(request, post, say)


@signed_in
@require_POST
def question_withdraw_solution(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    """It did not, after all."""
    question, post = seen(request, pk, post_pk)
    return _done(request, post, lambda: question.withdraw_solution(post, by=request.user))


@signed_in
@require_POST
@once
def question_verify(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    """Staff vouch for an answer, for a version."""
    question, post = seen(request, pk, post_pk)
    chosen = number_in(request.POST.get("product_version", ""))
    versions = ProductVersion.objects.filter(product=question.thread.product_id)
    version = get_object_or_404(versions, pk=chosen) if chosen is not None else None
    return _done(request, post, lambda: question.verify(post, by=request.user, product_version=version))


@signed_in
@require_POST
def question_withdraw_verification(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    """Staff no longer vouch for it."""
    question, post = seen(request, pk, post_pk)
    return _done(request, post, lambda: question.withdraw_verification(post, by=request.user))


@signed_in
@require_POST
def question_same_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """I have this too, with my own version of the product."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    question.share_problem(by=request.user, product_version=version_with_the_problem(request, question))
    return _shared(request, question, is_shared=True)


def version_with_the_problem(request: HttpRequest, question: Question) -> ProductVersion | None:
    """The version that the person chose; without a choice, the one they own."""
    product, chosen = question.thread.product_id, request.POST.get("product_version")
    if chosen is None:
        owned = Ownership.objects.filter(person=request.user, product=product).select_related("version").first()
        return owned.version if owned else None
    number = number_in(chosen)
    return get_object_or_404(ProductVersion, pk=number, product=product) if number is not None else None


@signed_in
@require_POST
def question_same_problem_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It was something else."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    question.take_back_shared_problem(by=request.user)
    return _shared(request, question, is_shared=False)


def seen(request: HttpRequest, pk: int, post_pk: int) -> tuple[Question, Post]:
    """The question and one of its posts, when the person can read both."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    posts = Post.objects.visible_to(request.user).select_related("thread")
    return question, get_object_or_404(posts, pk=post_pk, thread__in=Thread.objects.read_with(question.thread))


def _done(request: HttpRequest, post: Post, deed: Callable[[], None]) -> HttpResponse:
    deed()
    return HttpResponseRedirect(post.get_absolute_url())


def _shared(request: HttpRequest, question: Question, is_shared: bool) -> HttpResponse:
    if request.htmx:
        viewer = Viewer(question, visit(request.user, question.pk).facts, get_token(request))
        context = {"question": question, "is_shared": is_shared, "viewer": viewer}
        return render(request, "forums/questions/_same_problem.html", context)
    return HttpResponseRedirect(question.get_absolute_url())
