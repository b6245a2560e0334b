"""AC-REV-6: after a delivery every buyer is asked once, in the same words, with one reminder, whatever they think."""

import re
from datetime import timedelta

import pytest
import time_machine

from community.catalogue.models import Purchase
from community.notifications.models import Notification
from community.people.models import Person
from community.policy.gate import check
from moderation.feedback.inviting import invite_due, remind_due
from moderation.feedback.models import Asking, Exemption
from moderation.feedback.tasks import ask_buyers
from tests.cast import Cast
from tests.community.notifications.days import asks, at, mails_to, moment, paced
from tests.forums.reviews.scenes import reviews
from tests.jobs import work
from tests.scenes import ana_asks, one_line

pytestmark = pytest.mark.django_db
NOW = at("2026-11-16", "12:00")


def bought(cast: Cast, person: Person, *, days: int = 11, product=None, number: str = "") -> Purchase:
    """A shop says that it was delivered so many days ago."""
    return Purchase.objects.create(
        source="shop", order_number=number or f"NL-{person.pk}", product=product or cast.beam2,
        email=person.email, delivered_at=NOW - timedelta(days=days),
    )  # fmt: skip


def confirmed(cast: Cast, *people: Person) -> None:
    for person in people:
        cast.confirm(person)
        paced(person)


def outcomes() -> dict[str, str]:
    return {row.person.username if row.person else "?": row.outcome for row in Asking.objects.select_related("person")}


def test_ac_rev_6_all_buyers_are_asked_in_the_same_words_whatever_they_said_before(cast):
    confirmed(cast, cast.ana, cast.chris)
    for person in (cast.ana, cast.chris):
        Person.objects.filter(pk=person.pk).update(locale="en")
        bought(cast, person)
    with moment(NOW - timedelta(hours=1)):
        ana_asks(cast, title="My left earbud is broken and nobody helps", source="I am furious. It is broken again.")
        reviews(cast.ana, 1, cast.kettle_one, title="Never again")
    with moment(NOW):
        assert invite_due() == 2
    assert outcomes() == {"ana": "asked", "chris": "asked"}
    texts = set()
    for person in (cast.ana, cast.chris):
        (mail,) = mails_to(person, kind="review_request")
        assert mail.subject == "How is your Beam 2?"
        assert "Everybody who did is asked, once, with one reminder." in mail.text
        texts.add(re.sub(r"https?://\S+", "", mail.text).replace(person.username, "NAME"))
        assert not re.search(r"star|positive|happy|glad|great", mail.text.replace("/products", ""), re.IGNORECASE)
        assert check(mail.text, by=cast.dora, where="answer").findings == []
    assert len(texts) == 1


def test_ac_rev_6_once_with_one_reminder_over_restarts_and_two_workers(cast):
    confirmed(cast, cast.ana)
    bought(cast, cast.ana)
    for hours in (0, 1, 2):
        with moment(NOW + timedelta(hours=hours)):
            ask_buyers(timestamp=0)
            ask_buyers(timestamp=0)
    assert len(mails_to(cast.ana)) == 1
    for days in (6, 7, 8, 20):
        with moment(NOW + timedelta(days=days)):
            ask_buyers(timestamp=0)
            ask_buyers(timestamp=0)
        assert len(mails_to(cast.ana)) == (1 if days == 6 else 2)
    first, second = mails_to(cast.ana)
    assert second.headers["In-Reply-To"] == first.message_id
    assert Asking.objects.get().reminded_at.date() == (NOW + timedelta(days=7)).date()


def test_ac_rev_6_whoever_has_written_is_not_reminded(cast):
    confirmed(cast, cast.ana)
    bought(cast, cast.ana)
    with moment(NOW):
        invite_due()
    with moment(NOW + timedelta(days=2)):
        reviews(cast.ana, 2, cast.beam2)
    with moment(NOW + timedelta(days=8)):
        assert remind_due() == 0
    asking = Asking.objects.get()
    assert (asking.reminded_at, asking.reviewed_at is not None) == (None, True)


def test_ac_rev_6_none_in_quiet_hours(cast):
    confirmed(cast, cast.ana)
    paced(cast.ana, quiet_from="22:00", quiet_until="08:00")
    bought(cast, cast.ana)
    with moment(at("2026-11-16", "23:10")):
        assert invite_due() == 1
    assert mails_to(cast.ana) == []
    with moment(at("2026-11-17", "07:50")):
        pass
    assert mails_to(cast.ana) == []
    with moment(at("2026-11-17", "08:01")):
        pass
    assert len(mails_to(cast.ana)) == 1


