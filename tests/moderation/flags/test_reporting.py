"""Reporting, with an account and without."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from community.notifications.models import EmailDelivery, Notification
from forums.threads.models import Post
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.figures import Period, figures_of
from moderation.flags.accuracy import accuracy_of
from moderation.flags.models import Case, Flag, HouseRule
from moderation.flags.subjects import subject_of
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    work()
    return question


@pytest.fixture
def post(question):
    return question.thread.posts.get(kind="opening")


@pytest.fixture
def spam(db):
    return HouseRule.objects.get(slug="spam")


def left(case, cast):
    """Hana finds nothing."""
    decision = decide(case, Wanted(Case.Outcome.LEFT), by=cast.hana)
    work()
    return decision


def acted(case, cast, spam):
    decision = decide(case, Wanted(Case.Outcome.ACTED, {"hide": {}}, spam, "A secret fact about Ana."), by=cast.hana)
    work()
    return decision


def test_each_post_and_profile_has_the_door(client, question, post, cast):
    page = client.get(question.get_absolute_url()).content.decode()
    assert f"/flags/new/post/{post.pk}/" in page
    client.force_login(cast.chris)
    assert f"/flags/new/profile/{cast.ana.pk}/" in client.get(cast.ana.get_absolute_url()).content.decode()
    assert client.get(f"/flags/new/profile/{cast.ana.pk}/").status_code == 200


def test_a_report_works_without_script_and_says_where_it_stands(client, cast, post, spam):
    client.force_login(cast.chris)
    sent = client.post(f"/flags/new/post/{post.pk}/", {"rule": spam.pk, "note": "A shop"}, follow=True)
    assert "The team will look at it." in sent.content.decode()
    assert client.get("/flags/").content.decode().count('data-testid="flag"') == 1
    client.post(f"/flags/new/post/{post.pk}/", {"rule": spam.pk})
    assert Flag.objects.count() == 1


def test_nobody_reports_their_own_or_what_they_cannot_read(client, cast, post, spam):
    client.force_login(cast.ana)
    assert client.post(f"/flags/new/post/{post.pk}/", {"rule": spam.pk}).status_code == 422
    client.force_login(cast.chris)
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    assert client.get(f"/flags/new/post/{post.pk}/").status_code == 404
    assert client.get("/flags/new/cake/1/").status_code == 404


def test_ac_mod_7_the_reporter_learns_the_class_of_the_outcome_and_no_sanction(client, cast, post, spam):
    flag = Flag.objects.flag(post, by=cast.chris, rule=spam)
    acted(flag.case, cast, spam)
    client.force_login(cast.chris)
    page = client.get(f"/flags/{flag.receipt}/").content.decode()
    assert "acted on it" in page
    told = Notification.objects.get(person=cast.chris, kind="reported").text
    mail = EmailDelivery.objects.get(person=cast.chris, kind="reported").text
    for text in (page, told, mail):
        assert "secret fact" not in text
        assert "Hide" not in text
        assert "was hidden" not in text


def test_ac_mod_7_five_reports_in_vain_weigh_less_and_are_told(client, cast, spam, question):
    posts = [
        question.thread.posts.create(author=cast.ben, kind="answer", source=f"Answer {number}", html="")
        for number in range(5)
    ]
    for post in posts:
        assert accuracy_of(cast.chris).weight == 1
        left(Flag.objects.flag(post, by=cast.chris, rule=spam).case, cast)
    assert accuracy_of(cast.chris).is_doubted
    assert accuracy_of(cast.chris).weight == 0.2
    client.force_login(cast.chris)
    assert "count for less" in client.get("/flags/").content.decode()
    case = Flag.objects.flag(cast.mallory, by=cast.chris, rule=spam).case
    assert next(term for term in case.terms if term.name == "reporters").points == pytest.approx(2)


def test_ac_mod_7_after_five_judged_reports_a_word_weighs_what_it_was_worth(cast, spam, question):
    weights = []
    for number, is_right in enumerate([True, True, True, False, False]):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"{number}", html="")
        case = Flag.objects.flag(post, by=cast.chris, rule=spam).case
        acted(case, cast, spam) if is_right else left(case, cast)
        weights.append(accuracy_of(cast.chris).weight)
    assert weights == [1, 1, 1, 1, 1.2]
    assert not accuracy_of(cast.chris).is_doubted


def test_ac_mod_7_a_report_waits_then_says_only_the_class_of_what_came_of_it(client, cast, question, post, spam):
    other = question.thread.posts.create(author=cast.ben, kind="answer", source="Buy it.", html="")
    flags = [Flag.objects.flag(row, by=cast.chris, rule=spam) for row in (post, other)]
    client.force_login(cast.chris)
    assert one_line(client.get("/flags/")).count("The team will look at it.") == 2
    decide(flags[0].case, Wanted(Case.Outcome.ACTED, {"suspend": {}}, spam, "A secret fact."), by=cast.hana)
    left(flags[1].case, cast)
    pages = [one_line(client.get(path)) for path in ("/flags/", *(f"/flags/{flag.receipt}/" for flag in flags))]
    for page, sentence in zip(pages[1:], ("acted on it", "found nothing against the house rules"), strict=True):
        assert sentence in page
    assert all(word not in page.lower() for page in pages for word in ("secret fact", "suspended", "1 day"))


def test_ac_mod_7_the_hint_ends_after_thirty_days(cast, spam, question, time_machine):
    for number in range(5):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"{number}", html="")
        left(Flag.objects.flag(post, by=cast.chris, rule=spam).case, cast)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert not accuracy_of(cast.chris).is_doubted


def test_ac_mod_2_what_was_judged_and_is_unchanged_is_answered_with_the_earlier_outcome(client, cast, post, spam):
    left(Flag.objects.flag(post, by=cast.chris, rule=spam).case, cast)
    client.force_login(cast.ben)
    answer = client.post(f"/flags/new/post/{post.pk}/", {"rule": spam.pk})
    assert answer.status_code == 422
    assert "found nothing against the house rules" in answer.content.decode()
    assert Case.objects.count() == 1
    Post.objects.get(pk=post.pk).edit("Now it is an advertisement for my shop.", by=cast.ana, version=post.version)
    client.post(f"/flags/new/post/{post.pk}/", {"rule": spam.pk})
    assert Case.objects.count() == 2


def notice(post, rule, **more):
    url = f"http://testserver{post.get_absolute_url()}"
    said = {"url": url, "rule": rule.pk, "note": "This copies a whole chapter of my book.", "name": "V. Era"}
    return {**said, "email": "vera@example.net", "good_faith": "on", **more}


def test_ac_mod_8_a_notice_without_an_account_gets_a_number_and_a_decision_by_mail(client, cast, post):
    rule = HouseRule.objects.get(slug="illegal")
    assert client.post("/flags/notice/", notice(post, rule, good_faith="")).status_code == 422
    assert client.post("/flags/notice/", notice(post, rule, name="")).status_code == 422
    sent = client.post("/flags/notice/", notice(post, rule))
    flag = Flag.objects.get()
    assert sent["Location"] == f"/flags/{flag.receipt}/"
    assert flag.receipt in client.get(sent["Location"]).content.decode()
    assert figures_of(Period.of(None, None), smallest=0).notices == 1
    left(flag.case, cast)
    mail = EmailDelivery.objects.get(recipient="vera@example.net")
    assert flag.receipt in mail.subject
    assert "found nothing" in mail.text


def test_ac_mod_8_a_stranger_who_presses_report_below_an_answer_reports_that_answer(client, cast, question):
    answer = ben_answers(cast, question)
    form = client.get(f"/flags/new/post/{answer.pk}/", follow=True).context["form"]
    sent = client.post("/flags/notice/", notice(answer, HouseRule.objects.get(slug="illegal"), url=form["url"].value()))
    assert sent.status_code == 302
    assert Case.objects.get().subject == answer


def test_ac_mod_8_notices_stand_in_the_public_figures(client, cast, question):
    cache.clear()
    rule = HouseRule.objects.get(slug="illegal")
    for number in range(5):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"{number}", html="")
        assert client.post("/flags/notice/", notice(post, rule)).status_code == 302
    assert client.get("/transparency/export.json").json()["notices"] == 5
    assert 'Notices without an account</th><td class="num">5</td>' in one_line(client.get("/transparency/"))


def test_ac_mod_8_the_safety_of_children_needs_no_name(client, post):
    rule = HouseRule.objects.get(slug="child-safety")
    assert client.post("/flags/notice/", notice(post, rule, name="", email="")).status_code == 302
    assert Flag.objects.get().case.is_sensitive


def test_a_notice_about_nothing_here_is_refused(client, post):
    rule = HouseRule.objects.get(slug="illegal")
    for url in ("https://elsewhere.example/", "/questions/999999/x/", "nonsense"):
        assert client.post("/flags/notice/", notice(post, rule, url=url)).status_code == 422


def test_floods_of_notices_end(client, cast, question):
    cache.clear()
    rule = HouseRule.objects.get(slug="illegal")
    for number in range(11):
        post = question.thread.posts.create(author=cast.ben, kind="answer", source=f"{number}", html="")
        answer = client.post("/flags/notice/", notice(post, rule))
    assert "Many notices" in answer.content.decode()
    assert Flag.objects.count() == 10


def test_the_version_of_a_profile_is_its_words(cast):
    before = subject_of(cast.ana).version
    cast.ana.about = "Buy at my shop"
    assert subject_of(cast.ana).version != before


def test_house_rules_say_the_ladder_and_the_way_back(client, db):
    page = client.get("/rules/").content.decode()
    assert "1, 3, 7, 30 days" in " ".join(page.split())
    assert "six months" in page
