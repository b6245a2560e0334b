"""Insiders: refused or labelled when they write, and never in the average, also when it turns out later."""

import json
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.models import Notification
from community.people.roles import Role
from community.refusals import Refusal
from forums.reviews.insiders import look_again, take_directory
from forums.reviews.models import Came, Insider, Review, ReviewPolicy, StaffDevice, Tie
from forums.reviews.writing import Said
from tests.cast import TOTP_SECRET
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
NEW = "/products/beam-2/reviews/new/"
SAYS = {"stars": "5", "title": "Best ever", "text": "Nothing comes near it, on no train of this world.", "once": "k"}
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def label_insiders(cast) -> None:
    ReviewPolicy.objects.change(by=cast.hana, reason="We would rather show them.", insiders="label")


def told(page) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return next(row for row in json.loads(found[1]) if row["@type"] == "Product")


def test_ac_rev_2_leo_is_refused_with_the_rule_and_a_way_to_it(cast, client):
    cast.beam2  # noqa: B018
    client.force_login(cast.leo)
    assert "Writes from an address of the company" in one_line(client.get(NEW)), "he is told before he types"
    page = client.post(NEW, SAYS)
    assert page.status_code == 403
    assert "Writes from an address of the company" in one_line(page)
    assert "/reviews/how-we-check/#insiders" in one_line(page)
    assert "Nothing comes near it" in one_line(page)  # the text is given back
    assert not Review.objects.exists()


def test_ac_rev_2_with_the_policy_label_he_is_published_and_never_counted(cast, client):
    label_insiders(cast)
    five_rate(cast, cast.beam2)
    client.force_login(cast.leo)
    assert 'data-testid="insider"' not in client.get(NEW).content.decode()
    assert client.post(NEW, SAYS).status_code == 302
    review = Review.objects.get(author=cast.leo)
    assert (review.counted_as, review.aside.cause) == (0, "insider")
    client.logout()
    page = client.get("/products/beam-2/reviews/")
    text = one_line(page)
    assert 'data-testid="insider"' in text
    assert "works here" in text
    assert 'data-testid="mean">3.4<' in text
    assert (told(page)["aggregateRating"]["ratingValue"], told(page)["aggregateRating"]["reviewCount"]) == ("3.4", 5)
    assert cast.beam2.score.histogram == [1, 1, 0, 1, 2]


def test_ac_rev_2_a_device_of_the_team_is_known_for_thirty_days(cast, client, time_machine):
    cast.beam2  # noqa: B018
    where = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": AGENT}
    came = Came("d" * 32)
    StaffDevice.objects.create(person=cast.dora, device=came.device)
    with pytest.raises(Refusal) as refusal:
        Review.objects.write(Said(stars=5), by=cast.chris, product=cast.beam2, came=came)
    assert (refusal.value.code, refusal.value.details["tie"]) == ("insider", Tie.DEVICE)
    StaffDevice.objects.update(seen_at="2026-01-01T00:00:00Z")
    client.force_login(cast.chris)
    assert client.post(NEW, SAYS, **where).status_code == 302


def test_ac_rev_2_where_dora_signed_in_nobody_reviews_for_thirty_days(cast, client, time_machine):
    time_machine.move_to("2026-10-01T10:00:00Z", tick=False)
    cast.beam2, cast.confirm(cast.dora)
    where = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": AGENT}
    client.post("/account/login/", {"login": "dora", "password": "porchlight-dora"}, **where)
    code = format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30))
    client.post("/account/2fa/authenticate/", {"code": code}, **where)
    assert StaffDevice.objects.get().person == cast.dora
    client.post("/account/logout/", **where)

    client.force_login(cast.ben)
    elsewhere = where | {"HTTP_USER_AGENT": "Another browser"}
    assert client.post(NEW, SAYS | {"once": "ben"}, **elsewhere).status_code == 302
    for day, status in (("2026-10-01", 403), ("2026-10-30", 403), ("2026-11-01", 302)):
        time_machine.move_to(f"{day}T10:05:00Z", tick=False)
        client.force_login(cast.chris)
        page = client.post(NEW, SAYS | {"once": day}, **where)
        assert page.status_code == status, day
        assert status == 302 or "Writes from a device that the team uses" in one_line(page)
    assert Review.objects.get(author=cast.chris).counted_as == 5


