"""The team's forms about reviews: what is wrong is said beside what was typed, and everything can be clicked twice."""

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from forums.reviews.models import Campaign, CampaignGuest, Insider, ReviewPolicy
from tests.forums.reviews.scenes import ana_reviews
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
CAMPAIGNS, INSIDERS, POLICY = "/desk/reviews/campaigns/", "/desk/reviews/insiders/", "/desk/reviews/"
TERMS = "Twenty testers keep the headphones, whatever they write."


@pytest.fixture
def hana(cast, client):
    client.force_login(cast.hana)
    return cast.hana


@pytest.fixture
def planned(cast):
    return {"name": "Twenty testers", "kind": "product", "product": cast.beam2.pk, "begins_on": "2026-11-01",
            "ends_on": "2026-12-30", "budget": "20 headphones", "eligibility": "Drawn by lot", "terms": TERMS,
            "invitation": "Would you try it?", "once": "k"}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("terms", "Write five stars and keep the headphones.", "five stars"),
        ("terms", "Keep them for a positive review.", "positive"),
        ("invitation", "Would you change your review? A voucher waits.", "change your review"),
        ("eligibility", "Everybody who gives 5 stars.", "5 stars"),
        ("name", "Five-star friends", "Five-star"),
        ("budget", "50 € for top stars", "top stars"),
        ("ends_on", "2026-10-01", "It cannot end before it begins."),
        ("terms", "", "This field is required."),
        ("kind", "gold", "Select a valid choice."),
        ("begins_on", "soon", "Enter a valid date."),
    ],
)
def test_ac_rev_3_a_campaign_that_is_wrong_is_422_with_the_words_and_the_text(
    client, hana, planned, field, value, words
):
    answer = client.post(CAMPAIGNS, planned | {field: value})
    page = one_line(answer)
    assert answer.status_code == 422
    assert words in page
    assert "Twenty testers" in page or field == "name"
    assert 'class="card planning" open' in page
    if field not in ("kind",):
        assert (value or "Would you try it?") in page
    assert not Campaign.objects.exists()


def test_a_campaign_is_planned_once_however_often_the_button_is_pressed(client, hana, planned):
    first, second = client.post(CAMPAIGNS, planned), client.post(CAMPAIGNS, planned)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.headers["Location"])
    campaign = Campaign.objects.get()
    assert Event.objects.filter(verb=Verb.CAMPAIGN_PLANNED).count() == 1
    page = one_line(client.get(first.url))
    assert "Drawn by lot" in page
    end = f"{CAMPAIGNS}{campaign.pk}/end/"
    for _click in range(2):
        assert client.post(end, {"once": "e"}).status_code == 302
    assert client.post(end, {"once": "another window"}).status_code == 302
    assert Event.objects.filter(verb=Verb.CAMPAIGN_ENDED).count() == 1


def test_whom_a_campaign_asks(cast, client, hana, planned):
    client.post(CAMPAIGNS, planned)
    campaign = Campaign.objects.get()
    url = f"{CAMPAIGNS}{campaign.pk}/invite/"
    wrong = client.post(url, {"addresses": f"{cast.ana.email}\nchris", "once": "a"})
    assert wrong.status_code == 422
    assert "“chris” is no mail address." in one_line(wrong)
    assert cast.ana.email in wrong.content.decode()
    right = {"addresses": f"{cast.ana.email.upper()}\n\nnobody@example.net\n{cast.ana.email}", "once": "b"}
    page = one_line(client.post(url, right, follow=True))
    assert client.post(url, right).status_code == 302
    assert "1 person more is asked. 1 address belongs to nobody here." in page
    assert CampaignGuest.objects.get().person == cast.ana


