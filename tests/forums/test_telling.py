"""What open pages of a question hear: new answers for the bar, everything else in place, nothing hidden."""

import pytest

from forums.threads.replying import answer, comment
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def heard(frames_of):
    """Do something and its jobs; answers the frames of threads that went out, by kind of stream."""

    def listen(deed):
        work()
        return [(stream.split(":")[0], frame) for stream, frame in frames_of(deed) if stream.startswith("thread")]

    return listen


def test_a_new_answer_waits_and_the_facts_change_in_place(heard, cast):
    question = ana_asks(cast)
    frames = dict(heard(lambda: ben_answers(cast, question)))
    assert "Turn LE Audio off" in frames["thread"]["html"]
    assert f'id="thread-{question.pk}-state"' in frames["thread_state"]["html"]
    for frame in frames.values():
        assert "csrf" not in frame["html"]


def test_votes_marks_and_texts_change_in_place(heard, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    deeds = {
        f'id="post-{post.pk}-score">1': lambda: post.vote(by=cast.chris),
        "Solved it for ana": lambda: question.accept(post, by=cast.ana),
        "Verified for fw 3.2 by Dora": lambda: question.verify(post, by=cast.dora, product_version=cast.fw32),
        "A better wording": lambda: post.edit("A better wording of it.", by=cast.ben, version=1),
        "Thank you, that helped": lambda: comment(post, by=cast.chris, source="Thank you, that helped"),
        "handled privately": lambda: question.thread.post_notice("private", "It is handled privately.", by=cast.dora),
        "1 has this too": lambda: question.share_problem(by=cast.chris),
    }
    for words, deed in deeds.items():
        frames = heard(deed)
        assert {name for name, _frame in frames} == {"thread_state"}, words
        assert any(words in frame["html"] for _name, frame in frames), words
        question.thread.refresh_from_db()
        now = question.thread.version  # one more when the deed earned a badge, which drops the kept page again
        assert {frame["version"] for _name, frame in frames} <= {now - 1, now}


def test_a_hidden_answer_leaves_open_pages_and_its_words_are_not_sent(heard, cast):
    question = ana_asks(cast)
    post = answer(question.thread, by=cast.mallory, source="Canary 51be words")
    frames = heard(lambda: post.hide(by=cast.hana, reason="Spam"))
    assert any(f'id="post-{post.pk}" hidden' in frame["html"] for _name, frame in frames)
    assert not any("Canary 51be" in frame["html"] for _name, frame in frames)


def test_nothing_is_told_of_a_hidden_question(heard, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Spam")
    assert heard(lambda: post.vote(by=cast.chris)) == []