def test_signing_in_leaves_the_mark_of_a_device_for_the_team_only(cast, client):
    for person, marks in ((cast.ana, 0), (cast.dora, 1)):
        cast.confirm(person)
        client.post(
            "/account/login/",
            {"login": person.email, "password": f"porchlight-{person.username}"},
            REMOTE_ADDR="203.0.113.7",
            HTTP_USER_AGENT=AGENT,
        )
        client.logout()
        if person == cast.dora:  # the second factor comes first; the signal is what counts
            client.force_login(person)
        assert StaffDevice.objects.count() in (0, marks)
    assert not StaffDevice.objects.filter(person=cast.ana).exists()


def test_ac_rev_2_what_goes_out_leaves_him_out_of_its_mean(cast, client):
    label_insiders(cast)
    five_rate(cast, cast.beam2)
    client.force_login(cast.leo)
    assert client.post(NEW, SAYS).status_code == 302
    client.force_login(cast.hana)
    out = client.get(f"/desk/reviews/out/export/?format=json&product={cast.beam2.pk}")
    rows = json.loads(b"".join(out))["reviews"]
    counted = [row["stars"] for row in rows if row["counted"] == "yes"]
    assert (len(rows), len(counted), sum(counted) / len(counted)) == (6, 5, 3.4)
    assert [row["author"] for row in rows if row["counted"] == "no"] == ["leo"]
    client.logout()
    feed = client.get("/feeds/product-reviews.xml").content
    assert (feed.count(b"<review>"), b"Nothing comes near it" in feed) == (5, False)
    assert "<b>3.4</b>" in one_line(client.get("/widgets/products/beam-2/"))


def test_ac_rev_2_the_directory_finds_a_reviewer_later(cast, client):
    review = ana_reviews(cast, 5)
    five_rate(cast, cast.beam2)
    assert cast.beam2.score.n == 6
    found = take_directory(["nobody@example.org", " ANA@example.org "], by=cast.hana)
    assert found == [cast.ana]
    cast.beam2.score.refresh_from_db()
    assert (str(cast.beam2.score.mean), cast.beam2.score.n) == ("3.4", 5)
    assert Event.objects.filter(verb=Verb.INSIDER_FOUND, actor=cast.hana, subject_id=cast.ana.pk).exists()
    work()
    told_ana = Notification.objects.filter(person=cast.ana, kind="review").get()
    assert "no longer part of the average" in str(told_ana.text)
    page = one_line(client.get(review.get_absolute_url()))
    assert "Is in the company’s directory" in page
    assert "not in the average" in page


def test_whoever_joins_the_team_leaves_the_average(cast):
    ana_reviews(cast, 5)
    cast.ana.grant(Role.AGENT, by=cast.kim, reason="joins support")
    work()
    assert Insider.objects.standing().get(person=cast.ana).tie == Tie.ROLE
    assert Review.objects.counted().count() == 0


def test_the_hourly_look_finds_addresses_of_partners(cast):
    ana_reviews(cast, 5)
    assert look_again() == 0
    ReviewPolicy.objects.change(by=cast.hana, reason="Our shop joined.", partner_domains="@example.org")
    assert look_again() == 1
    assert Insider.objects.standing().get().tie == Tie.PARTNER
    assert look_again() == 0


def test_a_mistake_is_ended_with_a_reason_and_not_made_again(cast):
    review = ana_reviews(cast, 5)
    row = Insider.objects.find(cast.ana, Tie.BY_HAND, by=cast.hana, note="Her name is that of our designer.")
    with pytest.raises(Refusal, match="Say why"):
        row.end(by=cast.hana, reason=" ")
    row.end(by=cast.hana, reason="Another person of that name.")
    review.refresh_from_db()
    assert review.counted_as == 5
    with pytest.raises(Refusal, match="Only moderators"):
        Insider.objects.find(cast.ana, Tie.BY_HAND, by=cast.mallory, note="So there.")


def test_whoever_says_that_they_are_close_is_believed(cast):
    label_insiders(cast)
    review = reviews(cast.chris, 5, cast.beam2, is_close=True)
    assert review.aside.reason.startswith("Says that they work for the company")
