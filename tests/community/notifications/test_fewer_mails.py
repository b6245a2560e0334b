"""AC-NOTE-1: sixty posts a day in a watched place are at most five mails, and nothing is told twice."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from community.notifications.kinds import DIGEST
from community.notifications.models import Notification, Turn
from community.notifications.watched import set_level
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.cast import Cast
from tests.community.notifications.days import asks, at, mails_to, moment, paced, pass_hours
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = "2026-11-16", "2026-11-17", "2026-11-18"


@pytest.fixture
def watching(cast: Cast) -> Cast:
    """Ana watches Beam 2 and wants five mails a day."""
    paced(cast.ana)
    set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
    return cast


def test_ac_note_1_sixty_posts_a_day_are_five_mails_with_one_digest_and_nothing_that_was_read(watching, client):
    cast, begin = watching, at(MONDAY, "08:00")
    client.force_login(cast.ana)
    read = []
    for number in range(60):
        with moment(begin + number * timedelta(minutes=9)):
            question = asks(cast, number)
        if number % 10 == 7:  # ana sees some of them on the site before anything is mailed about them
            with moment(begin + number * timedelta(minutes=9, seconds=1)):
                told = Notification.objects.get(person=cast.ana, chain=f"thread-{question.pk}")
                client.post(reverse("community:notification-open", args=[told.pk]))
                read.append(question.thread.title)
    pass_hours(at(MONDAY, "17:30"), at(MONDAY, "23:30"))

    mails = mails_to(cast.ana)
    assert len(mails) == 5
    digests = [mail for mail in mails if mail.kind == DIGEST]
    assert len(digests) == 1
    assert all("You get this because" in mail.text for mail in mails)
    assert "You get this because you watch Beam 2." in mails[0].text.replace("\u2060", "")
    assert "more than the number of mails a day that you chose" in digests[0].text
    said = " ".join(mail.text for mail in mails)
    assert not [title for title in read if title in said]
    assert (
        not Notification.objects.waiting_for_mail().filter(person=cast.ana, created_at__lt=at(MONDAY, "18:00")).exists()
    )

    # The next day begins with nothing new: nothing is mailed again, and no digest is empty.
    pass_hours(at(TUESDAY, "00:00"), at(WEDNESDAY, "12:00"))
    assert len(mails_to(cast.ana)) == 5
    assert not Turn.objects.filter(person=cast.ana).exists()


def test_each_thing_is_in_one_mail_only(watching):
    cast = watching
    for number in range(12):
        with moment(at(MONDAY, "09:00") + number * timedelta(minutes=20)):
            asks(cast, number)
    pass_hours(at(MONDAY, "13:00"), at(TUESDAY, "23:00"))
    mails = mails_to(cast.ana)
    told = [mail.notifications.count() for mail in mails]
    assert told == [1, 1, 1, 1, 8]
    assert sum(told) == Notification.objects.filter(person=cast.ana).count()


def test_what_comes_after_the_digest_waits_for_that_of_the_next_day_once_the_day_is_full(watching):
    cast = watching
    for number in range(20):
        with moment(at(MONDAY, "18:30") + number * timedelta(minutes=10)):
            asks(cast, number)
    pass_hours(at(MONDAY, "22:00"), at(TUESDAY, "23:30"))
    monday = mails_to(cast.ana, created_at__lt=at(TUESDAY, "00:00"))
    tuesday = mails_to(cast.ana, created_at__gte=at(TUESDAY, "00:00"))
    assert [mail.kind for mail in monday] == ["question"] * 5
    assert [(mail.kind, mail.notifications.count()) for mail in tuesday] == [(DIGEST, 15)]


def test_several_answers_in_one_thread_within_ten_minutes_are_one_mail_and_one_line(cast: Cast, settings, client):
    settings.MAIL_BUNDLE_MINUTES = 10
    paced(cast.ana)
    with moment(at(MONDAY, "09:00")):
        question = ana_asks(cast)
    for number in range(4):
        with moment(at(MONDAY, "10:00") + number * timedelta(minutes=1)):
            answer(question.thread, by=cast.person(f"helper{number}"), source=f"Have you tried hint number {number}?")
    assert [mail.notifications.count() for mail in mails_to(cast.ana)] == [1]
    pass_hours(at(MONDAY, "10:11"), at(MONDAY, "10:12"))
    first, second = mails_to(cast.ana)
    assert second.notifications.count() == 3
    for number in (1, 2, 3):
        assert f"hint number {number}" in second.text
    assert second.headers["In-Reply-To"] == first.message_id

    with moment(at(MONDAY, "10:20")):
        client.force_login(cast.ana)
        page = client.get(reverse("community:notification-list"))
    [line] = page.context["notifications"]
    assert line.others == 3
    assert "+3 more" in page.content.decode()


def test_who_looks_at_the_thread_has_read_of_it_and_gets_no_mail(cast: Cast, client, settings):
    settings.MAIL_BUNDLE_MINUTES = 10
    paced(cast.ana)
    with moment(at(MONDAY, "09:00")):
        question = ana_asks(cast)
        answer(question.thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
    with moment(at(MONDAY, "09:01")):
        answer(question.thread, by=cast.chris, source="It helped me to pair it again, after a reset.")
    with moment(at(MONDAY, "09:02")):
        client.force_login(cast.ana)
        assert client.get(question.get_absolute_url()).status_code == 200
    pass_hours(at(MONDAY, "09:10"), at(TUESDAY, "20:00"))
    assert len(mails_to(cast.ana)) == 1
    assert not Notification.objects.filter(person=cast.ana, read_at__isnull=True).exists()


def test_what_is_tracked_comes_in_the_digest_only_and_a_weekly_one_on_mondays(cast: Cast):
    set_level(cast.ana, f"product:{cast.beam2.pk}", "track")
    paced(cast.ana, digest="weekly", digest_at=time(9))
    with moment(at(MONDAY, "10:00")):
        asks(cast, 1)
    with moment(at(WEDNESDAY, "10:00")):
        asks(cast, 2)
    pass_hours(at(WEDNESDAY, "11:00"), at("2026-11-22", "23:00"), timedelta(hours=6))
    assert mails_to(cast.ana) == []
    pass_hours(at("2026-11-23", "08:00"), at("2026-11-23", "10:00"))
    [digest] = mails_to(cast.ana)
    assert (digest.kind, digest.notifications.count()) == (DIGEST, 2)
    assert "You get this because you track Beam 2." in digest.text.replace("\u2060", "")


def test_what_was_hidden_meanwhile_is_in_no_mail_and_leaves_the_tray(watching):
    cast = watching
    for number in range(8):
        with moment(at(MONDAY, "09:00") + number * timedelta(minutes=20)):
            question = asks(cast, number)
    with moment(at(MONDAY, "13:00")):
        opening = Post.objects.get(thread=question.thread, kind="opening")
        opening.hide(by=cast.hana, reason="Advertisement")
    pass_hours(at(MONDAY, "17:00"), at(MONDAY, "19:00"))
    assert Notification.objects.visible_to(cast.ana).count() == 7
    digest = mails_to(cast.ana)[-1]
    assert (digest.kind, digest.notifications.count()) == (DIGEST, 3)
    assert question.thread.title not in digest.text
    with moment(at(MONDAY, "20:00")):
        opening.restore(by=cast.hana)
    assert Notification.objects.visible_to(cast.ana).count() == 8


def test_mails_about_ones_own_case_are_not_counted(watching):
    cast = watching
    with moment(at(MONDAY, "08:00")):
        own = ana_asks(cast)
    for number in range(10):
        with moment(at(MONDAY, "09:00") + number * timedelta(minutes=10)):
            asks(cast, number)
    with moment(at(MONDAY, "12:00")):
        own.ask_back("Which phone is it, please?", by=cast.dora)
    kinds = [mail.kind for mail in mails_to(cast.ana)]
    assert kinds == ["question"] * 4 + ["needs_info"]
