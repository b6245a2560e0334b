"""Two changes of one text come together when they touch different places, and only then."""

import re

import pytest

from community.text.merging import merged

BASE = "Turn LE Audio off in the app.\nThen pair the earbuds again.\nWait for the tone."


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (BASE.replace("app", "settings"), BASE.replace("tone", "second tone"), "settings.*second tone"),
        (BASE, BASE.replace("tone", "light"), "light"),
        (BASE.replace("tone", "light"), BASE, "light"),
        (BASE.replace("Wait", "Listen"), BASE.replace("Wait", "Listen"), "Listen"),
        ("Hello. " + BASE, BASE + " Good luck.", "^Hello.*Good luck.$"),
    ],
)
def test_changes_in_different_places_both_stay(mine, theirs, both):
    assert re.search(both, merged(BASE, mine, theirs), re.DOTALL)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("tone", "light"), BASE.replace("tone", "beep")),
        (BASE.replace("pair the", "connect the"), BASE.replace("Then pair", "Now pair")),
        (BASE + " One.", BASE + " Two."),
        ("Something else altogether.", BASE.replace("app", "settings")),
    ],
)
def test_changes_of_the_same_place_are_for_a_person(mine, theirs):
    assert merged(BASE, mine, theirs) is None


def test_a_text_too_large_to_compare_is_no_danger():
    long = "word " * 9000
    assert merged(long, long + "mine", long) == long + "mine"
    assert merged(long, long + "mine", "theirs " + long) is None
