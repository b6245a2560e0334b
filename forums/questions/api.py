"""Questions for programs: the lists of the pages, reading, asking, answering, solving, verifying."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, Query, operation, resource, saved
from community.api.problems import Problem
from community.api.scopes import Area
from community.api.shapes import Author, Listed, Many
from community.catalogue.models import ProductVersion
from community.paging import page_of
from forums.questions.forms import AskForm
from forums.questions.listing import VIEWS, Listing
from forums.questions.models import Question
from forums.questions.reading import Shown, page_count, read
from forums.threads.api import replied
from forums.threads.api_shapes import PostTold, SolvedBy, Vouched, author_of, post_told
from forums.threads.forms import ReplyForm
from forums.threads.models import Post, Thread
from forums.threads.picking import openings_of


@dataclass
class QuestionTold:
    """A question in a list. `attempts` counts answers that try to solve it: with 0 it waits for one."""

    id: int
    title: str
    excerpt: str
    url: str
    author: Author
    product: str | None
    product_version: str | None
    tags: list[str]
    answers: int
    attempts: int
    same_problem: int
    followers: int
    is_solved: bool
    verified_for: str
    needs: str
    is_locked: bool
    version: int
    created_at: datetime
    active_at: datetime


@dataclass
class QuestionRead:
    """A question with a page of its answers, in the order of the site: marked ones first, then votes, then age."""

    question: QuestionTold
    environment: str
    opening: PostTold
    answers: list[PostTold]
    page: int
    pages: int


class EnvironmentForm(forms.Form):
    """For which phone, computer or app it was the solution."""

    environment = forms.CharField(max_length=120, required=False)


class VersionForm(forms.Form):
    """A version of the product; without one it is meant for all."""

    product_version = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


LISTS = (
    Query("view", "which list", tuple(VIEWS)),
    Query("attempts", "0: nobody has tried to solve it yet", ("0",)),
    Query("product", "the product's slug"),
    Query("tag", "the tag's slug"),
    Query("q", "words of the title"),
    AFTER,
)


@operation(Area.COMMUNITY, Many(QuestionTold), is_public=True, query=LISTS)
def list_questions(request: ApiRequest) -> Listed:
    """Questions, with the filters of the page. What comes in meanwhile moves no row to another page."""
    listing = Listing(request.GET)
    found = listing.questions().for_reading().prefetch_related("thread__tags")
    if request.GET.get("attempts"):
        found = found.filter(thread__attempt_count=0)
    page = page_of(found, f"-{listing.column}", request.GET.get("after", ""))
    openings = openings_of(question.pk for question in page.rows)
    return Listed([question_told(one, openings.get(one.pk)) for one in page.rows], page.older)


def question_told(question: Question, opening: Post | None) -> QuestionTold:
    """A question as it stands in lists."""
    thread = question.thread
    nobody = Author(thread.author.name, "", "", "")
    return QuestionTold(
        id=question.pk,
        title=thread.title,
        excerpt=thread.excerpt,
        url=absolute(thread.get_absolute_url()),
        author=author_of(opening) if opening else nobody,
        product=thread.product.slug if thread.product else None,
        product_version=str(thread.product_version) if thread.product_version else None,
        tags=sorted(tag.name for tag in thread.tags.all()),
        answers=thread.answer_count,
        attempts=thread.attempt_count,
        same_problem=question.same_problem_count,
        followers=thread.follower_count,
        is_solved=question.is_solved,
        verified_for=question.verified_for,
        needs=question.info_wanted,
        is_locked=thread.is_locked,
        version=thread.version,
        created_at=thread.created_at,
        active_at=thread.active_at,
    )


def readable(request: ApiRequest, pk: int) -> Question:
    """The question, where it is read: one that was merged into another leads there."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    home = question.thread.home
    if home.pk == question.pk:
        return question
    return get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=home.pk)


def told(question: Question, number: int = 1) -> QuestionRead:
    """The question and one page of its answers."""
    if not 1 <= number <= page_count(question.thread.answer_count):
        raise Http404
    reading = read(question, number)
    opening = shown_told(reading.opening)
    return QuestionRead(
        question=question_told(question, reading.opening.post),
        environment=question.environment,
        opening=opening,
        answers=[shown_told(row) for row in reading.answers],
        page=number,
        pages=reading.pages,
    )


def shown_told(row: Shown) -> PostTold:
    """A post with its marks and its comments."""
    solution = row.solution
    solved = SolvedBy(solution.by.name, solution.environment, solution.created_at) if solution else None
    verified = [Vouched(one.alias, str(one.product_version or ""), one.created_at) for one in row.verifications]
    comments = [shown_told(one) for one in row.comments]
    return post_told(row.post, solved=solved, verified=verified, comments=comments)


