"""The whole way into a real Tryton and back, through a line that drops, delays and refuses."""

import pytest

from moderation.crm.erasing import forget
from moderation.crm.models import Attempt, CasePush, Connection
from moderation.crm.polling import poll, read_back
from moderation.crm.reconciling import reconcile
from moderation.crm.sealing import seal
from tests.fault_proxy import too_many
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, the_case, time_passes, work_through

pytestmark = [pytest.mark.crm, pytest.mark.slow]
OURS = [["code", "like", "%:contact:%"]]


def opportunities(admin):
    return admin.search("sale.opportunity", [], ["reference", "state", "description"])


def messages(admin):
    return [row["content"] for row in admin.search("ir.chat.message", [], ["content"])]


@pytest.fixture
def pushed(cast, tryton_connection):
    """Ana's question in Tryton."""
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    return item


def test_contact_case_and_timeline_arrive_once_and_in_order(pushed, tryton_admin):
    assert [row["name"] for row in tryton_admin.search("party.party", OURS, ["name"])] == ["ana"]
    (case,) = opportunities(tryton_admin)
    assert case["description"] == pushed.title
    first, second = messages(tryton_admin)
    assert "ana: asked" in first
    assert "ben: answered" in second
    assert the_case(pushed).status == "new"


def test_dropped_replies_delays_resets_and_429_still_make_one_of_each(
    cast, tryton_connection, proxy, tryton_admin, settings
):
    settings.CRM_TIMEOUT = 1.0
    item = item_of(cast)
    # sign-in, preferences, look up, create (its reply is lost), and so on: every third call goes wrong somehow
    faults = [
        None,
        None,
        None,
        "drop_reply",
        None,
        "reset",
        None,
        ("delay", 0.3),
        None,
        too_many(1),
        None,
        "drop_reply",
    ]
    proxy.faults.extend(faults * 3)
    dora_pushes(cast, item)
    for _round in range(30):
        work()
        if not CasePush.objects.unsettled().exists():
            break
        time_passes()
    assert set(CasePush.objects.values_list("state", flat=True)) == {"sent"}
    assert len(tryton_admin.search("party.party", OURS, ["name"])) == 1
    assert len(opportunities(tryton_admin)) == 1
    assert len(messages(tryton_admin)) == 2
    outcomes = set(Attempt.objects.values_list("outcome", flat=True))
    assert {"ok", "Ambiguous"} <= outcomes


def test_a_session_that_ran_out_is_renewed_and_nothing_is_lost(cast, pushed, tryton_connection, tryton_admin):
    Connection.objects.update(session=seal({"session": "b3V0OjE6b2xk"}))
    pushed.thread.posts.get(kind="answer").edit("Turn LE Audio off. Twice.", by=cast.ben, version=1)
    work_through()
    assert "Twice." in messages(tryton_admin)[1]
    assert len(messages(tryton_admin)) == 2


def test_working_in_tryton_shows_within_a_poll_and_solved_follows(pushed, tryton_connection, tryton_admin):
    case = int(the_case(pushed).remote_id)
    tryton_admin.call("model.sale.opportunity.opportunity", [case], tryton_admin.context)
    assert poll(tryton_connection) == 1
    assert the_case(pushed).status == "working"
    tryton_admin.call("model.sale.opportunity.convert", [case], tryton_admin.context)
    assert poll(tryton_connection) == 1
    assert the_case(pushed).status == "solved"
    assert poll(tryton_connection) == 0
    assert pushed.thread.open_notices.get().text == "Our team has solved this."


def test_public_comments_come_back_and_internal_ones_never(pushed, tryton_connection, tryton_admin):
    resource = f"sale.opportunity,{the_case(pushed).remote_id}"
    for text, audience in (("A new firmware comes on Friday.", "public"), ("CANARY internal", "internal")):
        tryton_admin.call("model.ir.chat.channel.post", resource, text, audience, tryton_admin.context)
    poll(tryton_connection)
    assert [row.text for row in the_case(pushed).comments.all()] == ["A new firmware comes on Friday."]
    case = the_case(pushed)
    read_back(case)
    assert "Friday" in str(case.holds)
    assert "CANARY" not in str(case.holds)
    assert case.holds["title"] == pushed.title


def test_a_case_deleted_in_tryton_is_noticed_by_the_next_poll(pushed, tryton_connection, tryton_admin):
    case = int(the_case(pushed).remote_id)
    tryton_admin.call("model.sale.opportunity.cancel", [case], tryton_admin.context)
    poll(tryton_connection)
    the_case(pushed)
    tryton_admin.call("model.sale.opportunity.lead", [case], tryton_admin.context)
    channels = [row["id"] for row in tryton_admin.search("ir.chat.channel", [], ["id"])]
    posts = [row["id"] for row in tryton_admin.search("ir.chat.message", [], ["id"])]
    tryton_admin.call("model.ir.chat.message.delete", posts, tryton_admin.context)
    tryton_admin.call("model.ir.chat.channel.delete", channels, tryton_admin.context)
    tryton_admin.call("model.sale.opportunity.cancel", [case], tryton_admin.context)
    type(the_case(pushed)).objects.update(status="new")
    tryton_admin.call("model.sale.opportunity.delete", [case], tryton_admin.context)
    poll(tryton_connection)
    assert the_case(pushed).broken_at is not None


def test_reconciliation_tells_then_repairs_then_finds_nothing(cast, pushed, tryton_connection, tryton_admin):
    case = int(the_case(pushed).remote_id)
    first = tryton_admin.search("ir.chat.message", [], ["content"])[0]
    tryton_admin.call("model.ir.chat.message.delete", [first["id"]], tryton_admin.context)
    tryton_admin.call("model.sale.opportunity.write", [case], {"description": "Renamed there"}, tryton_admin.context)
    reference = opportunities(tryton_admin)[0]["reference"]
    tryton_admin.create("ir.note", resource=f"sale.opportunity,{case}", message="theirs")
    report = reconcile(tryton_connection, dry_run=True)
    assert (report["missing_count"], report["duplicate_count"], report["drifted_count"]) == (1, 0, 1)
    assert reconcile(tryton_connection, dry_run=True)["repaired"] == 0
    assert reconcile(tryton_connection, dry_run=False)["repaired"] == 2
    work_through()
    after = reconcile(tryton_connection, dry_run=False)
    assert (after["missing_count"], after["duplicate_count"], after["drifted_count"], after["repaired"]) == (0, 0, 0, 0)
    assert opportunities(tryton_admin)[0]["description"] == pushed.title
    assert opportunities(tryton_admin)[0]["reference"] == reference
    assert len(messages(tryton_admin)) == 2


def test_a_double_case_is_found_and_put_aside(pushed, tryton_connection, tryton_admin):
    reference = opportunities(tryton_admin)[0]["reference"]
    party = tryton_admin.search("party.party", OURS, ["name"])[0]["id"]
    tryton_admin.create("sale.opportunity", party=party, description="double", reference=reference)
    assert reconcile(tryton_connection, dry_run=True)["duplicate_count"] == 1
    reconcile(tryton_connection, dry_run=False)
    work_through()
    assert reconcile(tryton_connection, dry_run=True)["duplicate_count"] == 0


def test_erasing_ana_takes_her_words_out_of_tryton(cast, pushed, tryton_admin):
    assert forget(cast.ana, by=cast.kim, reason="A letter").receipts.count() == 4
    work_through()
    assert tryton_admin.search("party.party", OURS, ["name"])[0]["name"] == "(erased)"
    assert opportunities(tryton_admin)[0]["description"] == "(erased)"
    assert "connection drops" not in str(messages(tryton_admin))
