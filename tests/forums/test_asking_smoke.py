"""The main verbs work together."""

from community.events.models import Event
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


def test_ana_asks_ben_answers_ana_accepts(cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    question.accept(post, by=cast.ana)
    question.verify(post, by=cast.dora, product_version=cast.fw32)
    question.refresh_from_db()
    question.thread.refresh_from_db()
    assert question.is_solved
    assert question.thread.answer_count == 1
    assert "answer.verified" in Event.objects.values_list("verb", flat=True)
    work()
