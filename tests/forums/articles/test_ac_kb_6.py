"""AC-KB-6: readers say whether a page helped, once a day; five of "wrong for my version" in a week ask for a check."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from forums.articles.models import Article, Check, Feedback
from tests.forums.articles.scenes import hana_drafts, hana_publishes
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db
URL = "/help/pair-your-beam-2-with-a-phone/"
SAY = f"{URL}feedback/"
WRONG = {"helped": "no", "reason": "version"}


def test_a_member_says_yes_with_one_click_and_changes_their_mind(cast):
    hana_publishes(cast)
    assert f'action="{SAY}"' in one_line(as_(cast.ana).get(URL))
    assert as_(cast.ana).post(SAY, {"helped": "yes"}).status_code == 302
    as_(cast.ana).post(SAY, {"helped": "yes"})
    assert Article.objects.get().helped_count == 1
    reply = as_(cast.ana).post(SAY, {"helped": "no"})
    assert "It is wrong for my version" in one_line(reply)
    assert Article.objects.get().helped_count == 0
    assert Feedback.objects.count() == 1


def test_ac_kb_6_a_no_has_a_reason_and_the_words_that_led_there_without_private_details(cast):
    hana_publishes(cast)
    as_(cast.ana).post(SAY, WRONG | {"words": "pair beam ana.rossi@gmail.com"})
    said = Feedback.objects.get()
    assert (said.reason, said.has_helped) == ("version", False)
    assert "pair beam" in said.words
    assert "gmail" not in said.words


def test_ac_kb_6_somebody_without_account_or_script_says_it_once_a_day(cast):
    hana_publishes(cast)
    visitor = Client(enforce_csrf_checks=True)
    assert f'href="{SAY}?helped=no"' in one_line(visitor.get(URL))
    assert not Feedback.objects.exists()  # whoever only looks, such as a robot, says nothing
    page = visitor.get(f"{SAY}?helped=no")
    assert "noindex" in one_line(page)
    assert visitor.post(SAY, WRONG).status_code == 403
    token = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    for _again in range(3):
        assert visitor.post(SAY, WRONG | token).status_code == 302
    assert Feedback.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        visitor.post(SAY, WRONG | token)
    assert Feedback.objects.count() == 2


def test_ac_kb_6_five_within_a_week_ask_for_a_check_and_four_do_not(cast):
    article = hana_publishes(cast)
    people = [cast.ana, cast.ben, cast.chris, cast.dora, cast.emil]
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        article.judge(False, by=cast.mallory, reason="version")
    for person in people[:4]:
        as_(person).post(SAY, WRONG)
    assert not article.open_checks.exists()
    as_(people[4]).post(SAY, WRONG)
    assert article.open_checks.get().why == Check.Why.READERS
    assert "wrong for their version" in one_line(Client().get(URL))


def test_a_draft_is_judged_by_nobody(cast):
    hana_drafts(cast)
    assert as_(cast.ana).post(SAY, {"helped": "yes"}).status_code == 404
    assert as_(cast.hana).post(SAY, {"helped": "yes"}).status_code == 404


def test_a_strange_answer_is_refused(cast):
    hana_publishes(cast)
    assert as_(cast.ana).post(SAY, {"helped": "perhaps"}).status_code == 422
    assert as_(cast.ana).put(SAY).status_code == 405