def test_ac_rev_6_one_click_ends_it_for_all_products_and_before_the_reminder(cast, client):
    confirmed(cast, cast.ana)
    bought(cast, cast.ana)
    with moment(NOW):
        invite_due()
    (mail,) = mails_to(cast.ana)
    link = mail.headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    bought(cast, cast.ana, product=cast.kettle_one, number="NL-2")
    with moment(NOW + timedelta(days=8)):
        ask_buyers(timestamp=0)
    assert len(mails_to(cast.ana)) == 1
    assert Asking.objects.get(product=cast.beam2).stopped_at is not None
    assert Asking.objects.get(product=cast.kettle_one).outcome == "opted_out"


def test_ac_rev_6_the_audit_lists_who_was_not_asked_and_why(cast, client):
    confirmed(cast, cast.ana, cast.ben, cast.chris, cast.dora)
    stranger = cast.person("stranger")  # has never confirmed the address
    for person in (cast.ana, cast.ben, cast.chris, cast.dora, stranger):
        bought(cast, person)
    bought(cast, cast.ana, number="NL-77")
    Exemption.objects.exempt(f"NL-{cast.ben.pk}", by=cast.hana, reason="A case before the court in Kiel")
    with moment(NOW - timedelta(hours=2)):
        reviews(cast.chris, 1, cast.beam2)
    with moment(NOW):
        assert invite_due() == 1
        client.force_login(cast.hana)
        page = one_line(client.get("/desk/reviews/asking/"))
        table = b"".join(client.get("/desk/reviews/asking/left-out.csv")).decode()
    reasons = [row.outcome for row in Asking.objects.order_by("purchase")]
    assert reasons == ["asked", "legal", "reviewed", "team", "unverified", "before"]
    for words in ("Nobody here has confirmed the buyer’s address", "for a legal reason", "Works for the company"):
        assert words in page
    assert "<b>6</b>" in page
    assert cast.ben.email not in page
    assert table.count("\n") == 6
    assert "legal,ben" in table
    assert f"NL-{cast.ben.pk}" not in table


def test_ac_rev_6_the_audit_compares_buyers_with_and_without_a_problem(cast, client):
    people = [cast.person(f"buyer{number}") for number in range(12)]
    confirmed(cast, *people)
    for person in people:
        bought(cast, person)
    with time_machine.travel(NOW - timedelta(hours=3), tick=False):
        for number, person in enumerate(people[:4]):
            asks(cast, number, by=person)
        work()
    for person in people[:2]:
        Exemption.objects.exempt(f"NL-{person.pk}", by=cast.hana, reason="Says the court")
    with moment(NOW):
        invite_due()
        client.force_login(cast.hana)
        page = one_line(client.get("/desk/reviews/asking/?days=30"))
    page = re.sub(r' data-label="[^"]*"', "", page)
    assert '<td class="num">4</td><td class="num">2</td><td class="num">50.0 %</td>' in page
    assert '<td class="num">8</td><td class="num">8</td><td class="num">100.0 %</td>' in page
    assert "The shares differ by" in page


def test_too_early_too_late_and_never_delivered_are_left_alone(cast):
    confirmed(cast, cast.ana, cast.ben, cast.chris)
    bought(cast, cast.ana, days=9)
    bought(cast, cast.ben, days=61)
    Purchase.objects.create(source="shop", order_number="X", product=cast.beam2, email=cast.chris.email)
    with moment(NOW):
        assert invite_due() == 0
    assert not Asking.objects.exists()


def test_a_review_written_before_the_mail_leaves_takes_the_mail_back(cast):
    confirmed(cast, cast.ana)
    paced(cast.ana, quiet_from="22:00", quiet_until="08:00")
    bought(cast, cast.ana)
    with moment(at("2026-11-16", "23:10")):
        invite_due()
    assert Notification.objects.waiting_for_mail().filter(person=cast.ana).count() == 1
    with moment(at("2026-11-16", "23:30")):
        reviews(cast.ana, 5, cast.beam2)
    with moment(at("2026-11-17", "08:01")):
        pass
    assert mails_to(cast.ana) == []


def test_exempting_needs_a_reason_and_is_written_down(cast, client):
    client.force_login(cast.hana)
    answer = client.post("/desk/reviews/asking/exemptions/", {"order_number": "nl-5", "reason": " "})
    assert answer.status_code == 422
    client.post("/desk/reviews/asking/exemptions/", {"order_number": "nl-5", "reason": "Court"})
    row = Exemption.objects.get()
    assert row.order_number == "NL-5"
    client.post(f"/desk/reviews/asking/exemptions/{row.pk}/end/")
    assert not Exemption.objects.standing().exists()
    client.force_login(cast.kim)
    log = client.get("/desk/actions/").content.decode()
    assert "keeps the buyer of an order from being asked" in log
