"""Badges: each has a cause in the facts, goes with it, and comes back with it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.people.models import Person
from forums.questions.models import Question
from forums.reputation.models import Award
from forums.reputation.settling import settle_everything
from forums.threads.models import Post, Vote
from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


def badges(person) -> set[str]:
    work()
    return set(Award.objects.in_force().filter(person=person).values_list("badge", flat=True))


def asks(person, n: int = 0) -> Question:
    return Question.objects.ask(by=person, title=f"The lamp of it blinks number {n}", source="It blinks, all night.")


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def test_solving_the_first_question_of_somebody_is_a_warm_welcome_and_goes_with_the_solution(cast, question):
    given = ben_answers(cast, question)
    question.accept(given, by=cast.ana)
    assert badges(cast.ben) == {"warm_welcome"}
    award = Award.objects.get(person=cast.ben)
    assert (award.post, award.created_at) == (given, question.solutions.get().created_at)
    question.withdraw_solution(given, by=cast.ana)
    assert badges(cast.ben) == set()
    question.accept(given, by=cast.ana)
    assert badges(cast.ben) == {"warm_welcome"}
    given.hide(by=cast.hana, reason="Looking into it.")
    assert badges(cast.ben) == set()
    given.restore(by=cast.hana)
    assert badges(cast.ben) == {"warm_welcome"}
    assert Award.objects.filter(person=cast.ben).count() == 1


def test_the_second_question_of_somebody_is_no_welcome(cast, question):
    second = asks(cast.ana)
    second.accept(answer(second.thread, by=cast.ben, source="Unplug it."), by=cast.ana)
    assert badges(cast.ben) == set()


def test_solved_and_verified_is_twice_sure(cast, question):
    asks(cast.ana)
    given = ben_answers(cast, question)
    question.accept(given, by=cast.ana)
    assert "twice_sure" not in badges(cast.ben)
    question.verify(given, by=cast.dora, product_version=cast.fw32)
    assert "twice_sure" in badges(cast.ben)


def test_who_takes_up_what_waited_for_a_week_is_patient(cast):
    with time_machine.travel(timezone.now() - timedelta(days=8), tick=False):
        old = ana_asks(cast)
    with time_machine.travel(timezone.now() - timedelta(days=6), tick=False):
        fresh = asks(cast.chris)
    old.accept(ben_answers(cast, old), by=cast.ana)
    fresh.accept(answer(fresh.thread, by=cast.leo, source="Unplug it."), by=cast.chris)
    assert "patient" in badges(cast.ben)
    assert "patient" not in badges(cast.leo)


def test_who_comes_back_three_times_to_say_what_solved_it_earned_that(cast):
    for n in range(3):
        assert "came_back" not in badges(cast.ana)
        question = asks(cast.ana, n)
        question.accept(answer(question.thread, by=cast.ben, source="Unplug it."), by=cast.ana)
    assert "came_back" in badges(cast.ana)


def test_many_answers_that_miss_make_no_sure_hand(cast):
    for n in range(5):
        question = asks(cast.ana, n)
        good = answer(question.thread, by=cast.ben, source=f"Unplug it, {n} times.")
        answer(question.thread, by=cast.chris, source=f"Maybe it is broken {n}?")
        question.accept(good, by=cast.ana)
        work()
        Post.objects.update(created_at=timezone.now() - timedelta(days=1))
        cast.ana.deeds.all().update(created_at=timezone.now() - timedelta(days=1))
        cast.ben.deeds.all().update(created_at=timezone.now() - timedelta(days=1))
        cast.chris.deeds.all().update(created_at=timezone.now() - timedelta(days=2))
    assert "sure_hand" in badges(cast.ben)
    assert "sure_hand" not in badges(cast.chris)


def test_a_badge_stands_beside_the_name_on_the_page_and_has_a_page(client, cast, question):
    question.accept(ben_answers(cast, question), by=cast.ana)
    work()
    page = client.get(question.get_absolute_url()).content.decode()
    assert '<a href="/standing/badges/warm_welcome/"' in " ".join(page.split())
    assert "1 person has it" in client.get("/standing/badges/").content.decode()
    shown = client.get("/standing/badges/warm_welcome/").content.decode()
    assert ">ben<" in shown
    assert question.thread.title in shown
    assert client.get("/standing/badges/most_posts/").status_code == 404
    assert "You earned the badge “Warm welcome”" in cast.ben.notifications.get(kind="badge").text


def test_who_keeps_badges_to_themselves_has_none_on_any_page(client, cast, question):
    question.accept(ben_answers(cast, question), by=cast.ana)
    work()
    client.force_login(cast.ben)
    fields = dict.fromkeys(("about", "since", "topics", "helped", "points", "boards", "products"), "public")
    assert client.post("/settings/audience/", fields | {"badges": "nobody"}).status_code == 302
    work()
    client.logout()
    assert "/standing/badges/warm_welcome/" not in client.get(question.get_absolute_url()).content.decode()
    assert ">ben<" not in client.get("/standing/badges/warm_welcome/").content.decode()
    assert "Warm welcome" not in client.get("/people/ben/").content.decode()
    assert Person.objects.get(pk=cast.ben.pk).badges == ""


def test_twelve_who_find_it_worth_asking_make_it_well_asked(cast, question):
    opening = question.thread.posts.get(kind="opening")
    fans = [cast.person(f"fan{n}") for n in range(12)]
    Vote.objects.bulk_create([Vote(post=opening, person=fan) for fan in fans[:11]])
    opening.vote(by=fans[11])
    work()
    settle_everything()
    assert "well_asked" in badges(cast.ana)
