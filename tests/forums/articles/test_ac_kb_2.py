"""AC-KB-2: two editors at once, suggestions of members, and bringing an earlier wording back."""

import pytest
from django.test import Client

from community.people.roles import Role
from forums.articles.models import Article
from forums.articles.together import together
from forums.threads.models import Suggestion
from forums.threads.suggesting import suggest
from tests.forums.articles.scenes import SUMMARY, TEXT, form, hana_publishes, says
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db
URL = "/help/pair-your-beam-2-with-a-phone/"
FIRST, SECOND, THIRD = TEXT.split("\n\n")


@pytest.fixture
def erik(cast):
    return cast.staff("erik", Role.EDITOR, "Erik")


def test_ac_kb_2_changes_of_different_paragraphs_are_both_kept(cast, erik):
    article = hana_publishes(cast)
    as_(cast.hana).post(f"{URL}edit/", form(cast, text=TEXT.replace(FIRST, "Hold it for five seconds."), version=1))
    reply = as_(erik).post(f"{URL}edit/", form(cast, text=TEXT.replace(SECOND, "Choose it there."), version=1))
    assert reply.status_code == 302
    page = one_line(Client().get(URL))
    assert "Hold it for five seconds." in page
    assert "Choose it there." in page
    assert article.opening.revisions.count() == 2


def test_ac_kb_2_at_the_same_paragraph_the_second_sees_three_texts_and_nothing_is_lost(cast, erik):
    hana_publishes(cast)
    as_(cast.hana).post(f"{URL}edit/", form(cast, text=TEXT.replace(FIRST, "Hold it for five seconds."), version=1))
    mine = TEXT.replace(FIRST, "Press it twice.")
    reply = as_(erik).post(f"{URL}edit/", form(cast, text=mine, version=1))
    page = one_line(reply)
    assert reply.status_code == 409
    assert "Hana has changed the same paragraph meanwhile" in page
    assert 'data-testid="theirs"' in page
    assert 'data-testid="mine"' in page
    assert "Press it twice." in page
    assert "Hold it for five seconds." in one_line(Client().get(URL))
    assert as_(erik).post(f"{URL}edit/", form(cast, text=mine, version=2)).status_code == 302
    assert "Press it twice." in one_line(Client().get(URL))
    history = one_line(Client().get(f"{URL}history/"))
    assert "five" in history
    assert "Wording 3" in history


def test_ac_kb_2_an_earlier_wording_is_brought_back_as_a_new_one(cast):
    article = hana_publishes(cast)
    article.revise(says(cast, text="Something wrong."), by=cast.hana, version=1)
    history = one_line(as_(cast.hana).get(f"{URL}history/"))
    assert f"{URL}history/1/" in history
    assert "Bring it back" not in one_line(as_(cast.ana).get(f"{URL}history/"))
    assert as_(cast.hana).post(f"{URL}history/1/").status_code == 302
    assert "ten seconds" in one_line(Client().get(URL))
    assert [row.source for row in article.opening.revisions.all()][1].endswith("Something wrong.")
    assert "Wording 1 brought back" in one_line(Client().get(f"{URL}history/"))
    assert as_(cast.mallory).post(f"{URL}history/1/").status_code == 404


def test_ac_kb_2_what_a_member_suggests_waits_for_an_editor_who_sees_the_difference(cast, erik):
    article = hana_publishes(cast)
    opening = article.opening
    assert f"/posts/{opening.pk}/suggest/" in one_line(as_(cast.chris).get(URL))
    better = opening.source.replace("ten", "twelve")
    row = suggest(opening, better, by=cast.chris, reason="It takes longer", version=1)
    assert "ten seconds" in one_line(Client().get(URL))
    assert as_(cast.ben).get(f"/suggestions/{row.pk}/").status_code == 404  # he decides about answers, not about pages
    assert "<ins>twelve</ins>" in one_line(as_(erik).get(f"/suggestions/{row.pk}/"))
    assert as_(erik).post("/suggestions/decide/", {"chosen": row.pk, "deed": "accept", "seen": 1}).status_code == 302
    page = one_line(Client().get(URL))
    assert "twelve seconds" in page
    assert "With suggestions by" in page
    assert Suggestion.objects.get().state == "accepted"
    assert Article.objects.get().get_absolute_url() == URL


@pytest.mark.parametrize(("mine", "theirs", "both"), [
    ("a\n\nB\n\nc", "A\n\nb\n\nc", "A\n\nB\n\nc"),
    ("a\n\nb\n\nc\n\nd", "a\n\nB\n\nc", "a\n\nB\n\nc\n\nd"),
    ("a\n\nX\n\nc", "a\n\nY\n\nc", None),
    ("a\n\nc", "a\n\nB\n\nc", None),
    ("a\n\nb\n\nc\n\nd", "a\n\nb\n\nc\n\ne", None),
    ("a\n\nb\n\nc", "A\n\nb\n\nc", "A\n\nb\n\nc"),
])  # fmt: skip
def test_two_texts_come_together_by_paragraphs(mine, theirs, both):
    assert together("a\n\nb\n\nc", mine, theirs) == both


def test_a_summary_is_a_paragraph_like_any_other(cast, erik):
    hana_publishes(cast)
    as_(cast.hana).post(f"{URL}edit/", form(cast, summary="In one minute.", version=1))
    as_(erik).post(f"{URL}edit/", form(cast, text=TEXT.replace(THIRD, "Wait."), version=1))
    page = one_line(Client().get(URL))
    assert "In one minute." in page
    assert "Wait." in page
    assert SUMMARY not in page
