"""The optional language model: off where it is not installed; where it is, other words for the same are found."""

from importlib.util import find_spec

import pytest
from django.core.management import call_command

from community.search import meaning
from community.search.models import Document, Meaning, Relative
from community.search.pieces import numbers, pieces, vocabulary
from community.search.similar import similar
from community.search.tasks import read_meanings, relate
from tests.jobs import work
from tests.scenes import ana_asks

needs_model = pytest.mark.skipif(
    not all(map(find_spec, (meaning.RUNTIME, meaning.PACKAGE))), reason="the language model is not installed"
)
EMPTY = {"title": "The earbuds go flat within an hour", "source": "They run empty before lunch although they are new."}
LOUD = {"title": "Battery of the speaker is loud", "source": "The lid of the battery rattles, new in this hour."}


def test_a_text_is_cut_into_the_pieces_that_the_model_was_taught():
    known = vocabulary()
    assert (len(known), known["[CLS]"], known["[UNK]"]) == (30522, 101, 100)
    assert numbers("Don't C++ café–@user", 50) == [101, 2123, 1005, 1056, 1039, 1009, 1009, 7668, 1516, 1030, 5310, 102]
    assert numbers("日本語のテスト 漢字", 50) == [101, 1864, 1876, 1950, 1671, 30239, 30233, 30240, 1904, 100, 102]
    assert numbers("zero\u200bwidth", 50) == numbers("zerowidth", 50)
    assert pieces("x" * 101) == [known["[UNK]"]]
    assert len(numbers("one two three " * 100, 128)) == 128


@pytest.mark.django_db
def test_without_the_model_nothing_is_read_and_words_alone_decide(cast, settings, monkeypatch):
    settings.SEARCH_BY_MEANING = True
    monkeypatch.setattr(meaning, "PACKAGE", "a_package_that_nobody_has")
    meaning._loaded.cache_clear()
    ana_asks(cast)
    work()
    read_meanings(0)
    assert not Meaning.objects.exists()
    assert similar("Bluetooth drops")[0].title.startswith("Bluetooth drops")
    meaning._loaded.cache_clear()


@needs_model
@pytest.mark.django_db
def test_what_means_the_same_comes_before_what_has_more_words_in_common(cast, settings):
    loud, empty = ana_asks(cast, **LOUD), ana_asks(cast, **EMPTY)
    work()
    asked = "The battery of my new earbuds is dead after an hour"
    settings.SEARCH_BY_MEANING = True
    read_meanings(0)
    assert Meaning.objects.count() == Document.objects.filter(kind="question").count() == 2
    assert [one.thread_id for one in similar(asked)] == [empty.pk, loud.pk]
    relate(0)
    assert Relative.objects.filter(object_id=empty.pk).count() <= 1


@needs_model
@pytest.mark.django_db(transaction=True)
def test_a_meaning_is_read_again_when_its_words_change_and_not_for_a_vote(cast, settings):
    settings.SEARCH_BY_MEANING = True
    question = ana_asks(cast, **EMPTY)
    work()
    read_meanings(0)
    before = Meaning.objects.get()
    opening = question.thread.posts.get(kind="opening")
    opening.vote(by=cast.chris)
    call_command("reindex", verbosity=0)
    read_meanings(0)
    assert Meaning.objects.get().vector == before.vector
    opening.edit(opening.source, by=cast.ana, version=opening.version, title="A kettle that whistles a song")
    work()
    read_meanings(0)
    assert Meaning.objects.get().vector != before.vector
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    assert not Meaning.objects.exists()


@needs_model
def test_likeness_is_one_for_the_same_and_little_for_what_has_nothing_to_do_with_it():
    same, near, far = map(meaning.meaning_of, ("It will not charge", "Charging does not work", "A recipe for soup"))
    first, second, third = meaning.likeness(same, [same, near, far])
    assert first == pytest.approx(1, abs=0.03)
    assert 0.4 < second < first
    assert third < 0.25
