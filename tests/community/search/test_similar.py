"""What somebody who is about to ask should read first."""

import pytest

from community.search.counting import count_again
from community.search.models import Document, Stem, Word
from community.search.reindexing import reindex
from community.search.similar import similar
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db


def titles(*args, **about) -> list[str]:
    return [found.title for found in similar(*args, **about)]


def test_a_question_in_other_words_is_found(cast):
    ana_asks(cast)
    ana_asks(cast, title="The case does not charge any more", source="It blinks red and the buds stay empty all day.")
    work()
    assert titles("my headphones keep dropping the Bluetooth connection")[0].startswith("Bluetooth drops")


def test_solved_ones_come_first_among_the_good_ones(cast):
    ana_asks(cast, title="Bluetooth drops every minute on the train", source="Bluetooth drops every minute, why so?")
    solved = ana_asks(cast, title="Bluetooth drops each minute", source="It is the Bluetooth that drops each minute.")
    found = ben_answers(cast, solved)
    solved.accept(found, by=cast.ana)
    work()
    first = similar("Bluetooth drops every minute on the train")[0]
    assert (first.title, first.is_solved) == ("Bluetooth drops each minute", True)
    assert first.thread_id == solved.pk
    assert first.url == solved.get_absolute_url()


def test_at_most_five_and_never_oneself(cast, settings):
    settings.POSTS_A_MINUTE = 50
    for number in range(8):
        ana_asks(cast, title=f"Bluetooth drops in room number {number}", source=f"It happens in room {number} only.")
    work()
    found = similar("Bluetooth drops in my room")
    assert len(found) == 5
    rest = similar("Bluetooth drops in my room", without=found[0].thread_id)
    assert found[0].thread_id not in [one.thread_id for one in rest]


def test_nothing_resembles_an_empty_title(cast):
    ana_asks(cast)
    work()
    assert titles("") == titles("the of and") == titles("''' | & ! \\ :*") == []


def test_a_hidden_question_is_gone_at_once_and_back_when_restored(cast):
    question = ana_asks(cast)
    work()
    opening = question.thread.posts.get(kind=Post.Kind.OPENING)
    opening.hide(by=cast.hana, reason="Advertising")
    assert titles("Bluetooth drops") == []
    assert not Document.objects.filter(kind="question", object_id=question.pk).exists()
    opening.restore(by=cast.hana)
    assert len(titles("Bluetooth drops")) == 1


def test_words_of_an_edited_post_are_gone_at_once(cast):
    question = ana_asks(cast, source="My cousin Zebulon has the same headphones, and they drop.")
    work()
    opening = question.thread.posts.get(kind=Post.Kind.OPENING)
    opening.edit("A friend has the same headphones, and they drop.", by=cast.ana, version=1)
    assert titles("zebulon") == []


def test_a_row_left_behind_is_not_shown(cast):
    question = ana_asks(cast)
    work()
    type(question.thread).objects.filter(pk=question.pk).update(is_hidden=True)
    assert titles("Bluetooth drops") == []


def test_the_same_product_is_preferred(cast):
    ana_asks(cast, title="Sound crackles after a while", source="After a while the sound crackles loudly.")
    ana_asks(
        cast, title="Sound crackles after a while!", source="After a while the sound crackles loudly, too.",
        product=cast.kettle_one, product_version=None,
    )  # fmt: skip
    work()
    assert titles("sound crackles", product=cast.kettle_one)[0].endswith("!")
    assert not titles("sound crackles", product=cast.beam2)[0].endswith("!")


def test_reindexing_brings_back_what_was_lost_and_drops_what_is_no_more(cast):
    question = ana_asks(cast)
    work()
    Document.objects.filter(object_id=question.pk, kind="question").update(object_id=999_999)
    reindex()
    assert list(Document.objects.filter(kind="question").values_list("object_id", flat=True)) == [question.pk]


def test_words_are_counted_for_their_rarity(cast):
    ana_asks(cast)
    ana_asks(cast, title="Bluetooth and the case", source="The case does not close since it fell down.")
    work()
    count_again()
    assert Stem.objects.get(stem="bluetooth").asked == 2
    assert Stem.objects.get(stem="case").asked == 1
    assert Word.objects.get(word="drops").count == 1


def test_the_same_things_are_found_after_an_answer(cast):
    question = ana_asks(cast)
    answer(question.thread, by=cast.ben, source="Have you tried the *Zephyr* codec?")
    work()
    assert Document.objects.get(object_id=question.pk, kind="question").passages[1][1:] == [
        "ben", "Have you tried the Zephyr codec?",
    ]  # fmt: skip
