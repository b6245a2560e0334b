"""The tray: who is told of what, once, and only what everybody may read."""

import pytest
from django.urls import reverse

from community.events.models import Delivery, Event
from community.events.tasks import deliver
from community.live.streams import may_listen
from community.notifications.badges import unread_count
from community.notifications.models import Notification
from forums.questions.models import Question
from forums.threads.following import follow
from forums.threads.replying import answer, comment
from tests.cast import Cast
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


@pytest.fixture
def question(cast: Cast) -> Question:
    question = ana_asks(cast)
    follow(question.thread, by=cast.chris)
    return question


def test_followers_hear_of_an_answer_but_not_its_author(cast: Cast, question):
    ben_answers(cast, question)
    work()
    assert told(cast.ana) == [f"ben (champion) answered your question “{question}”."]
    assert told(cast.chris) == [f"ben (champion) answered in “{question}”."]
    assert told(cast.ben) == []


def test_the_author_of_a_post_hears_of_a_comment_and_of_a_solution(cast: Cast, question):
    post = ben_answers(cast, question)
    comment(post, by=cast.ana, source="That helped for an hour, thank you.")
    question.accept(post, by=cast.ana)
    question.verify(post, by=cast.dora)
    work()
    assert [line for line in told(cast.ben) if "badge" not in line] == [
        f"ana commented on your post in “{question}”.",
        f"Your answer solved “{question}”.",
        f"The team verified your answer in “{question}”.",
    ]


def test_somebody_mentioned_is_told_so_and_only_once(cast: Cast, question):
    answer(question.thread, by=cast.ben, source="Perhaps @chris knows, he has the same phone as you have.")
    work()
    assert told(cast.chris) == [f"ben (champion) mentioned you in “{question}”."]


def test_nobody_hears_of_what_is_hidden_before_the_job_runs(cast: Cast, question):
    post = ben_answers(cast, question)
    post.hide(by=cast.hana, reason="Advertisement")
    work()
    assert told(cast.ana) == []


def test_an_event_delivered_twice_tells_once(cast: Cast, question):
    ben_answers(cast, question)
    work()
    event = Event.objects.get(verb="answer.posted")
    Delivery.objects.filter(event=event).delete()
    deliver(event.pk)
    assert len(told(cast.ana)) == 1


def test_staff_are_named_by_their_persona_only(cast: Cast, question):
    answer(question.thread, by=cast.dora, source="We found the cause, and a fix is on its way.", as_staff=True)
    work()
    assert told(cast.ana) == [f"Dora, Bluetooth (Northlight team) answered your question “{question}”."]


def test_the_tray_shows_reads_and_forgets_the_number(cast: Cast, client, question, django_assert_max_num_queries):
    ben_answers(cast, question)
    work()
    client.force_login(cast.ana)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("community:notification-list")).content.decode()
    assert "ben (champion) answered your question" in page
    assert unread_count(cast.ana) == 1

    row = Notification.objects.get(person=cast.ana)
    answer = client.post(reverse("community:notification-open", args=[row.pk]))
    assert answer["Location"] == row.url
    assert unread_count(cast.ana) == 0


def test_all_read_with_one_click_with_and_without_htmx(cast: Cast, client, question):
    ben_answers(cast, question)
    work()
    client.force_login(cast.ana)
    url = reverse("community:notification-read-all")
    assert client.get(url).status_code == 405
    assert client.post(url)["Location"] == "/notifications/"
    assert unread_count(cast.ana) == 0
    fragment = client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<section")


def test_seven_missed_while_away_are_on_the_badge(cast: Cast, client, question):
    client.force_login(cast.ana)
    for n in range(7):
        answer(
            question.thread, by=cast.person(f"helper{n}"), source=f"Have you tried number {n} of the manual's hints?"
        )
    work()
    badge = client.get(reverse("community:notification-badge")).content.decode()
    assert ">7</span>" in badge


def test_a_tray_is_its_owners(cast: Cast, client, question):
    ben_answers(cast, question)
    work()
    row = Notification.objects.get(person=cast.ana)
    client.force_login(cast.mallory)
    assert client.post(reverse("community:notification-open", args=[row.pk])).status_code == 404
    assert "ben answered" not in client.get(reverse("community:notification-list")).content.decode()
    assert may_listen(cast.ana, f"tray:{cast.ana.pk}")
    assert not may_listen(cast.mallory, f"tray:{cast.ana.pk}")
    row.refresh_from_db()
    assert row.read_at is None


def test_strangers_have_no_tray(client, db):
    assert client.get(reverse("community:notification-list")).status_code == 302


def test_older_ones_are_a_page_away(cast: Cast, client):
    Notification.objects.bulk_create(
        Notification(person=cast.ana, kind="answer", text=f"told {n}", url="/") for n in range(45)
    )
    client.force_login(cast.ana)
    first = client.get(reverse("community:notification-list"))
    second = client.get(reverse("community:notification-list"), {"before": first.context["older"]})
    assert "told 44" in first.content.decode()
    assert len(second.context["notifications"]) == 15
    assert client.get(reverse("community:notification-list"), {"before": "x"}).status_code == 200
