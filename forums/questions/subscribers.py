"""What questions do when something happened to their posts."""

from community.catalogue.models import Product
from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.purging import purge
from community.search.indexing import index
from forums.questions.asking_back import tell_asker
from forums.questions.models import GuestQuestion, Question
from forums.questions.telling import tell_comments, tell_gone, tell_new_answer, tell_notices, tell_post, tell_state
from forums.threads.indexing import index_now
from forums.threads.models import Post, Thread
from forums.threads.reshaping import MOVES, RESHAPED


@on(Verb.POST_REMOVED, Verb.POST_HIDDEN, Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def keep_solved_state(event: Event) -> None:
    """An accepted answer that nobody can see solves nothing; back in sight, it does again."""
    post = Post.objects.select_related("thread__product", "author").filter(pk=event.subject_id).first()
    if post is None or post.kind != Post.Kind.ANSWER:
        return
    for question in Question.objects.select_related("thread__product").filter(solutions__post=post):
        question.keep_state_without(post)


@on(Verb.POST_HIDDEN, Verb.POST_REMOVED, Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def count_product_questions(event: Event) -> None:
    """A question that came into sight or went out of it changes its product's numbers."""
    post = Post.objects.select_related("thread").filter(pk=event.subject_id, kind=Post.Kind.OPENING).first()
    if post and post.thread.kind == "question" and post.thread.product_id:
        count_questions_of(post.thread.product_id)


@on(*RESHAPED)
def count_after_reshaping(event: Event) -> None:
    """A thread has left the lists, come back, or changed its product: its products count anew."""
    thread = Thread.objects.filter(pk=event.subject_id, kind=Thread.Kind.QUESTION).first()
    moved = event.verb in MOVES
    products = [event.details.get("source"), event.details.get("to")] if moved else [thread and thread.product_id]
    for product_id in filter(None, products):
        count_questions_of(product_id)


def count_questions_of(product_id: int) -> None:
    """Keep a product's numbers of questions that readers can find, and of those that are solved."""
    seen = Question.objects.listed().filter(thread__product=product_id)
    Product.objects.filter(pk=product_id).update(question_count=seen.count(), solved_count=seen.solved().count())
    purge(f"product-{product_id}")


NEEDS = (Verb.NEEDS_INFO_ASKED, Verb.NEEDS_INFO_ANSWERED, Verb.NEEDS_INFO_TAKEN_BACK, Verb.QUESTION_CLOSED)
BACK = (Verb.POST_RESTORED, Verb.POST_PUBLISHED)
CHANGED = (
    Verb.POST_EDITED,
    Verb.POST_REDACTED,
    Verb.VOTE_CAST,
    Verb.VOTE_TAKEN_BACK,
    Verb.SOLUTION_ACCEPTED,
    Verb.SOLUTION_WITHDRAWN,
    Verb.ANSWER_VERIFIED,
    Verb.VERIFICATION_WITHDRAWN,
)


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_HIDDEN, Verb.POST_REMOVED, *BACK, *CHANGED, can_wait=True)
def tell_open_pages_of_a_post(event: Event) -> None:
    """Whoever has the question open sees it."""
    post = event.subject
    if not isinstance(post, Post) or post.thread.kind != Thread.Kind.QUESTION or post.thread.home.is_hidden:
        return None
    if post.kind == Post.Kind.COMMENT and post.parent:
        return tell_comments(post.top)
    if post.is_hidden or post.removed_at:
        return tell_gone(post)
    if event.verb in (Verb.ANSWER_POSTED, *BACK):
        return tell_new_answer(post)
    tell_post(post)
    return tell_state(post.thread.home)


@on(
    *NEEDS,
    Verb.NOTICE_POSTED,
    Verb.NOTICE_ENDED,
    Verb.SAME_PROBLEM,
    Verb.SAME_PROBLEM_TAKEN_BACK,
    Verb.SOLUTION_LOST,
    can_wait=True,
)
def tell_open_pages_of_a_question(event: Event) -> None:
    """Whoever has the question open sees its facts and notices."""
    thread = Thread.objects.select_related("merged_into").filter(pk=event.subject_id).first()
    if thread and thread.kind == Thread.Kind.QUESTION and not thread.home.is_hidden:
        tell_state(thread.home)
        tell_notices(thread.home)


CONVERTED = (Verb.POST_BECAME_ANSWER, Verb.POST_BECAME_COMMENT)


@on(*CONVERTED, can_wait=True)
def tell_open_pages_of_a_conversion(event: Event) -> None:
    """An answer has gone below another post, or a comment has come up from there."""
    post = event.subject
    if not isinstance(post, Post) or post.is_hidden or post.removed_at or post.thread.home.is_hidden:
        return
    tell_gone(post)
    if post.kind == Post.Kind.COMMENT:
        tell_comments(post.top)
    else:
        tell_new_answer(post)
    tell_state(post.thread.home)


FOUND_OTHERWISE = (
    *CONVERTED,
    Verb.QUESTION_ASKED,
    Verb.ANSWER_POSTED,
    Verb.COMMENT_POSTED,
    Verb.SOLUTION_ACCEPTED,
    Verb.SOLUTION_WITHDRAWN,
    Verb.SOLUTION_LOST,
    Verb.SAME_PROBLEM,
    Verb.SAME_PROBLEM_TAKEN_BACK,
)
"""What changes how a question is found. Hiding and rewording are done by the verbs themselves, at once."""


@on(*FOUND_OTHERWISE, can_wait=True)
def let_be_found(event: Event) -> None:
    """The search finds the question as it is now."""
    subject = event.subject
    thread = subject.thread if isinstance(subject, Post | Question) else subject
    if isinstance(thread, Thread) and thread.kind == Thread.Kind.QUESTION:
        index_now(thread)


@on(Verb.POST_REDACTED)
def forget_what_a_guest_wrote(event: Event) -> None:
    """The title that a guest gave is kept with their confirmation."""
    post = Post.objects.select_related("thread").filter(pk=event.subject_id, kind=Post.Kind.OPENING).first()
    if post:
        GuestQuestion.objects.filter(question=post.thread_id).update(title=post.thread.title)


@on(*RESHAPED, can_wait=True)
def let_both_be_found(event: Event) -> None:
    """What was merged, split or closed is found where it is read now, and the other side as it is without it."""
    others = [event.details.get(name) for name in ("into", "of", "source")] if event.verb not in MOVES else []
    index("question", [pk for pk in (event.subject_id, *others) if pk])


@on(Verb.NEEDS_INFO_ASKED, Verb.NEEDS_INFO_REMINDED, Verb.QUESTION_CLOSED)
def tell_asker_what_is_needed(event: Event) -> None:
    """The asker is asked, reminded once, and told in the end."""
    tell_asker(event)


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_PUBLISHED)
def take_what_the_asker_tells(event: Event) -> None:
    """Whatever the asker adds, on the page or by mail, is what was waited for."""
    post = event.subject
    if post is None or post.is_hidden or post.author_id != post.thread.author_id or post.kind == Post.Kind.OPENING:
        return
    question = Question.objects.select_related("thread").filter(pk=post.thread_id).first()
    if question and (need := question.need) and post.created_at >= need.created_at:
        question.info_given(by=post.author)
