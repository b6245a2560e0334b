"""AC-MOD-4 by the page: an account marked as spam goes out of sight whole, and for thirty days comes back whole."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.models import Person
from forums.threads.models import Post, Vote
from forums.threads.replying import answer, comment
from moderation.decisions.models import Decision
from moderation.flags.models import Case, Flag
from tests.jobs import work
from tests.scenes import as_, ben_answers, one_line


@pytest.fixture
def seller(cast, question) -> Person:
    """Chris has answered, commented and voted in Ana's thread, and is signed in with two browsers."""
    his = ben_answers(cast, question)
    his.vote(by=cast.chris)
    answer(question.thread, by=cast.chris, source="I sell a cable that never drops, write to me for the price.")
    comment(his, by=cast.chris, source="Or buy my cable, which is better than this advice.")
    work()
    EmailDelivery.objects.update(state="waiting")  # the mails that tell of it are still on their way
    return cast.chris


def standing() -> list:
    """All that can be seen: posts with their dates, scores and order, and the votes that count."""
    posts = Post.objects.order_by("pk").values_list("pk", "is_hidden", "score", "created_at", "edited_at")
    votes = Vote.objects.order_by("pk").values_list("pk", "person", "post", "created_at", "voiding")
    return [*posts, *votes]


def marked_as_spam(cast, seller, spam) -> Decision:
    """Ben reports one of the texts, Hana marks the account."""
    reported = seller.posts.filter(kind="answer").get()
    case = Flag.objects.flag(reported, by=cast.ben, rule=spam).case
    form = {"deeds": ["spam"], "rule": spam.pk, "facts": "It sells cables everywhere.", "seen": reported.version}
    assert as_(cast.hana).post(f"/desk/flags/{case.pk}/decide/", form).status_code == 302
    work()
    return Decision.objects.get(case=case)


def test_ac_mod_4_posts_votes_mails_and_sessions_go_in_one_step(cast, question, seller, spam):
    browsers = [as_(seller), as_(seller)]
    assert [browser.get("/settings/").status_code for browser in browsers] == [200, 200]
    waiting = EmailDelivery.objects.waiting().about_deeds_of(seller)
    assert waiting.count() >= 2
    dropped = list(waiting.values_list("pk", flat=True))
    marked_as_spam(cast, seller, spam)
    page = one_line(Client().get(question.get_absolute_url()))
    assert "cable" not in page
    assert "Turn LE Audio off" in page
    assert Post.objects.get(author=cast.ben).score == 0
    assert set(EmailDelivery.objects.filter(pk__in=dropped).values_list("state", flat=True)) == {"dropped"}
    assert [browser.get("/settings/").status_code for browser in browsers] == [302, 302]
    assert not UserSession.objects.filter(user=seller).exists()


def test_ac_mod_4_on_the_thirtieth_day_everything_comes_back_with_dates_and_votes(
    cast, question, seller, spam, time_machine
):
    start, before = timezone.now(), standing()
    time_machine.move_to(start, tick=False)
    page = one_line(Client().get(question.get_absolute_url()))
    decision = marked_as_spam(cast, seller, spam)
    assert standing() != before
    time_machine.move_to(start + timedelta(days=29, hours=23, minutes=59), tick=False)
    hana = as_(cast.hana)
    assert "Take it back" in one_line(hana.get(decision.get_absolute_url()))
    undone = hana.post(f"/desk/flags/decisions/{decision.pk}/undo/", {"reason": "It was his brother"})
    assert undone.status_code == 302
    work()
    assert standing() == before
    assert not Person.objects.get(pk=seller.pk).is_suspended
    assert as_(seller).get("/settings/").status_code == 200
    after = one_line(Client().get(question.get_absolute_url()))
    order = ["Turn LE Audio off", "Or buy my cable", "I sell a cable"]
    assert [after.index(words) > 0 for words in order] == [True, True, True]
    assert sorted(order, key=after.index) == sorted(order, key=page.index)


def test_ac_mod_4_after_thirty_days_it_is_refused_and_says_why(cast, seller, spam, time_machine):
    start = timezone.now()
    decision = marked_as_spam(cast, seller, spam)
    time_machine.move_to(start + timedelta(days=30, minutes=1))
    hana = as_(cast.hana)
    assert f"{decision.pk}/undo/" not in one_line(hana.get(decision.get_absolute_url()))
    refused = hana.post(f"/desk/flags/decisions/{decision.pk}/undo/", {"reason": "It was his brother"})
    assert refused.status_code == 409
    assert "more than thirty days ago" in one_line(refused)
    assert Person.objects.get(pk=seller.pk).is_suspended
    assert not Case.objects.get(pk=decision.case_id).is_open
