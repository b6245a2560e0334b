"""The same words again and again, in one thread or in several: they wait for a look, whoever says them but the team."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.policy.models import CheckHit
from forums.canned.models import CannedReply
from forums.threads.replying import answer
from tests.scenes import ana_asks

WORDS = "Hold the button for ten seconds until the lamp turns white, then pair it again from the app."


@pytest.fixture
def threads(cast, settings):
    """Four questions of Ana's."""
    settings.NEW_MEMBER_REPEATS, settings.MEMBER_REPEATS = 1, 2
    return [ana_asks(cast, title=f"Number {n} of what I ask about it").thread for n in range(4)]


def held(threads, person, *texts: str) -> list[bool]:
    """Whether each of these texts waits, said in one thread after the other."""
    said = [answer(thread, by=person, source=text) for thread, text in zip(threads, texts, strict=False)]
    return [post.is_held for post in said]


def test_an_experienced_member_says_the_same_twice_and_the_third_time_waits(cast, threads):
    assert held(threads, cast.ben, WORDS, WORDS.upper(), f"{WORDS}!!") == [False, False, True]
    assert CheckHit.objects.get(rule__key="repeated").action == "hold"


def test_a_new_member_says_it_once(cast, threads):
    assert held(threads, cast.chris, WORDS, WORDS) == [False, True]


def test_the_same_text_of_the_day_before_yesterday_is_forgotten(cast, threads, time_machine):
    time_machine.move_to(timezone.now())
    held(threads[:2], cast.ben, WORDS, WORDS)
    time_machine.shift(timedelta(hours=25))
    assert held(threads[2:], cast.ben, WORDS, WORDS) == [False, False]


def test_the_team_has_its_canned_replies(cast, threads):
    assert held(threads, cast.dora, *[WORDS] * 4) == [False] * 4


def test_a_shared_template_is_there_to_be_used_again(cast, threads):
    CannedReply.objects.keep(by=cast.dora, name="White lamp", source=WORDS, audience="helpers")
    assert held(threads, cast.ben, *[WORDS] * 4) == [False] * 4


def test_a_template_of_ones_own_is_no_excuse(cast, threads):
    CannedReply.objects.keep(by=cast.ben, name="White lamp", source=WORDS, audience="own")
    assert held(threads, cast.ben, *[WORDS] * 3) == [False, False, True]


def test_what_one_quotes_is_not_ones_own(cast, threads):
    said = [f"> {WORDS}\n\n{own}" for own in ("That did it.", "Same here.", "Not for me.", "Which lamp?")]
    assert held(threads, cast.ben, *said) == [False] * 4


def test_few_words_may_be_said_again(cast, threads):
    assert held(threads, cast.ben, *["Thank you, that helped."] * 4) == [False] * 4
