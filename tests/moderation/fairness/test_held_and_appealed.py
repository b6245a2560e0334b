"""AC-REV-7 to its end: held, refused, told, appealed, decided by somebody else, and everything back as it was."""

import re
from datetime import timedelta

import pytest

from community.notifications.models import EmailDelivery, Notification
from community.people.models import Grant
from community.people.roles import Role
from forums.reviews.models import Came, Review, ReviewPolicy
from forums.reviews.writing import Said
from moderation.decisions.models import Appeal, Decision
from moderation.fairness.models import LedgerLine
from moderation.flags.models import Case, HouseRule
from tests.forums.reviews.scenes import reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
WORDS = "I took these headphones to the sea and back, and not once did they lose the connection to my old phone there."


@pytest.fixture
def held(cast, time_machine) -> Review:
    """Chris's review has the words and the device of another one, and waits. Ben's five stars are in the average."""
    time_machine.move_to("2026-11-20T10:00:00Z")
    same = Came("d" * 32)
    reviews(cast.ben, 5, cast.beam2, source="Good.")
    Review.objects.write(Said(stars=5, source=WORDS), by=cast.ana, product=cast.beam2, came=same)
    time_machine.shift(timedelta(minutes=20))
    review = Review.objects.write(Said(stars=2, source=WORDS), by=cast.chris, product=cast.beam2, came=same)
    work()
    assert Review.objects.get(pk=review.pk).thread.is_hidden
    return review


@pytest.fixture
def emil(cast):
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return cast.emil


def histogram(cast) -> list[int]:
    cast.beam2.score.refresh_from_db()
    return cast.beam2.score.histogram


def precision(client, person) -> str:
    client.force_login(person)
    page = one_line(client.get("/desk/reviews/"))
    row = page[page.index("Its words are much like") :]
    return " ".join(re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split("another review")[1].split())


def refuse(client, cast, review, facts="It is copied from another review."):
    case = Case.objects.about(review.opening).open().get()
    client.force_login(cast.hana)
    form = client.get(f"/desk/flags/{case.pk}/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', form)
    rule = HouseRule.objects.get(slug="spam")
    says = {"outcome": "acted", "deeds": ["hide"], "rule": rule.pk, "facts": facts, "once": f"k{case.pk}"}
    answer = client.post(f"/desk/flags/{case.pk}/decide/", says | ({"seen": seen[1]} if seen else {}))
    assert answer.status_code in (200, 302), answer.content.decode()[:2000]
    work()
    return Decision.objects.get(case=case)


def test_ac_rev_7_held_refused_appealed_and_overturned_by_somebody_else(cast, client, held, emil):
    before = Review.objects.get(pk=held.pk)
    assert histogram(cast) == [0, 0, 0, 0, 2]
    decision = refuse(client, cast, held)
    assert histogram(cast) == [0, 0, 0, 0, 2]

    statement = decision.statement  # the author is told, on the site and by mail, with the way to appeal
    assert Notification.objects.filter(person=cast.chris, kind="decision").count() == 1
    mail = EmailDelivery.objects.get(key=f"statement-{statement.pk}")
    assert "It is copied from another review." in mail.text
    assert "A rule pointed at it; a person decided." in one_line(client.get(statement.get_absolute_url()))
    client.force_login(cast.chris)
    text = {"text": "It is my own text: Ana and I share a computer, and she copied mine."}
    assert client.post(statement.get_absolute_url(), text).status_code == 302
    appeal = Appeal.objects.get()

    url = f"/desk/flags/appeals/{appeal.pk}/"
    answer = {"outcome": "overturned", "reason": "It is theirs."}
    client.force_login(cast.hana)
    assert client.post(url, answer).status_code == 403  # who decided does not answer
    client.force_login(emil)
    assert client.post(url, answer).status_code == 302
    work()

    after = Review.objects.get(pk=held.pk)
    assert (after.thread.is_hidden, after.counted_as) == (False, 2)
    assert (after.written_at, after.thread.created_at) == (before.written_at, before.thread.created_at)
    assert histogram(cast) == [0, 1, 0, 0, 2]
    client.logout()
    page = one_line(client.get("/products/beam-2/reviews/"))
    assert 'data-testid="mean">4.0<' in page
    assert WORDS[:40] in page
    assert list(LedgerLine.objects.filter(review=held, ended_at=None)) == []
    assert set(LedgerLine.objects.filter(review=held).values_list("what", "outcome")) == {
        ("held", "refused"), ("refused", "published"),
    }  # fmt: skip
    assert precision(client, emil) == "0 1 0 0.0 % (0.0 – 79.3)"  # what was overturned was wrong


def test_ac_rev_7_a_refusal_that_stands_counts_for_the_signal(cast, client, held):
    refuse(client, cast, held)
    assert precision(client, cast.hana) == "0 1 1 100.0 % (20.7 – 100.0)"


def test_ac_rev_7_deciding_without_a_reason_is_refused_and_the_review_still_waits(cast, client, held):
    case = Case.objects.about(held.opening).open().get()
    client.force_login(cast.hana)
    rule = HouseRule.objects.get(slug="spam")
    says = {"outcome": "acted", "deeds": ["hide"], "rule": rule.pk, "facts": "", "once": "k"}
    assert client.post(f"/desk/flags/{case.pk}/decide/", says).status_code == 422
    assert Case.objects.open().filter(pk=case.pk).exists()


def test_a_signal_that_is_silenced_holds_nothing_and_the_public_page_says_so(cast, client):
    client.force_login(cast.hana)
    says = {"insiders": "block", "held_for_hours": "48", "silent_signals": ["reviews:words"], "once": "k",
            "reason": "Nine of ten were families on one computer."}  # fmt: skip
    assert client.post("/desk/reviews/", says).status_code == 302
    work()
    assert ReviewPolicy.objects.in_force().silent_signals == ["reviews:words"]
    same = Came("d" * 32)
    for person in (cast.ana, cast.chris):
        Review.objects.write(Said(stars=5, source=WORDS), by=person, product=cast.beam2, came=same)
    assert not Review.objects.filter(thread__is_hidden=True).exists()
    assert "holds nothing" in one_line(client.get("/desk/reviews/"))
    page = one_line(client.get("/reviews/how-we-check/"))
    assert "of the wording shared" not in page
    assert "from the same device" in page
