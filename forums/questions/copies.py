"""A question was redacted: its environment, and what the team asked for, are shown with it."""

from community.policy.blackout import Blackout
from forums.questions.models import Question, Solution
from forums.threads.copies import cover_row, has_words, keeps_copies
from forums.threads.models import Post


def question_of(post: Post) -> Question | None:
    """The question whose opening this post is."""
    return Question.objects.filter(pk=post.thread_id).first() if post.kind == Post.Kind.OPENING else None


@has_words
def words_of(post: Post) -> list[str]:
    """The device it is about, in the asker's words; those for which answers solved it; what was asked back."""
    question = question_of(post)
    if question is None:
        return list(Solution.objects.filter(post=post).values_list("environment", flat=True))
    return [question.environment, *question.needs.values_list("what", flat=True)]


@keeps_copies
def cover_question(post: Post, blackout: Blackout) -> None:
    """All of these."""
    question = question_of(post)
    if question is not None:
        cover_row(question, blackout.cover, "environment", "info_wanted")
        for need in question.needs.all():
            cover_row(need, blackout.cover, "what")
    for solution in Solution.objects.filter(post__thread=post.thread_id):
        cover_row(solution, blackout.cover_copy, "environment")
