"""AC-MOD-12 by the page: a decision whose number is drawn waits for a second reader by itself, any other does not."""

from itertools import count

import pytest
from django.db import connection

from community.people.models import Grant
from community.people.roles import Role
from moderation.decisions.models import Decision, SecondReading
from moderation.decisions.models.reading import is_sampled
from tests.scenes import as_


def next_decision_is(drawn: bool) -> None:
    """The next number is one that the lot draws, or one that it does not."""
    sequence = f"pg_get_serial_sequence('{Decision._meta.db_table}', 'id')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})")
        first = cursor.fetchone()[0] + 1
        number = next(number for number in count(first) if is_sampled(Decision(pk=number)) == drawn)
        cursor.execute(f"SELECT setval({sequence}, %s, false)", [number])


@pytest.mark.parametrize("drawn", [True, False])
def test_ac_mod_12_what_is_drawn_waits_for_somebody_else(cast, case, post, spam, drawn):
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    hana, emil = as_(cast.hana), as_(cast.emil)
    next_decision_is(drawn)
    form = {"deeds": ["hide"], "rule": spam.pk, "facts": "A shop of lamps.", "seen": post.version}
    assert hana.post(f"/desk/flags/{case.pk}/decide/", form).status_code == 302
    assert SecondReading.objects.filter(decision__case=case).exists() is drawn
    his, hers = (client.get("/desk/flags/readings/").content.decode() for client in (emil, hana))
    assert (case.title in his, case.title in hers) == (drawn, False)
    assert "shop of lamps" not in his


def test_ac_mod_12_in_the_long_run_it_is_one_in_twenty():
    for first in (1, 50_001, 1_000_001):
        drawn = sum(is_sampled(Decision(pk=number)) for number in range(first, first + 20_000))
        assert 0.045 < drawn / 20_000 < 0.055
