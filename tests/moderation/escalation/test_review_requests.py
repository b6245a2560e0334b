"""AC-REV-5: help is offered whatever somebody wrote, and nobody asks for another review."""

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from community.policy.checks.review_requests import asked_for
from community.refusals import Refusal
from forums.reviews.models import Review
from forums.reviews.writing import Said
from forums.threads.replying import answer
from moderation.escalation.models import Conversation, Invitation, Wording
from moderation.queue.models import Item
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
ASKED = "I am glad that it works. Please change your review when you have a minute."


@pytest.mark.parametrize(
    ("text", "is_asking"),
    [
        ("please change your review", True),
        ("Could you update your rating?", True),
        ("Would you take down that review, please?", True),
        ("We would appreciate a better rating", True),
        ("A voucher in return for five stars", True),
        ("Können Sie Ihre Bewertung noch einmal ändern?", True),
        ("Bitte geben Sie uns fünf Sterne", True),
        ("Thank you for your good review, we are glad.", False),
        ("The update changes the star in the corner.", False),
        ("The update came out after your review.", False),
        ("I read your review of two stars and want to help.", False),
    ],
)
def test_the_rules(text, is_asking):
    assert bool(asked_for(text)) is is_asking


def test_ac_rev_5_from_a_two_star_review_to_private_help_to_four_stars(cast, client):
    review = ana_reviews(cast, 2)
    work()
    answer(review.thread, by=cast.dora, source="That is not how it should be.", as_staff=True)
    item = Item.objects.get(thread=review.thread)
    client.force_login(cast.dora)
    offer = {"channels": ["page"], "purpose": "I would like to look into it with you, in private."}
    client.post(f"/desk/items/{item.pk}/private/offer/", offer)
    Invitation.objects.get().accept(by=cast.ana, channels=["page"], title=str(review.thread), text="Yes, please.")
    talk = Conversation.objects.get()

    said = client.post(f"/desk/conversations/{talk.pk}/reply/", {"text": ASKED})
    assert said.status_code == 422
    assert "change your review" in one_line(said)
    assert talk.messages.filter(alias__gt="").count() == 0

    wording = Wording.objects.get()
    decide = f"/desk/escalations/wordings/{wording.pk}/"
    assert client.post(decide, {"decision": "approve", "reason": "Fine"}).status_code == 403
    client.force_login(cast.fay)
    assert ASKED in client.get("/desk/escalations/wordings/").content.decode()
    client.post(decide, {"decision": "approve", "reason": ""})
    assert not Wording.objects.approved().exists()
    client.post(decide, {"decision": "approve", "reason": "The customer asked how to do it."})
    assert Event.objects.get(verb=Verb.WORDING_APPROVED).actor == cast.fay

    client.force_login(cast.dora)
    client.post(f"/desk/conversations/{talk.pk}/reply/", {"text": ASKED})
    assert talk.messages.filter(alias__gt="").count() == 1

    review.rewrite(Said(stars=4, title="It works", source="It works now."), by=cast.ana, version=1)
    client.logout()
    page = one_line(client.get(f"/reviews/{review.pk}/", follow=True))
    assert "Changed from 2 to 4 stars" in page
    assert "updated after support" in page


def test_ac_rev_5_after_the_case_the_history_has_its_dates_for_everybody(cast, client, time_machine):
    """Each by their own page, days apart; a visitor, a stranger and a program then read the same dates."""
    time_machine.move_to("2026-11-02T10:00:00Z")
    cast.beam2  # noqa: B018
    client.force_login(cast.ana)
    says = {"stars": "2", "title": "The left side is silent", "text": "Since the second week the left side is silent."}
    assert client.post("/products/beam-2/reviews/new/", says).status_code == 302
    review = Review.objects.get()
    work()
    time_machine.move_to("2026-11-03T10:00:00Z")
    client.force_login(cast.dora)
    reply = {"text": "That is not how it should be.", "as_staff": "1"}
    assert client.post(f"/threads/{review.pk}/reply/", reply).status_code == 302
    item = Item.objects.get(thread=review.thread)
    offer = {"channels": ["page"], "purpose": "I would like to look into it with you, in private."}
    assert client.post(f"/desk/items/{item.pk}/private/offer/", offer).status_code == 302
    client.force_login(cast.ana)
    accept = f"/requests/invitations/{Invitation.objects.get().token}/accept/"
    assert client.post(accept, {"channels": ["page"], "title": "The left side", "text": "Yes."}).status_code == 302
    time_machine.move_to("2026-11-05T10:00:00Z")
    client.force_login(cast.dora)
    done = f"/desk/conversations/{Conversation.objects.get().pk}/close/"
    assert client.post(done, {"result": "solved", "ask": "on"}).status_code == 302
    work()
    time_machine.move_to("2026-11-09T10:00:00Z")
    client.force_login(cast.ana)
    changed = says | {"stars": "4", "text": "They sent a new pair, and it works.", "version": "1"}
    assert client.post(f"/reviews/{review.pk}/deeds/edit/", changed).status_code == 302

    client.logout()
    for person in (None, cast.mallory):
        if person:
            client.force_login(person)
        rows = one_line(client.get(f"/reviews/{review.pk}/history/stars/")).split('data-testid="change"')[1:]
        rose = next(row for row in rows if "2 → 4 stars" in row)
        began = next(row for row in rows if "2 stars at first" in row)
        assert ('datetime="2026-11-09T' in rose, "updated after support" in rose) == (True, True)
        assert ('datetime="2026-11-02T' in began, "updated after support" in began) == (True, False)
        page = one_line(client.get(f"/reviews/{review.pk}/", follow=True))
        assert "Changed from 2 to 4 stars" in page
        assert "updated after support" in page
        assert "Dora, Bluetooth" in page
    told = Program().get(f"/reviews/{review.pk}/history/").json()["rows"]
    stars = [(row["stars"], row["at"][:10]) for row in told if row["stars"]]
    assert stars == [(4, "2026-11-09"), (2, "2026-11-02")]


def test_the_team_does_not_ask_in_public_either(cast):
    review = ana_reviews(cast, 2)
    with pytest.raises(Refusal) as refused:
        answer(review.thread, by=cast.dora, source="Please change your review.", as_staff=True)
    assert refused.value.code == "review_request"
    answer(review.thread, by=cast.ben, source="You should change your review, it is fixed.")


def test_nobody_approves_their_own_words(cast):
    wording = Wording.objects.put_forward(ASKED, by=cast.fay, thread=None)
    with pytest.raises(Refusal):
        wording.decide(by=cast.fay, is_approved=True, reason="I know what I mean")
