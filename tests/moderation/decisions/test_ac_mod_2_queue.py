"""AC-MOD-2 with its numbers: one case of three reports, an order that explains itself, and ten minutes at hand."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community.people.models import Grant, Person
from community.people.roles import Role
from forums.threads.following import follow
from forums.threads.models import Post
from moderation.flags.accuracy import accuracy_of
from moderation.flags.models import Case, Flag, HouseRule
from tests.scenes import ana_asks, as_, one_line


@pytest.fixture
def emil(cast) -> Person:
    """Emil moderates too."""
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return cast.emil


def test_ac_mod_2_three_reports_by_the_form_are_one_case(cast, post, spam):
    for person in (cast.ben, cast.chris, cast.mallory):
        form = {"rule": spam.pk, "note": f"{person} thinks that it is an advertisement"}
        assert as_(person).post(f"/flags/new/post/{post.pk}/", form).status_code == 302
    case = Case.objects.get()
    assert case.flags.count() == 3
    page = one_line(as_(cast.hana).get(f"/desk/flags/{case.pk}/"))
    assert page.count('data-testid="case-row"') == 1
    assert page.count('data-testid="case-flag"') == 3
    assert page.count("thinks that it is an advertisement") == 3


def said(thread, cast, words: str) -> Post:
    return thread.posts.create(author=cast.ben, kind="answer", source=words, html="")


def terms_on(page: str) -> list[tuple[str, int]]:
    """The explanation of a score as the page shows it: each reason with its points, the sum at last."""
    table = page[page.index('class="terms"') :]
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="num">(-?\d+)</td>', table[: table.index("</table>")])
    return [(reason, int(points)) for reason, points in rows]


@pytest.fixture
def known(cast, question, spam, decided) -> tuple[Person, Person, Person]:
    """Three who report: one who was right five times, one who never was, one of whom nothing is known yet."""
    right, wrong, new = cast.chris, cast.mallory, cast.leo
    for number in range(5):
        decided(Flag.objects.flag(said(question.thread, cast, f"Right {number}"), by=right, rule=spam).case, "warn")
        decided(Flag.objects.flag(said(question.thread, cast, f"Wrong {number}"), by=wrong, rule=spam).case)
    assert [accuracy_of(person).weight for person in (right, wrong, new)] == [2, 0.2, 1]
    return right, wrong, new


def test_ac_mod_2_severity_accuracy_reach_and_age_make_the_order_and_each_says_so(
    cast, question, known, spam, time_machine
):
    right, wrong, new = known
    thread, now = question.thread, timezone.now()
    busy = ana_asks(cast, title="Half of my friends have this in another thread").thread
    for person in (right, wrong, new):
        follow(busy, by=person)
    busy.refresh_from_db()
    thread.refresh_from_db()
    more = busy.follower_count + busy.answer_count - thread.follower_count - thread.answer_count
    assert more == 3

    def reported(words: str, by: Person, rule: HouseRule = spam, place=thread) -> int:
        return Flag.objects.flag(said(place, cast, words), by=by, rule=rule).case.pk

    time_machine.move_to(now - timedelta(hours=7))
    old = reported("It waits since this morning", new)
    time_machine.move_to(now)
    doubted = reported("By who was never right", wrong)
    plain = reported("By who is new", new)
    read = reported("Where many read", new, place=busy)
    trusted = reported("By who was always right", right)
    grave = reported("Open the battery with a knife", new, HouseRule.objects.get(slug="danger"))

    hana = as_(cast.hana)
    page = hana.get("/desk/flags/").content.decode()
    shown = [int(pk) for pk in re.findall(r'data-item="(\d+)" data-testid="case-row"', page)]
    assert shown == [grave, trusted, old, read, plain, doubted]

    told = {pk: terms_on(one_line(hana.get(f"/desk/flags/{pk}/"))) for pk in shown}
    [rule, reports, _found, reach, age, together] = told[plain]
    assert rule == ("Advertising and spam", 30)
    assert reports == ("1 report", 10)
    assert age == ("waits 0 hours", 0)
    assert together[1] == 40 + reach[1]
    assert told[grave][0] == ("Dangerous advice", 60)
    assert told[trusted][1] == ("1 report, weighed 2", 20)
    assert told[doubted][1] == ("1 report, weighed 0.2", 2)
    assert (told[read][3][1], told[read][3][0].split()[0]) == (reach[1] + 3, f"{reach[1] + 3}")
    assert told[old][4] == ("waits 7 hours", 7)
    for terms in told.values():
        assert sum(points for _reason, points in terms[:-1]) == terms[-1][1]


def test_ac_mod_2_ten_minutes_at_hand_and_not_a_second_longer(cast, case, emil, time_machine):
    start = timezone.now()
    hana, his, url = as_(cast.hana), as_(emil), f"/desk/flags/{case.pk}/"
    time_machine.move_to(start, tick=False)
    assert hana.post(f"{url}claim/").status_code == 302
    time_machine.move_to(start + timedelta(minutes=9, seconds=59), tick=False)
    assert "Hana is on it" in one_line(his.get(url))
    assert his.post(f"{url}claim/").status_code == 409
    assert his.post(f"{url}decide/", {"left": "1", "seen": "1"}).status_code == 409
    assert Case.objects.get().is_open
    time_machine.move_to(start + timedelta(minutes=10, seconds=1), tick=False)
    assert "Hana is on it" not in one_line(his.get(url))
    assert his.post(f"{url}claim/").status_code == 302
    assert Case.objects.get().holder == emil


def test_ac_mod_2_who_took_it_over_said_why_and_it_is_written_down(cast, case, emil):
    hana, his, url = as_(cast.hana), as_(emil), f"/desk/flags/{case.pk}/"
    hana.post(f"{url}claim/")
    his.post(f"{url}claim/", {"reason": "She is at lunch"})
    assert "Emil is on it" in one_line(hana.get(url))
    log = one_line(as_(cast.jo).get("/desk/actions/", {"person": "emil", "subject": f"case:{case.pk}"}))
    assert "She is at lunch" in log