def test_s13_what_is_over_is_not_shown_any_more(cast, client, hana, planned, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z")
    client.post(CAMPAIGNS, planned)
    campaign = Campaign.objects.get()
    client.logout()
    page = one_line(client.get("/campaigns/"))
    for words in ("Twenty testers", "got the product for free", "Drawn by lot", "20 headphones", "30 December 2026"):
        assert words in page
    assert "/campaigns/" in client.get("/reviews/how-we-check/").content.decode()
    time_machine.move_to("2026-12-31T12:00:00Z")
    assert "Nothing is given at present" in client.get("/campaigns/").content.decode()
    assert "This campaign is over" in client.get(campaign.get_absolute_url()).content.decode()
    assert "At present nothing is given for reviews." in one_line(client.get("/reviews/how-we-check/"))
    for feed in ("/feeds/reviews.atom", "/sitemap.xml"):
        assert "Twenty testers" not in client.get(feed).content.decode()


def test_an_insider_by_hand(cast, client, hana):
    review = ana_reviews(cast, 5)
    for says, words in (
        ({"username": "nobody-here", "note": "Her sister designs them."}, "Nobody here has this name."),
        ({"username": "ana", "note": " "}, "This field is required."),
        ({"username": "", "note": "Her sister designs them."}, "This field is required."),
    ):
        answer = client.post(INSIDERS, says | {"once": words + says["username"]})
        assert answer.status_code == 422
        assert words in one_line(answer)
        assert (says["note"].strip() or "ana") in answer.content.decode()
    assert not Insider.objects.exists()
    right = {"username": "Ana", "note": "Her sister designs them.", "once": "k"}
    assert [client.post(INSIDERS, right).status_code for _click in range(2)] == [302, 302]
    review.refresh_from_db()
    assert (Insider.objects.count(), review.counted_as) == (1, 0)


def test_a_tie_that_was_a_mistake_is_ended_once_with_a_reason(cast, client, hana):
    review = ana_reviews(cast, 5)
    row = Insider.objects.find(cast.ana, "by_hand", by=hana, note="Of that name.")
    url = f"{INSIDERS}{row.pk}/"
    assert client.post(url, {"reason": "  ", "once": "a"}).status_code == 422
    assert [client.post(url, {"reason": "Another Ana.", "once": "b"}).status_code for _click in range(2)] == [302, 302]
    late = client.post(url, {"reason": "Another Ana indeed.", "once": "c"})
    assert late.status_code == 422
    assert "Somebody has ended this already." in one_line(late)
    assert "Another Ana indeed." in late.content.decode()
    review.refresh_from_db()
    assert review.counted_as == 5
    assert Event.objects.filter(verb=Verb.INSIDER_CLEARED).count() == 1


def test_the_directory_is_compared_once(cast, client, hana):
    ana_reviews(cast, 5)
    url = f"{INSIDERS}directory/"
    empty = client.post(url, {"addresses": " ", "once": "a"})
    assert empty.status_code == 422
    assert "This field is required." in one_line(empty)
    right = {"addresses": f"{cast.ana.email}\nsomebody@northlight.example", "once": "b"}
    page = one_line(client.post(url, right, follow=True))
    assert client.post(url, right).status_code == 302
    assert "1 person here is in the directory." in page
    assert Insider.objects.get().tie == "directory"
    assert "somebody@northlight.example" not in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reason", "", "This field is required."),
        ("held_for_hours", "0", "greater than or equal to 1"),
        ("held_for_hours", "721", "less than or equal to 720"),
        ("held_for_hours", "two days", "Enter a whole number."),
        ("partner_domains", "shop.example\nour partner", "“our partner” is no mail domain."),
        ("silent_signals", "reviews:stars", "Select a valid choice."),
        ("insiders", "praise", "Select a valid choice."),
    ],
)
def test_ac_rev_8_a_policy_that_is_wrong_is_422_with_the_words_and_the_text(client, hana, field, value, words):
    says = {
        "insiders": "label",
        "held_for_hours": "24",
        "partner_domains": "",
        "reason": "Shown is better.",
        "once": "k",
    }
    answer = client.post(POLICY, says | {field: value, "once": "k"})
    assert answer.status_code == 422
    assert words in one_line(answer)
    if field in ("held_for_hours", "partner_domains"):
        assert value.splitlines()[-1] in answer.content.decode()
        assert "Shown is better." in answer.content.decode()
    assert not ReviewPolicy.objects.exists()


def test_a_policy_is_decided_once_and_not_without_a_difference(client, hana):
    says = {
        "insiders": "label",
        "held_for_hours": "24",
        "partner_domains": "@Shop.Example\n",
        "reason": "Shown is better.",
    }
    assert [client.post(POLICY, says | {"once": "a"}).status_code for _click in range(2)] == [302, 302]
    row = ReviewPolicy.objects.get()
    assert (row.partners, row.held_for_hours) == ({"shop.example"}, 24)
    same = client.post(POLICY, says | {"once": "b", "reason": "Once more."})
    assert same.status_code == 422
    assert "Nothing is different from what holds already." in one_line(same)
    assert "Once more." in same.content.decode()
    assert ReviewPolicy.objects.count() == 1


def test_everything_here_is_for_moderators(cast, client):
    for person, status in ((cast.mallory, 404), (cast.ben, 404), (cast.dora, 403)):
        client.force_login(person)
        for path in (CAMPAIGNS, INSIDERS, POLICY, f"{INSIDERS}1/", f"{CAMPAIGNS}1/"):
            assert client.get(path).status_code == status, (person, path)
        for path in (CAMPAIGNS, INSIDERS, POLICY, f"{INSIDERS}directory/", f"{CAMPAIGNS}1/end/"):
            assert client.post(path, {"once": "k"}).status_code == status, (person, path)
