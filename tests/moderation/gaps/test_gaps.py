"""The gap loop (AC-SEO-5): what is looked for in vain, who closes it, and whether that helped."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.notifications.models import Notification
from community.people.roles import Role
from community.search.models import Need, NeedDay
from community.search.noting import tally, write
from community.search.tasks import forget_needs
from moderation.gaps.models import GapOwner
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line

pytestmark = pytest.mark.django_db


def look(client, words: str, times: int = 1, opened: int = 0) -> None:
    """Customers search, and some of them open something."""
    for number in range(times):
        client.get("/search/", {"q": words})
        if number < opened:
            client.post("/search/opened/", {"q": words})
        if number % 20 == 19:
            write()  # as the process does every two seconds
    write()


@pytest.fixture(autouse=True)
def nothing_counted():
    """Each test begins with an empty tally: it belongs to the process."""
    tally.taken()


@pytest.fixture
def editor(cast):
    return cast.staff("otto", Role.EDITOR, "Otto")


@pytest.fixture
def hana(client, cast):
    """The community manager's browser; customers have another one."""
    client.force_login(cast.hana)
    return client


@pytest.fixture
def need(visitor) -> Need:
    look(visitor, "pairing code", 14)
    return Need.objects.get()


@pytest.fixture
def visitor():
    return Client()


def test_ac_seo_5_gap_is_seen_assigned_answered_and_measured_30_days_later(visitor, hana, cast, editor):
    begun = timezone.now()
    with time_machine.travel(begun, tick=False):
        look(visitor, "pairing code", 14)
        page = one_line(hana.get("/desk/gaps/"))
        row = page.partition('data-testid="gap"')[2].partition("</tr>")[0]
        assert "pairing code" in row
        assert '<td class="num">14</td> <td class="num">14</td> <td class="num">0</td>' in row
        need = Need.objects.get()
        hana.post(f"/desk/gaps/{need.pk}/assign/", {"owner": editor.pk})
        work()
        told = Notification.objects.get(person=editor)
        assert "pairing code" in told.text
        assert told.url == f"/desk/gaps/{need.pk}/"
        article = ana_asks(
            cast, title="Where the pairing code of the Beam 2 stands", source="On the inside of the lid. " * 3
        )
        work()
        hana.force_login(editor)
        assert "pairing code" in one_line(hana.get("/desk/gaps/", {"view": "mine"}))
        hana.post(f"/desk/gaps/{need.pk}/answer/", {"chosen": article.get_absolute_url()})
        first = one_line(visitor.get("/search/", {"q": "pairing code"}))
        assert 'data-testid="chosen"' in first
    with time_machine.travel(begun + timedelta(days=12), tick=False):
        look(visitor, "pairing code", 20, opened=15)
    with time_machine.travel(begun + timedelta(days=31), tick=False):
        hana.force_login(cast.hana)
        page = one_line(hana.get(f"/desk/gaps/{need.pk}/"))
        assert "0 opened of 14 searches" in page
        assert "15 opened of 21 searches" in page
        assert "<b>0 %</b>" in page
        assert "<b>71 %</b>" in page
        assert "Thirty days before and thirty days after" in page
        assert "0 % → <b>71 %</b>" in one_line(hana.get("/desk/gaps/", {"view": "answered"}))


def test_a_search_that_found_nothing_is_a_gap_the_same_moment_it_is_written(visitor, hana, need):
    look(visitor, "teleporter")
    assert "teleporter" in one_line(hana.get("/desk/gaps/"))


@pytest.mark.django_db(transaction=True)  # as in production, where nothing is asked twice
def test_a_get_of_a_visitor_writes_nothing(visitor, django_assert_max_num_queries):
    look(visitor, "pairing code")
    with django_assert_max_num_queries(12) as seen:
        visitor.get("/search/", {"q": "pairing code"})
    assert not [query for query in seen.captured_queries if not query["sql"].startswith("SELECT")]


def test_wordings_of_one_need_are_one_row_and_the_teams_searches_are_none(visitor, hana, need):
    look(visitor, "the code for pairing")
    look(visitor, "Pairing codes")
    look(hana, "pairing code")
    assert Need.objects.count() == 1
    assert NeedDay.objects.get().searches == 16


