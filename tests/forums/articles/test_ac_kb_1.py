"""AC-KB-1: an answer that the team verified becomes a help page, with credit; what it was made of is watched."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.catalogue.models import ProductVersion
from community.notifications.models import Notification
from forums.articles.models import Article, Check
from forums.articles.tending import ask_for_checks
from tests.forums.articles.scenes import form, hana_drafts, hana_publishes
from tests.jobs import work
from tests.scenes import ana_asks, as_, ben_answers, one_line

pytestmark = pytest.mark.django_db
URL = "/help/when-bluetooth-drops/"


@pytest.fixture
def answer(cast):
    """Ben's answer to Ana, verified by Dora."""
    question = ana_asks(cast)
    answer = ben_answers(cast, question)
    question.verify(answer, by=cast.dora, product_version=cast.fw32)
    return answer


@pytest.fixture
def page(cast, answer) -> Article:
    """The page that Hana has made of it."""
    said = form(cast, title="When Bluetooth drops", text=answer.source, answer=answer.pk, publish="1")
    assert as_(cast.hana).post(f"/help/new/?answer={answer.pk}", said)["Location"] == URL
    work()
    return Article.objects.get()


def test_ac_kb_1_an_editor_makes_a_page_of_a_verified_answer_and_its_writer_is_credited(cast, answer):
    thread = answer.thread.get_absolute_url()
    assert f"/help/new/?answer={answer.pk}" in one_line(as_(cast.hana).get(thread))
    assert "/help/new/" not in one_line(as_(cast.dora).get(thread))
    begun = one_line(as_(cast.hana).get(f"/help/new/?answer={answer.pk}"))
    assert "Turn LE Audio off" in begun
    assert "Made of a verified answer by ben" in begun


def test_ac_kb_1_the_thread_leads_to_the_page_while_it_is_published(cast, answer, page):
    thread = answer.thread.get_absolute_url()
    assert f'href="{URL}"' in one_line(Client().get(thread))
    assert "Made of an answer by ben" in one_line(Client().get(URL))
    assert "of your answer" in Notification.objects.get(person=cast.ben, kind="article").text
    as_(cast.hana).post(f"{URL}unpublish/")
    assert f'href="{URL}"' not in one_line(Client().get(thread))
    page = Article.objects.get()
    page.publish(by=cast.hana)
    page.move_to("When it drops")
    page.say_in_threads(cast.hana)
    assert 'href="/help/when-it-drops/"' in one_line(Client().get(thread))


def test_the_asker_is_not_sent_to_a_private_place_by_it(cast, answer, page):
    assert "Go on in private" not in one_line(as_(cast.ana).get(answer.thread.get_absolute_url()))


def test_an_answer_that_nobody_verified_makes_no_page(cast):
    other = ben_answers(cast, ana_asks(cast, title="Something else that happens"))
    assert "Made of a verified answer" not in one_line(as_(cast.hana).get(f"/help/new/?answer={other.pk}"))
    assert as_(cast.hana).post("/help/new/", form(cast, answer=other.pk)).status_code == 422


def test_ac_kb_1_when_the_answer_is_not_verified_any_more_the_page_needs_a_check(cast, answer, page):
    answer.thread.question.withdraw_verification(answer, by=cast.dora)
    work()
    assert page.open_checks.get().why == Check.Why.UNVERIFIED
    shown = one_line(Client().get(URL))
    assert "We are checking whether this is still right." in shown
    assert "not verified any more" in shown
    assert "needs a look" in Notification.objects.get(person=cast.hana, kind="article").text
    assert "When Bluetooth drops" in one_line(as_(cast.hana).get("/help/drafts/"))
    as_(cast.hana).post(f"{URL}checked/")
    assert "We are checking" not in one_line(Client().get(URL))
    assert page.checks.get(why=Check.Why.UNVERIFIED).done_as == "Hana"


def test_ac_kb_1_when_a_new_version_is_released_the_page_needs_a_check_once(cast, page):
    named = hana_publishes(cast, title="Right for the new one")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        new = ProductVersion.objects.create(product=cast.beam2, name="fw 3.3", released_at=timezone.localdate())
        ProductVersion.objects.create(product=cast.beam2, name="fw 3.4", released_at="2099-01-01")
        named.versions.add(new)
        assert ask_for_checks() == 1
        assert ask_for_checks() == 0
        work()
        assert (page.open_checks.get().why, page.open_checks.get().about) == (Check.Why.RELEASED, "fw 3.3")
        assert "A new version was released (fw 3.3)" in one_line(Client().get(URL))
        page.find_right(by=cast.hana)
        assert ask_for_checks() == 0
    assert not named.open_checks.exists()


def test_the_owner_is_told_when_the_day_has_come_and_it_comes_again_later(cast):
    article = hana_publishes(cast)
    Article.objects.filter(pk=article.pk).update(review_on=timezone.localdate())
    assert ask_for_checks() == 1
    work()
    assert "Its review date has come" in Notification.objects.get(person=cast.hana, kind="article").text
    article.refresh_from_db()
    article.find_right(by=cast.hana)
    assert article.review_on > timezone.localdate()
    assert ask_for_checks() == 0


def test_a_draft_is_not_asked_for(cast):
    article = hana_drafts(cast)
    Article.objects.filter(pk=article.pk).update(review_on=timezone.localdate())
    assert ask_for_checks() == 0
