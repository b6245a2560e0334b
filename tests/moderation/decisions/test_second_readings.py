"""One in twenty is read again, blind."""

import pytest

from community.people.models import Grant
from community.people.roles import Role
from moderation.decisions.models import CaseNote, Decision, SecondReading
from moderation.decisions.models.reading import is_sampled
from moderation.decisions.reading_again import agreement_by_rule


@pytest.fixture
def second(cast):
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return cast.emil


def test_ac_mod_12_five_of_a_hundred_are_chosen():
    chosen = sum(is_sampled(Decision(pk=number)) for number in range(1, 20_001))
    assert 900 < chosen < 1100


def test_ac_mod_12_it_is_blind_and_by_somebody_else(client, cast, case, decided, second):
    reading, _new = SecondReading.objects.get_or_create(decision=decided(case, "hide", facts="A shop of lamps."))
    client.force_login(cast.hana)
    assert client.get(f"/desk/flags/readings/{reading.pk}/").status_code == 404
    client.force_login(second)
    page = client.get(f"/desk/flags/readings/{reading.pk}/").content.decode()
    assert case.title in page
    assert "shop of lamps" not in page
    assert "Hide the post" not in page
    assert "out of sight" not in page


def test_ac_mod_12_agreement_is_shown_per_rule_and_disagreement_opens_a_talk(
    client, cast, case, decided, second, spam, post
):
    reading, _new = SecondReading.objects.get_or_create(decision=decided(case, "hide"))
    client.force_login(second)
    client.post(f"/desk/flags/readings/{reading.pk}/", {"outcome": "left"})
    assert CaseNote.objects.get().case == case
    assert Decision.objects.get().is_standing
    [row] = agreement_by_rule()
    assert (row.rule, row.read, row.rate) == ("Advertising and spam", 1, 0)
    assert "0 %" in client.get("/desk/flags/overview/").content.decode()
    client.force_login(cast.hana)
    assert case.title in client.get("/desk/flags/?view=discussed").content.decode()


def test_a_second_reading_may_agree(client, case, decided, second, spam):
    reading, _new = SecondReading.objects.get_or_create(decision=decided(case, "hide"))
    client.force_login(second)
    client.post(f"/desk/flags/readings/{reading.pk}/", {"outcome": "acted", "rule": spam.pk})
    assert agreement_by_rule()[0].rate == 100
    assert not CaseNote.objects.exists()