@operation(
    Area.COMMUNITY,
    QuestionRead,
    is_public=True,
    has_version=True,
    query=(Query("page", "of the answers", is_number=True),),
)
def read_question(request: ApiRequest, pk: int) -> Answer:
    """Read a question with its answers and their marks. Its ETag changes with everything on its page."""
    question = readable(request, pk)
    return Answer(told(question, int(request.GET.get("page", 1))), version=question.thread.version)


@operation(Area.COMMUNITY, QuestionRead, form=AskForm, statuses=(201, 202))
def ask(request: ApiRequest) -> Answer:
    """Ask in public. 202: a person looks at it before everybody can see it."""
    form = AskForm(request.data, by=request.user)
    question = saved(form, lambda: form.save(by=request.user))
    fresh = readable(request, question.pk)
    return Answer(told(fresh), 202 if fresh.thread.is_hidden else 201, fresh.thread.version)


@operation(Area.COMMUNITY, PostTold, form=ReplyForm, statuses=(201, 202))
def answer_question(request: ApiRequest, pk: int) -> Answer:
    """Answer. With `no_attempt` the question stays among those that wait; with `as_staff` the team speaks."""
    return replied(request, readable(request, pk).thread)


def here(request: ApiRequest, pk: int, post_pk: int) -> tuple[Question, Post]:
    """The question and one of its posts."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    posts = Post.objects.visible_to(request.user).select_related("thread")
    return question, get_object_or_404(posts, pk=post_pk, thread__in=Thread.objects.read_with(question.thread))


def version_of(request: ApiRequest, question: Question) -> ProductVersion | None:
    """The version that was named, when it is one of the product's."""
    form = VersionForm(request.data)
    number = saved(form, lambda: form.cleaned_data["product_version"])
    version = ProductVersion.objects.filter(pk=number, product=question.thread.product_id).first()
    if number and version is None:
        raise Problem(422, "other_product", _("That version belongs to another product."))
    return version


@operation(Area.COMMUNITY, QuestionRead, form=EnvironmentForm)
def accept(request: ApiRequest, pk: int, post_pk: int) -> QuestionRead:
    """This solved it, says the asker."""
    question, post = here(request, pk, post_pk)
    form = EnvironmentForm(request.data)
    saved(form, lambda: question.accept(post, by=request.user, environment=form.cleaned_data["environment"].strip()))
    return told(readable(request, pk))


@operation(Area.COMMUNITY, QuestionRead)
def withdraw_solution(request: ApiRequest, pk: int, post_pk: int) -> QuestionRead:
    """It did not, after all."""
    question, post = here(request, pk, post_pk)
    question.withdraw_solution(post, by=request.user)
    return told(readable(request, pk))


@operation(Area.COMMUNITY, QuestionRead, form=VersionForm)
def verify(request: ApiRequest, pk: int, post_pk: int) -> QuestionRead:
    """The team vouches for an answer, for a version of the product or for all."""
    question, post = here(request, pk, post_pk)
    question.verify(post, by=request.user, product_version=version_of(request, question))
    return told(readable(request, pk))


@operation(Area.COMMUNITY, QuestionRead)
def withdraw_verification(request: ApiRequest, pk: int, post_pk: int) -> QuestionRead:
    """The team no longer vouches for it."""
    question, post = here(request, pk, post_pk)
    question.withdraw_verification(post, by=request.user)
    return told(readable(request, pk))


@operation(Area.COMMUNITY, QuestionRead, form=VersionForm)
def share_problem(request: ApiRequest, pk: int) -> QuestionRead:
    """I have this too."""
    question = readable(request, pk)
    question.share_problem(by=request.user, product_version=version_of(request, question))
    return told(readable(request, pk))


@operation(Area.COMMUNITY, QuestionRead)
def take_back_shared_problem(request: ApiRequest, pk: int) -> QuestionRead:
    """It was something else."""
    question = readable(request, pk)
    question.take_back_shared_problem(by=request.user)
    return told(readable(request, pk))


api_questions = resource("api_questions", get=list_questions, post=ask)
api_question = resource("api_question", get=read_question)
api_question_answers = resource("api_question_answers", post=answer_question)
api_question_solution = resource("api_question_solution", put=accept, delete=withdraw_solution)
api_question_verification = resource("api_question_verification", put=verify, delete=withdraw_verification)
api_question_same_problem = resource("api_question_same_problem", put=share_problem, delete=take_back_shared_problem)
