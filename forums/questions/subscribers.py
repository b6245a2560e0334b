"""What questions do when something happened to their posts."""

from community.catalogue.models import Product
from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.purging import purge
from forums.questions.models import Question
from forums.threads.models import Post


@on(Verb.POST_REMOVED, Verb.POST_HIDDEN, Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def keep_solved_state(event: Event) -> None:
    """An accepted answer that nobody can see solves nothing; back in sight, it does again."""
    post = Post.objects.select_related("thread__product", "author").filter(pk=event.subject_id).first()
    if post is None or post.kind != Post.Kind.ANSWER:
        return
    question = (
        Question.objects.select_related("thread__product").filter(pk=post.thread_id, solutions__post=post).first()
    )
    if question:
        question.keep_state_without(post)


@on(Verb.POST_HIDDEN, Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def count_product_questions(event: Event) -> None:
    """A question that came into sight or went out of it changes its product's numbers."""
    post = Post.objects.select_related("thread").filter(pk=event.subject_id, kind=Post.Kind.OPENING).first()
    if post and post.thread.kind == "question" and post.thread.product_id:
        seen = Question.objects.filter(thread__product=post.thread.product_id, thread__is_hidden=False)
        Product.objects.filter(pk=post.thread.product_id).update(
            question_count=seen.count(), solved_count=seen.solved().count()
        )
        purge(f"product-{post.thread.product_id}")
