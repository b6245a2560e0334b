"""Whoever was decided about appeals in a real browser, on a phone: browsers tell where a form comes from."""

import pytest
from playwright.sync_api import expect

from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Appeal
from moderation.flags.models import Case, Flag
from tests.moderation.decisions.scenes import house_rule
from tests.scenes import ana_asks, ben_answers

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def statement(live_site, cast):
    """Ben's answer was hidden as spam, and he has the reasons."""
    post = ben_answers(cast, ana_asks(cast))
    rule = house_rule("spam", 40)
    case = Flag.objects.flag(post, by=cast.chris, rule=rule).case
    return decide(case, Wanted(Case.Outcome.ACTED, {"hide": {}}, rule, "It advertises a shop."), by=cast.hana).statement


@pytest.mark.parametrize("who", ["ben", "a stranger with the address"])
def test_ac_mod_6_the_appeal_is_sent_from_the_statement(live_site, cast, statement, new_context, who):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    if who == "ben":
        live_site.sign_in(page, cast.ben)
    page.goto(live_site.path(statement.get_absolute_url()))
    page.get_by_label("Why do you think that it was wrong?").fill("I have no shop. The cable is my own.")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("Your appeal is on its way")).to_be_visible()
    assert Appeal.objects.get(decision=statement.decision).text == "I have no shop. The cable is my own."
