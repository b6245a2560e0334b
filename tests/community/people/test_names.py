"""Names: one account for each look of a name, none of ours, nothing invisible."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from community.people.models import Person
from community.people.names import clean_name
from tests.cast import Cast

GOOD = ["ana", "Ána", "jo", "m.müller", "ana_99", "Σωκράτης", "Наташа", "太郎さん", "محمد", "o-brien", "x" * 40, "café"]
BAD = [
    "admin", "Admin", "ADMIN1", "a.d.m.i.n", "аdmin", "аԁmіn", "Аdmin", "supp0rt", "Support-2", "northlight",
    "N0rthlight", "staff_", "root", "me", "\u202eana", "ana\u200b", "a\u200dna", "\ufeffana", "ana\u2066x", "an\u00ada",
    "a na", "ana\n", "\tana", "a", "", "x" * 41, "-ana", ".ana", "_ana", "ana@example", "<b>ana</b>", "ana/../x", "аna",
    "pаypal", "αna", "mоderator", "system", "ｍｏｄｅｒａｔｏｒ", "ﷺ",
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_good_names(name):
    assert clean_name(name)


@pytest.mark.parametrize("name", BAD)
def test_bad_names(name):
    with pytest.raises(ValidationError):
        clean_name(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cafe\u0301x", "caféx"),
        ("Ana", "aNA"),
        ("straße", "STRASSE"),
        ("ﬁona", "fiona"),
        ("ａｎａｂｅｌ", "anabel"),
    ],
)
def test_two_spellings_are_one_account(client, first, second):
    def join(name, n):
        return client.post("/account/signup/", {"email": f"p{n}@example.org", "username": name})

    assert join(first, 1).status_code == 302
    client.cookies.clear()
    answer = join(second, 2)
    assert answer.status_code == 200
    assert "already exists" in answer.content.decode() or "taken" in answer.content.decode()
    assert Person.objects.count() == 1


def test_the_database_has_the_last_word(cast: Cast):
    cast.person("anna")
    with pytest.raises(IntegrityError):
        cast.person("ANNA")
