"""AC-PRIV-8: one survey per closure."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from forums.reviews.models import Review
from moderation.escalation.models import Survey
from tests.jobs import work
from tests.moderation.escalation.scenes import ana_accepts


@pytest.fixture
def talk(cast):
    return ana_accepts(cast)


def test_ac_priv_8_closing_asks_once_by_mail_and_page(client, cast, talk, mailoutbox):
    talk.close(by=cast.dora, result="solved")
    work()
    survey = Survey.objects.get()
    asked = [mail for mail in mailoutbox if survey.token in mail.body]
    assert len(asked) == 1
    client.force_login(cast.ana)
    assert survey.get_absolute_url() in client.get(f"/requests/{talk.token}/").content.decode()


def test_ac_priv_8_leaving_it_out_needs_a_reason(client, cast, talk, mailoutbox):
    client.force_login(cast.dora)
    url = f"/desk/conversations/{talk.pk}/close/"
    assert client.post(url, {"result": "solved"}).status_code == 422
    assert client.post(url, {"result": "solved", "why_no_survey": "in mourning"}).status_code == 302
    survey = Survey.objects.get()
    assert survey.left_out == "in mourning"
    assert client.get(survey.get_absolute_url()).status_code == 410
    work()
    assert not any(survey.token in mail.body for mail in mailoutbox)


def test_ac_priv_8_closing_again_within_7_days_asks_nobody_and_later_it_asks(cast, talk):
    talk.close(by=cast.dora, result="solved")
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        talk.reopen(by=cast.ana)
        talk.close(by=cast.dora, result="solved")
    assert [bool(survey.left_out) for survey in Survey.objects.order_by("pk")] == [False, True]
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        talk.reopen(by=cast.ana)
        talk.close(by=cast.dora, result="solved")
    assert [bool(survey.left_out) for survey in Survey.objects.order_by("pk")] == [False, True, False]


def test_ac_priv_8_the_link_works_once_signed_out_and_opening_it_counts_nothing(client, cast, talk):
    talk.close(by=cast.dora, result="solved")
    survey = Survey.objects.get()
    assert client.get(survey.get_absolute_url()).status_code == 200
    assert client.head(survey.get_absolute_url()).status_code in (200, 405)
    survey.refresh_from_db()
    assert survey.score is None
    assert client.post(survey.get_absolute_url(), {"score": "5", "words": "Great"}).status_code == 200
    assert client.post(survey.get_absolute_url(), {"score": "1"}).status_code == 410
    survey.refresh_from_db()
    assert (survey.score, survey.words) == (5, "Great")
    talk.refresh_from_db()
    assert talk.is_closed


@pytest.mark.parametrize("score", ["0", "6", "-1", "x", ""])
def test_a_wrong_score_is_refused(client, cast, talk, score):
    talk.close(by=cast.dora, result="solved")
    survey = Survey.objects.get()
    assert client.post(survey.get_absolute_url(), {"score": score}).status_code == 422


def test_ac_priv_8_two_or_less_opens_it_again_for_a_supervisor(client, cast, talk):
    assert cast.fay
    talk.close(by=cast.dora, result="solved")
    client.post(Survey.objects.get().get_absolute_url(), {"score": "2"})
    talk.refresh_from_db()
    talk.item.refresh_from_db()
    assert talk.state == "team"
    assert (talk.item.state, talk.item.assignee) == ("open", cast.fay)


def test_three_changes_nothing(client, cast, talk):
    talk.close(by=cast.dora, result="solved")
    client.post(Survey.objects.get().get_absolute_url(), {"score": "3"})
    talk.refresh_from_db()
    assert talk.is_closed


def test_ac_priv_8_the_report_shows_sent_answered_and_n(client, cast, talk):
    talk.close(by=cast.dora, result="solved")
    for number in range(4):
        again = talk.__class__.objects.ask(by=cast.chris, title=f"r{number}", text="x", channels=["page"], product=None)
        again.close(by=cast.dora, result="solved", why_no_survey="test" if number == 3 else "")
    Survey.objects.filter(left_out="").order_by("pk").first().answer(4)
    Survey.objects.filter(left_out="").order_by("pk")[1].answer(5)
    assert Survey.objects.figures() == {"sent": 4, "answered": 2, "mean": 4.5, "low": 0, "left_out": 1, "share": 50}
    client.force_login(cast.fay)
    page = client.get("/desk/escalations/").content.decode()
    assert "mean of 5, n = 2" in page
    assert "50 %" in page


def test_a_guessed_token_is_404(client, db):
    assert client.get("/requests/survey/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_s02_the_customer_may_publish_the_mark_as_a_review_of_the_help(client, cast, talk):
    talk.close(by=cast.dora, result="solved")
    url = Survey.objects.get().get_absolute_url()
    refused = client.post(url, {"score": 5, "words": "Call me at +49 30 901820", "is_public": "1"})
    assert refused.status_code == 422
    assert Survey.objects.get().is_open

    client.post(url, {"score": 5, "words": "Quick and kind.", "is_public": "1"})
    review = Review.objects.get()
    assert (review.about, review.stars, review.author, review.product) == ("support", 5, cast.ana, None)
    assert "Quick and kind." in client.get("/reviews/company/").content.decode()


def test_s02_without_that_wish_nothing_is_public(client, cast, talk):
    talk.close(by=cast.dora, result="solved")
    client.post(Survey.objects.get().get_absolute_url(), {"score": 5, "words": "Quick and kind."})
    assert not Review.objects.exists()
