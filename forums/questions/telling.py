"""Telling open pages what changed in a question: new posts wait behind a quiet bar, the rest changes in place."""

from typing import Any

from community.live.broadcasting import broadcast
from forums.questions.models import Question
from forums.questions.reading import show
from forums.threads.models import Post, Thread


def question_of(thread_id: int) -> Question | None:
    """The question on whose page the thread is read; None when nobody may see it."""
    home = Thread.objects.filter(pk=thread_id).values_list("merged_into", flat=True).first() or thread_id
    return Question.objects.for_reading().filter(pk=home, thread__is_hidden=False).first()


def tell_new_answer(post: Post, question: Question) -> None:
    """A new answer, for the bar."""
    context = {"row": show(post, question), "question": question, "member": True}
    broadcast(f"thread:{question.pk}", "forums/questions/_answer.html", context)
    tell_state(question)


def tell_post(post: Post, question: Question) -> None:
    """A post's text, votes and marks."""
    _tell(question, "forums/questions/_live_post.html", row=show(post, question), post=post)


def tell_comments(parent: Post, question: Question) -> None:
    """The comments below a post."""
    _tell(question, "forums/threads/_comments.html", post=parent, comments=show(parent, question).comments, member=True)


def tell_gone(post: Post, question: Question) -> None:
    """A post that nobody can see any longer."""
    _tell(question, "forums/threads/_gone.html", post=post)


def tell_state(question: Question) -> None:
    """The facts under the title."""
    _tell(question, "forums/questions/_state.html")


def tell_notices(question: Question) -> None:
    """What everybody may know of the private side."""
    thread = question.thread
    _tell(question, "forums/threads/_notices.html", thread=thread, notices=thread.open_notices)


def _tell(question: Question, template: str, **context: Any) -> None:
    stream = f"thread_state:{question.pk}"
    broadcast(stream, template, {"question": question, **context}, version=question.thread.version)
