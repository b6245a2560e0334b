"""AC-AGENT-1: views with names, and that list, number, search and API never disagree, for dora, gil and fay."""

import pytest

from community.refusals import Refusal
from moderation.escalation.models import Conversation
from moderation.queue.lists import counts_for, items_in, view_named, views_for
from moderation.queue.models import Item, KeptView, Team
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast, item, kettle_item):
    """A question, a Kettle question at Gil's hand, one given to Dora, a closed one, and a private matter."""
    Conversation.objects.ask(
        by=cast.chris, title="Invoice", text="Again, please.", channels=["page", "mail"], product=cast.beam2
    )
    work()
    kettle_item.claim(by=cast.gil)
    for title in ("Lid does not close", "Filter is brown"):
        Item.objects.open(kind="question", title=title, customer=cast.ana, product=cast.kettle_one, by=None)
    Item.objects.get(title="Filter is brown").close(by=cast.dora)
    item.assign(cast.dora, by=cast.dora)
    early = Team.objects.form("Early shift", by=cast.fay)
    for person in (cast.dora, cast.emil, cast.gil):
        early.take_in(person, by=cast.fay)
    return early


QUERIES = [
    "kind:question",
    "lang:de state:open",
    "brand:kettle",
    "has:nobody",
    "has:team",
    "has:me",
    "state:closed",
    "kind:mail",
]


@pytest.mark.parametrize("name", ["dora", "gil", "fay"])
def test_ac_agent_1_list_number_search_and_api_agree(cast, full, name):
    person = getattr(cast, name)
    client = as_(person)
    for number, query in enumerate(QUERIES):
        KeptView.objects.keep(by=cast.fay, name=f"View {number}", query=query, audience="all")
    program = Program(person)
    counts = counts_for(person)
    for view in views_for(person):
        listed = set(items_in(view, person).values_list("pk", flat=True))
        page = client.get("/desk/", {"view": view.key}).content.decode()
        shown = {pk for pk in Item.objects.values_list("pk", flat=True) if f'data-item="{pk}"' in page}
        assert shown == listed, view.key
        told = program.get(f"/desk/items/?view={view.key}").json()
        assert {row["id"] for row in told["rows"]} == listed, view.key
        if view.is_counted:
            assert counts[view.key] == len(listed) == told["counts"][view.key], view.key
        if view.kept:
            searched = client.get("/desk/", {"q": view.kept.query}).content.decode()
            assert {pk for pk in Item.objects.values_list("pk", flat=True) if f'data-item="{pk}"' in searched} == listed
    seen = set(Item.objects.visible_to(person).values_list("product__brand__slug", flat=True))
    assert seen == ({"kettle"} if name == "gil" else {"kettle", "northlight"})


def test_ac_agent_1_mine_my_team_and_unassigned(cast, full):
    def titles(person, key):
        return set(items_in(view_named(key, person), person).values_list("title", flat=True))

    bluetooth = Item.objects.get(product=cast.beam2, kind="question").title
    assert titles(cast.dora, "mine") == {bluetooth}
    assert titles(cast.dora, "team") == titles(cast.emil, "team") == {bluetooth, "Kettle One hums at low volume"}
    assert titles(cast.gil, "team") == {"Kettle One hums at low volume"}  # a team does not open a brand
    assert titles(cast.fay, "team") == set()
    assert titles(cast.dora, "free") == {"Lid does not close", "Invoice"}
    assert titles(cast.gil, "free") == {"Lid does not close"}


def test_ac_agent_1_a_kept_view_is_given_to_a_colleague_by_its_address(cast, full):
    dora, emil = as_(cast.dora), as_(cast.emil)
    kept = dora.post(
        "/desk/views/keep/", {"name": "Late in Kettle", "query": "brand:kettle state:open", "audience": "own"}
    )
    address = kept["Location"]
    assert "Late in Kettle" in one_line(dora.get(address))
    assert "Lid does not close" in one_line(emil.get(address))
    assert "Late in Kettle" not in one_line(emil.get("/desk/"))
    view = KeptView.objects.get()
    assert emil.post(f"/desk/views/{view.pk}/drop/").status_code == 403
    dora.post("/desk/views/keep/", {"name": "Late in Kettle", "query": "brand:kettle state:open", "audience": "all"})
    assert KeptView.objects.get().pk == view.pk  # the same name is the same view
    assert "Late in Kettle" in one_line(emil.get("/desk/"))
    assert "Bluetooth drops" not in one_line(as_(cast.gil).get(address))
    assert dora.post(f"/desk/views/{view.pk}/drop/").status_code == 302
    assert not KeptView.objects.exists()


def test_a_view_needs_a_name_and_a_search_and_members_keep_none(cast, full):
    dora = as_(cast.dora)
    for sent in (
        {"name": "", "query": "kind:review", "audience": "own"},
        {"name": "All", "query": "", "audience": "own"},
    ):
        dora.post("/desk/views/keep/", sent)
    assert not KeptView.objects.exists()
    with pytest.raises(Refusal):
        KeptView.objects.keep(by=cast.ana, name="Mine", query="kind:review", audience="own")
    with pytest.raises(Refusal):
        Team.objects.form("My own", by=cast.dora)


def test_a_view_says_itself_that_it_leaves_out_what_is_closed(cast):
    kept = KeptView.objects.keep(by=cast.dora, name="Kettle", query="brand:kettle", audience="own")
    assert kept.query == "brand:kettle state:live"


def test_supervisors_make_teams_on_the_page_of_the_team(cast):
    fay = as_(cast.fay)
    assert cast.dora.is_team
    assert not cast.ana.is_team
    fay.post("/desk/team/teams/new/", {"name": "Lisbon"})
    team = Team.objects.get()
    fay.post("/desk/team/members/add/", {"team": team.pk, "person": cast.dora.pk})
    assert "Lisbon" in one_line(fay.get("/desk/team/"))
    assert fay.post("/desk/team/members/add/", {"team": team.pk, "person": cast.ana.pk}).status_code == 422
    member = team.members.get()
    assert as_(cast.dora).post(f"/desk/team/members/{member.pk}/leave/").status_code == 403
    fay.post(f"/desk/team/members/{member.pk}/leave/")
    assert not Team.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "Next for me"),
        ("blu", "Bluetooth drops"),
        ("chr", "chris"),
        ("View", "View of the Kettle"),
        ("%", ""),
        ("kind:review", ""),
    ],
)
def test_the_palette_finds_what_one_may_see(cast, full, query, found):
    KeptView.objects.keep(by=cast.fay, name="View of the Kettle", query="brand:kettle", audience="all")
    told = {name: one_line(as_(getattr(cast, name)).get("/desk/find/", {"q": query})) for name in ("dora", "gil")}
    assert found in told["dora"]
    assert bool(found) == ('role="option"' in told["dora"])
    assert "Bluetooth drops" not in told["gil"]
