"""The public ledger and the report of parity: numbers that everybody can check."""

import re

import pytest

from community.notifications.models import Notification
from forums.reviews.models import Came, Insider, Review
from forums.reviews.writing import Said
from forums.threads.models import Post
from moderation.decisions.deciding import Wanted, decide
from moderation.fairness.models import LedgerLine
from moderation.fairness.parity import newcombe, parity_of, wilson_interval
from moderation.fairness.tasks import look_at_parity
from moderation.flags.models import Case, HouseRule
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews, reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
PAGE = "/reviews/ledger/"
OFFERS = """Cheaper at my stall.|I have ten left.|Ask me for a discount.|My cousin repairs them.|We rent these out.
Half price on Sundays.|Visit our shop in Kiel.|Used ones in my attic.|Trade yours for mine.|Free cable with each.
Our market opens at nine.|Delivered by bicycle.|Buy two and save.|My van is full of it.|Best deal in town.
Call at the blue kiosk.|Only today for less.|Wholesale for clubs.|New stock next week.|Pick it up at noon."""


def refuse(cast, review, facts="contains phone number"):
    case = Case.objects.open_about(review.opening)
    rule = HouseRule.objects.get(slug="spam")
    return decide(case, Wanted("acted", {"hide": {}}, rule, facts), by=cast.hana)


def twenty(cast) -> list[Review]:
    """Ten with one star, ten with five, days apart."""
    rows = [reviews(cast.person(f"p{n}"), 1 if n < 10 else 5, cast.beam2, title="", source="") for n in range(20)]
    assert not any(row.thread.is_hidden for row in rows)
    return rows


def test_ac_rev_4_received_20_published_18_refused_2_per_star_and_reason(cast, client):
    rows = twenty(cast)
    decisions = [refuse(cast, rows[0]), refuse(cast, rows[10])]
    assert decisions[0].rule == decisions[1].rule
    work()
    total = parity_of().total
    assert (total["received"], total["published"], total["refused"], total["waiting"]) == (20, 18, 2, 0)
    five, one = parity_of().rows[0], parity_of().rows[4]
    assert (one.stars, one.received, one.published, one.refused) == (1, 10, 9, 1)
    assert (five.stars, five.received, five.published, five.refused) == (5, 10, 9, 1)
    assert LedgerLine.objects.filter(what="refused", code=decisions[0].rule.slug, is_by_rule=False).count() == 2
    page = one_line(client.get(PAGE))
    assert '<td class="num">20</td><td class="num">18</td><td class="num">0</td><td class="num">2</td>' in page
    assert page.count(f">{decisions[0].rule.title}</td>") == 2
    assert "contains phone number" not in page
    assert 'data-testid="no-alarm"' in page
    told = client.get(f"{PAGE}export.json").json()
    assert told["by_stars"]["1"] == told["by_stars"]["5"]
    assert {line["by"] for line in told["lines"]} == {"person"}


def test_ac_rev_4_the_same_rule_has_the_same_outcome_for_all_twenty(cast):
    for row in twenty(cast):
        refuse(cast, row)
    compared = parity_of().refusals
    assert (compared.low.part, compared.low.whole, compared.high.part, compared.high.whole) == (10, 10, 10, 10)
    assert not compared.is_alarming


def test_ac_rev_4_ten_and_ten_that_break_one_rule_read_the_same_decision_by_api(cast, client):
    """Written, reported and read by programs; decided by Hana at the desk, where a person decides."""
    cast.beam2  # noqa: B018
    writers = {}
    for number, text in enumerate(OFFERS.replace("\n", "|").split("|")):
        writer = Program(cast.person(f"p{number}"))
        told = writer.post("/products/beam-2/reviews/", {"stars": 1 if number < 10 else 5, "text": text})
        assert told.status_code == 201
        writers[told.json()["id"]] = writer
    rule = HouseRule.objects.get(slug="spam")
    for review in Review.objects.all():
        said = {"rule": rule.pk, "note": "An offer of their own."}
        reader = Program(cast.person(f"reader{review.pk}"))
        assert reader.post(f"/posts/{review.opening.pk}/flag/", said).status_code == 201
    client.force_login(cast.hana)
    for case in Case.objects.open():
        seen = re.search(r'name="seen" value="([^"]*)"', client.get(f"/desk/flags/{case.pk}/").content.decode())
        says = {"outcome": "acted", "deeds": ["hide"], "rule": rule.pk, "facts": "An offer.", "once": f"k{case.pk}"}
        done = client.post(f"/desk/flags/{case.pk}/decide/", says | {"seen": seen[1] if seen else ""})
        assert done.status_code in (200, 302)
    work()
    read = {"low": set(), "high": set()}
    for number, (pk, writer) in enumerate(sorted(writers.items())):
        [row] = writer.get("/statements/").json()["rows"]
        same = (row["rule"]["title"], row["facts"], row["scope"], row["is_standing"])
        read["low" if number < 10 else "high"].add((*same, tuple(row["automation"].values())))
        assert Program().get(f"/reviews/{pk}/").status_code == 404
    assert len(read["low"] | read["high"]) == 1
    told = client.get(f"{PAGE}export.json").json()
    for stars in ("1", "5"):
        assert (told["by_stars"][stars]["received"], told["by_stars"][stars]["refused"]) == (10, 10)
    assert {(line["what"], line["code"], line["by"]) for line in told["lines"]} == {("refused", "spam", "person")}
    assert len(told["lines"]) == 20


