"""Words of decisions: names within quotation marks, and how long something took."""

import pytest

from community.text.quoting import quotable
from moderation.decisions.templatetags.moderating import lasting
from moderation.flags.subjects import subject_of
from tests.scenes import ana_asks, ben_answers


@pytest.mark.django_db
def test_marks_within_marks_become_single_ones(cast):
    answer = ben_answers(cast, ana_asks(cast, title="It says “low battery” at once"))
    title = subject_of(answer).title
    assert title == "Answer in “It says ‘low battery’ at once”"
    assert quotable(title) == "Answer in ‘It says ‘low battery’ at once’"


def test_a_time_is_told_as_one_says_it():
    assert [lasting(hours) for hours in (None, 0.0, 0.5, 3.5, 47.0, 96.2)] == [
        "none yet", "under 6 min", "30 min", "3.5 h", "47 h", "4 days",
    ]  # fmt: skip
