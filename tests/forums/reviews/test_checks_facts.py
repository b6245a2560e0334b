"""AC-REV-8, fact by fact: what is set otherwise stands otherwise on the page, in a version with its date."""

import pytest

from forums.reviews import signals
from forums.reviews.checking import publish
from forums.reviews.insiders import SEEN_WITHIN
from forums.reviews.listing import RECENT
from forums.reviews.models import CheckingNotice
from forums.reviews.tasks import say_what_is_set
from moderation.flags.models import HouseRule
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
PAGE = "/reviews/how-we-check/"
POLICY = {"insiders": "block", "held_for_hours": "48", "partner_domains": "", "reason": "We have learned something."}
SIGNS = {
    "reviews:burst": f"{signals.BURST_LEAST} or more reviews of one product, written or changed within "
    f"{signals.BURST_WITHIN.seconds // 60} minutes, and at least {signals.BURST_TIMES} times as many as it usually",
    "reviews:device": "reviews of one product, written or changed from the same device within "
    f"{signals.SHARED_WITHIN.days} days",
    "reviews:network": "from the same network on one day",
    "reviews:words": f"{round(100 * signals.ALIKE)} % or more of the wording shared with somebody else’s review",
    "reviews:new_account": f"an account younger than {round(signals.NEW_ACCOUNT.total_seconds() / 3600)} hours",
}

NOW = ("In force since 25 November 2026", "Version 1, 20 Nov 2026", "Version 2, 25 Nov 2026")
THEN = ("This is version 1 of 20 November 2026", "It no longer holds.")


@pytest.fixture
def first(time_machine):
    """The version of the twentieth; today is five days later."""
    time_machine.move_to("2026-11-20T10:00:00Z")
    assert publish().number == 1
    time_machine.move_to("2026-11-25T10:00:00Z")


def missing(client, before: str, after: str) -> list[str]:
    """What the page and its first version do not say as they should: the one said it before, the other from now on."""
    now, then = one_line(client.get(PAGE)), one_line(client.get(f"{PAGE}1/"))
    wrong = [words for words in (after, *NOW) if words not in now]
    wrong += [words for words in (before, *THEN) if words not in then]
    wrong += [f"still: {before}"] if before and before in now else []
    wrong += [f"already: {after}"] if after and after in then else []
    return wrong + (["two versions"] if CheckingNotice.objects.count() != 2 else [])


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("REVIEW_TEXT_REQUIRED", True, "Stars are enough; words are optional.", "Stars need a few words."),
        ("REVIEW_PHOTOS_FROM_LEVEL", 3, "members below level 1 wait", "members below level 3 wait"),
        (
            "COMPANY_MAIL_DOMAINS", ["northlight.example", "beam.example"],
            "of the company: northlight.example.", "of the company: beam.example, northlight.example.",
        ),
        ("REVIEWS_PRIOR_MEAN", 3.5, "(10 × 3.8 + all stars) ÷ (10 + n)", "(10 × 3.5 + all stars) ÷ (10 + n)"),
        ("REVIEWS_PRIOR_WEIGHT", 25, "adds 10 imagined ratings of 3.8", "adds 25 imagined ratings of 3.8"),
        ("INSIDER_REVIEWS", "label", "cannot review its products", "carry a label"),
    ],
)  # fmt: skip
def test_ac_rev_8_each_setting_of_the_installation(client, first, settings, name, value, before, after):
    setattr(settings, name, value)
    say_what_is_set(timestamp=0)
    assert missing(client, before, after) == []


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        ({"insiders": "label"}, "cannot review its products", "carry a label"),
        ({"held_for_hours": "120"}, "for up to 2 days.", "for up to 5 days."),
        ({"held_for_hours": "24"}, "for up to 2 days.", "for up to 1 day."),
        ({"partner_domains": "shop.example"}, "", "Of partners: shop.example."),
        *(({"silent_signals": [name]}, words, "") for name, words in SIGNS.items()),
    ],
)
def test_ac_rev_8_each_choice_of_the_policy(cast, client, first, changed, before, after):
    client.force_login(cast.hana)
    assert client.post("/desk/reviews/", {**POLICY, **changed, "once": "k"}).status_code == 302
    work()
    client.logout()
    assert missing(client, before, after) == []


def test_ac_rev_8_what_campaigns_give_while_they_run(cast, client, first):
    client.force_login(cast.hana)
    says = {"name": "Twenty testers", "kind": "product", "product": cast.beam2.pk, "begins_on": "2026-11-01",
            "ends_on": "2026-12-30", "budget": "20 headphones", "eligibility": "Drawn by lot", "once": "k",
            "terms": "Twenty testers keep the headphones, whatever they write.", "invitation": ""}  # fmt: skip
    assert client.post("/desk/reviews/campaigns/", says).status_code == 302
    work()
    client.logout()
    assert missing(client, "At present nothing is given for reviews.", "some writers: got the product for free") == []


def test_ac_rev_8_a_house_rule_that_goes_leaves_the_page(cast, client, first):
    titles = list(HouseRule.objects.in_force().values_list("title", flat=True))
    assert len(titles) >= 5
    page = one_line(client.get(PAGE))
    assert [title for title in titles if f"<li>{title}</li>" not in page] == []
    HouseRule.objects.in_force().last().retire(by=cast.hana)
    work()
    assert missing(client, f"<li>{titles[-1]}</li>", "") == []


def test_ac_rev_8_what_is_the_same_everywhere_stands_there_with_its_numbers(client, db):
    page = one_line(client.get(PAGE))
    for words in (
        "“Verified owner” is shown when an order of a shop, a serial number, or our customer records prove it.",
        "Nobody of the team can set the mark without naming an order and a reason",
        "judged by the same rules and the same reason codes whatever their stars",
        f"signed in from the same device within {SEEN_WITHIN.days} days",
        "Each review from a campaign says what was given",
        "The newest come first, whatever their stars, unless you choose another order.",
        "(Wilson, lower bound at 95 %)",
        "The mean is the sum of all stars divided by their number.",
        f"the mean of the last {RECENT.days} days",
        *SIGNS.values(),
    ):
        assert words in page, words