def test_nothing_personal_is_kept(visitor, hana):
    for words in (
        "pairing code ana.meier@web.de", "pairing code +49 30 901820", "pairing code NL-1001",
        "pairing code 4111 1111 1111 1111", "pairing code DE89 3704 0044 0532 0130 00", "pairing code 356938035643809",
    ):  # fmt: skip
        look(visitor, words)
    assert [need.words for need in Need.objects.all()] == ["pairing code"]


def test_what_only_filters_narrowed_and_later_pages_are_no_new_searches(visitor, need):
    visitor.get("/search/", {"q": "pairing code is:solved"})
    visitor.get("/search/", {"q": "pairing code", "page": "2"})
    visitor.head("/search/", {"q": "pairing code"})
    write()
    assert NeedDay.objects.get().searches == 14


def test_one_network_cannot_fill_the_table(visitor):
    for number in range(60):
        visitor.get("/search/", {"q": f"nonsense {chr(97 + number % 26)}{chr(97 + number // 26)}x"})
    write()
    assert Need.objects.count() == 40


def test_an_answer_that_goes_out_of_sight_is_not_recommended_any_more(visitor, hana, need, cast):
    question = ana_asks(cast, title="Where the pairing code of the Beam 2 stands")
    ben_answers(cast, question)
    work()
    hana.post(
        f"/desk/gaps/{need.pk}/answer/",
        {"chosen": "other", "address": f"http://testserver{question.get_absolute_url()}"},
    )
    assert 'data-testid="chosen"' in one_line(visitor.get("/search/", {"q": "pairing code"}))
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Advertising")
    assert 'data-testid="chosen"' not in one_line(visitor.get("/search/", {"q": "pairing code"}))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/desk/", 422), ("/questions/999999/nothing/", 422), ("/nowhere/", 422), ("https://example.org/", 302),
     ("", 422), ("/products/", 302), ("/settings/", 422)],
)  # fmt: skip
def test_only_what_everybody_can_read_answers_a_gap(hana, need, address, status):
    assert hana.post(f"/desk/gaps/{need.pk}/answer/", {"chosen": "other", "address": address}).status_code == status


def test_taking_it_back_and_setting_aside(hana, need, cast):
    hana.post(f"/desk/gaps/{need.pk}/answer/", {"chosen": "other", "address": "/products/"})
    assert need.answer.url == "/products/"
    hana.post(f"/desk/gaps/{need.pk}/reopen/")
    assert need.answer is None
    assert hana.post(f"/desk/gaps/{need.pk}/aside/", {"reason": ""}).status_code == 422
    hana.post(f"/desk/gaps/{need.pk}/aside/", {"reason": "The shop says it"})
    assert "pairing code" not in one_line(hana.get("/desk/gaps/"))
    assert "The shop says it" in one_line(hana.get(f"/desk/gaps/{need.pk}/"))
    hana.post(f"/desk/gaps/{need.pk}/reopen/")
    assert "pairing code" in one_line(hana.get("/desk/gaps/"))


def test_an_owner_is_asked_once_and_replaced(hana, need, cast, editor):
    for owner in (editor, editor, cast.fay):
        hana.post(f"/desk/gaps/{need.pk}/assign/", {"owner": owner.pk})
    rows = GapOwner.objects.order_by("pk").values_list("owner__username", "ended_at")
    assert [(name, ended is None) for name, ended in rows] == [("otto", False), ("fay", True)]
    assert hana.post(f"/desk/gaps/{need.pk}/assign/", {"owner": cast.ben.pk}).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ana", 404),
        ("mallory", 404),
        ("dora", 403),
        ("gil", 403),
        ("jo", 403),
        ("hana", 200),
        ("fay", 200),
        ("ivo", 200),
    ],
)
def test_only_those_who_tend_gaps_see_them(client, cast, need, who, status):
    client.force_login(getattr(cast, who))
    assert client.get("/desk/gaps/").status_code == status
    assert client.get(f"/desk/gaps/{need.pk}/").status_code == status


def test_a_stranger_goes_to_sign_in(visitor, need):
    assert visitor.get("/desk/gaps/").url.startswith("/account/login/")
    assert visitor.post(f"/desk/gaps/{need.pk}/reopen/").url.startswith("/account/login/")


def test_what_hardly_anybody_looked_for_is_forgotten(visitor, need):
    look(visitor, "teleporter")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        forget_needs(0)
    assert [one.words for one in Need.objects.all()] == ["pairing code"]