def test_ac_rev_4_the_report_shows_the_rate_of_each_star_with_its_interval(cast, client):
    rows = twenty(cast)
    for row in (rows[0], rows[10]):
        refuse(cast, row)
    work()
    page = one_line(client.get(PAGE))
    assert page.count("10.0 (1.8 – 40.4)") == 2  # Wilson, 1 of 10
    assert page.count("1 of 10 (10.0 %)") == 2
    assert "-31.5 – 31.5" in page  # Newcombe, the same against the same
    assert page.count('<td class="num">–</td>') >= 3  # nothing is said of stars that nobody gave


def test_ac_rev_4_a_significant_difference_rings_an_alarm_once(cast, client):
    rows = twenty(cast)
    for row in rows[:8]:
        refuse(cast, row)
    work()
    assert parity_of().refusals.is_alarming
    assert 'data-testid="alarm"' in one_line(client.get(PAGE))
    cast.hana  # noqa: B018
    look_at_parity(timestamp=0)
    look_at_parity(timestamp=0)
    work()
    assert Notification.objects.filter(person=cast.hana, url="/desk/reviews/").count() == 1


def test_the_intervals_are_those_of_the_literature():
    """Newcombe 1998, table II, method 10: 56/70 against 48/80, and 9/10 against 3/10."""
    assert [round(x, 4) for x in newcombe(56, 70, 48, 80)] == [0.0524, 0.3339]
    assert [round(x, 4) for x in newcombe(9, 10, 3, 10)] == [0.1705, 0.8090]
    assert [round(x, 4) for x in newcombe(10, 10, 0, 10)] == [0.6075, 1.0]
    assert [round(x, 4) for x in wilson_interval(0, 10)] == [0.0, 0.2775]
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_ac_rev_4_rejecting_without_a_reason_is_impossible(cast, client):
    case = Case.objects.open_about(ana_reviews(cast, 1).opening)
    client.force_login(cast.hana)
    page = client.post(
        f"/desk/flags/{case.pk}/decide/", {"outcome": "acted", "deeds": ["hide"], "facts": "", "once": "k"}
    )
    assert page.status_code == 422
    assert not Review.objects.get().thread.is_hidden


def test_ac_rev_4_the_author_puts_it_right_and_it_keeps_its_date(cast, client):
    review = ana_reviews(cast, 1)
    Post.objects.filter(thread=review.pk).update(source="It broke. Call me: +49 170 1234567, please.")
    written, decision = review.written_at, refuse(cast, review)
    work()
    client.force_login(cast.ana)
    statement = one_line(client.get(decision.statement.get_absolute_url()))
    edit = f"/reviews/{review.pk}/deeds/edit/"
    assert edit in statement
    page = one_line(client.get(edit))
    assert "contains phone number" in page
    assert "<mark>+49 170 1234567</mark>" in page
    says = {"stars": "1", "title": "It broke", "text": "It broke on the second day.", "version": "1", "once": "k"}
    assert client.post(edit, says).status_code == 302
    work()
    case = Case.objects.about(review.opening).open().get()
    assert case.findings.get().rule == "resubmitted"
    decide(case, Wanted("left"), by=cast.hana)
    work()
    review = Review.objects.get()
    assert (review.thread.is_hidden, review.written_at, review.counted_as) == (False, written, 1)
    decision.refresh_from_db()
    assert decision.is_standing  # it was right when it was made
    line = LedgerLine.objects.get(what="refused")
    assert (line.outcome, line.ended_at is not None) == ("published", True)


def test_ac_rev_7_a_false_positive_comes_back_with_its_date_and_teaches(cast, client):
    words = (
        "I took these headphones to the sea and back, and not once did they lose the connection to my old phone there."
    )
    same = Came("d" * 32)
    Review.objects.write(Said(stars=5, source=words), by=cast.ana, product=cast.beam2, came=same)
    copy = Review.objects.write(Said(stars=5, source=words), by=cast.chris, product=cast.beam2, came=same)
    work()
    line = LedgerLine.objects.get(review=copy)
    assert (line.what, line.code, line.is_by_rule, line.ended_at) == ("held", "reviews:words", True, None)
    decide(Case.objects.about(copy.opening).open().get(), Wanted("left"), by=cast.hana)
    work()
    again = Review.objects.get(pk=copy.pk)
    assert (again.thread.is_hidden, again.written_at, again.thread.created_at) == (
        False, copy.written_at, copy.thread.created_at,
    )  # fmt: skip
    line.refresh_from_db()
    assert line.outcome == "published"
    client.force_login(cast.hana)
    page = one_line(client.get("/desk/reviews/"))
    assert 'data-testid="precision"' in page
    assert "0.0 % (0.0 – 79.3)" in page


def test_insiders_stand_in_the_ledger_until_it_was_a_mistake(cast, client):
    ana_reviews(cast, 5)
    row = Insider.objects.find(cast.ana, "directory", by=cast.hana)
    work()
    page = one_line(client.get(PAGE))
    assert "Shown, not counted" in page
    assert "Is in the company’s directory" in page
    row.end(by=cast.hana, reason="Another Ana.")
    work()
    assert "counted again" in one_line(client.get(PAGE))
