"""AC-CRM-2 and -6: our values in a CRM's own fields, by path, in versions; tried on real records before they count."""

import pytest
from allauth.account.models import EmailAddress

from moderation.crm.connectors._fields import value_at
from moderation.crm.erasing import forget
from moderation.crm.models import CasePush
from moderation.mappings.models import MappingVersion
from tests.jobs import work
from tests.moderation.crm.conformance.sides import FIELDS, fake_side
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through

KINDS = ("hubspot", "odoo", "salesforce", "webhook", "xml", "zendesk")


@pytest.fixture(params=KINDS)
def each_side(request, db):
    side = fake_side(request.param)
    yield side
    side.stop()


@pytest.fixture
def kim(client, cast):
    client.force_login(cast.kim)
    return client


def page_of(connection):
    return f"/desk/crm/connections/{connection.pk}/fields/"


def mapped(side, mode="overwrite"):
    """The profile into a field of the contact, the product into one of the case."""
    page, product = FIELDS[side.kind]
    told = {"path_contact_profile": page, "path_case_product": product}
    return {**told, "mode_contact_profile": mode, "mode_case_product": mode}


def save(client, connection, based_on, **form):
    return client.post(page_of(connection), {**form, "based_on": based_on, "reason": "sales asked for it"})


def at(connection, kind, path):
    """What stands in a field over there."""
    connector = connection.connector()
    with connector.wire:
        return value_at(connector.whole(kind, connection.refs.get(kind=kind).remote_id), path)


def write(connection, kind, path, value):
    """Somebody over there writes into the field."""
    connector = connection.connector()
    with connector.wire:
        connector.set_fields(kind, connection.refs.get(kind=kind).remote_id, {path: value})


def test_ac_crm_2_what_is_mapped_arrives_in_every_crm(cast, kim, each_side):
    connection = each_side.connect()
    assert save(kim, connection, 0, **mapped(each_side)).status_code == 302
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    page, product = FIELDS[each_side.kind]
    assert at(connection, "contact", page).endswith("/people/ana/")
    assert at(connection, "case", product) == "Beam 2"
    assert not CasePush.objects.exclude(state="sent").values("kind", "state", "error").exists()


def test_ac_crm_2_a_trial_on_a_real_record_shows_before_and_after_and_writes_nothing(cast, kim, each_side):
    connection = each_side.connect()
    case = dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    page, product = FIELDS[each_side.kind]
    write(connection, "case", product, "Something of sales")
    answer = kim.post(f"{page_of(connection)}try/", {**mapped(each_side, "fill"), "case": case.pk})
    assert answer.status_code == 302
    assert "Looking at the records" in kim.get(f"{page_of(connection)}try/").content.decode()
    work()
    connection.refresh_from_db()
    report = connection.trial["report"]
    assert "error" not in report
    assert (report["records"], report["would"], report["kept"]) == (2, 1, 1)
    (changed,) = [row for row in report["rows"] if row["what"] == "fill"]
    assert (changed["field"], changed["before"], changed["after"].endswith("/people/ana/")) == (page, "", True)
    shown = kim.get(f"{page_of(connection)}?try").content.decode()
    assert "Something of sales" in shown
    assert "left as it is" in shown
    assert f'value="{page}"' in shown
    assert at(connection, "case", product) == "Something of sales"
    assert at(connection, "contact", page) == ""
    assert not MappingVersion.objects.exists()


@pytest.mark.parametrize(
    ("mode", "blank", "taken"),
    [("link", "", "Theirs"), ("fill", "Beam 2", "Theirs"), ("overwrite", "Beam 2", "Beam 2")],
)
def test_ac_crm_2_each_field_has_what_may_be_done_in_a_record_that_is_there(cast, kim, side, mode, blank, taken):
    connection = side.connect()
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    save(kim, connection, 0, **mapped(side, mode))
    assert "1 open case is told again" in kim.post(f"{page_of(connection)}tell/", follow=True).content.decode()
    work_through()
    assert at(connection, "case", "product_line") == blank
    write(connection, "case", "product_line", "Theirs")
    kim.post(f"{page_of(connection)}tell/")
    work_through()
    assert at(connection, "case", "product_line") == taken


def test_ac_crm_6_a_dry_run_over_all_records_counts_and_names_strange_fields(cast, kim, side):
    connection = side.connect()
    for title in ("Drops every minute", "Hums at night"):
        dora_pushes(cast, item_of(cast, product=cast.beam2, title=title), connection)
        work_through()
    kim.post(f"{page_of(connection)}try/", {**mapped(side), "path_case_url": "prodct_line"})
    work()
    connection.refresh_from_db()
    report = connection.trial["report"]
    assert (report["records"], report["would"]) == (3, 5)  # one contact, two cases
    assert report["strange"] == ["prodct_line"]
    assert "prodct_line" in kim.get(f"{page_of(connection)}?try").content.decode()


def test_ac_crm_6_versions_go_back_and_a_late_one_is_refused_with_what_was_typed(cast, kim, side):
    connection = side.connect()
    save(kim, connection, 0, **mapped(side, "fill"))
    save(kim, connection, 1, path_case_product="product_line", mode_case_product="overwrite")
    late = save(kim, connection, 1, path_case_url="product_line")
    assert late.status_code == 409
    assert "product_line" in late.content.decode()
    assert kim.post(f"{page_of(connection)}back/", {"number": 1, "based_on": 2}).status_code == 302
    newest = MappingVersion.objects.first()
    assert (newest.number, newest.back_to, newest.modes["contact_profile"]) == (3, 1, "fill")
    assert newest.paths == {"contact_profile": "community_page", "case_product": "product_line"}


@pytest.mark.parametrize("path", ["porchlight_ref", "subject", "a b", "../x", "a//b", "hs_pipeline_stage/x", "' OR 1"])
def test_the_connectors_own_fields_and_what_is_no_path_are_refused(cast, kim, side, path):
    connection = side.connect()
    answer = save(kim, connection, 0, path_case_product=path)
    assert answer.status_code == 422
    assert not MappingVersion.objects.exists()


def test_two_values_do_not_go_into_one_field(cast, kim, side):
    answer = save(kim, side.connect(), 0, path_case_product="product_line", path_case_url="product_line")
    assert answer.status_code == 422


def test_a_field_that_the_crm_does_not_have_is_a_dead_letter_that_can_be_replayed(cast, kim, side):
    connection = side.connect()
    save(kim, connection, 0, path_case_product="prodct_line")
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work()
    (dead,) = CasePush.objects.filter(state="dead")
    assert (dead.kind, "400" in dead.error) == ("case", True)
    save(kim, connection, 1, path_case_product="product_line")
    dead.replay(by=cast.kim)
    work_through()
    assert at(connection, "case", "product_line") == "Beam 2"
    assert len(side.people.rows["tickets"]) == 1


def test_a_contact_of_theirs_keeps_what_stands_in_its_field(cast, kim, side):
    EmailAddress.objects.create(user=cast.ana, email=cast.ana.email, verified=True, primary=True)
    connection = side.connect()
    connection.sends_contact_data = True
    connection.save()
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    side.people.rows["contacts"][known]["properties"]["community_page"] = "asked by phone"
    save(kim, connection, 0, **mapped(side, "fill"))
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    there = side.people.contacts()[known]
    assert (there["firstname"], there["community_page"]) == ("Ana Lima", "asked by phone")
    assert at(connection, "case", "product_line") == "Beam 2"


def test_erasing_empties_what_any_version_wrote(cast, kim, side):
    """The case is emptied by name; HubSpot's own deletion takes the contact as a whole."""
    connection = side.connect()
    save(kim, connection, 0, **mapped(side))
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    (ticket,) = side.people.rows["tickets"].values()
    assert ticket["properties"]["product_line"] == "Beam 2"
    save(kim, connection, 1)
    forget(cast.ana, by=cast.ana)
    work_through()
    assert ticket["properties"]["product_line"] == ""
    assert "/people/ana/" not in str(side.people.rows)


def test_without_leave_the_mail_address_goes_into_no_field(cast, kim, side):
    connection = side.connect()
    save(kim, connection, 0, path_contact_email="community_page", mode_contact_email="overwrite")
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    assert at(connection, "contact", "community_page") == ""


def test_dora_may_not_map(cast, client, side):
    connection = side.connect()
    client.force_login(cast.dora)
    for path in ("", "try/", "back/", "tell/"):
        assert client.post(f"{page_of(connection)}{path}").status_code == 403


def test_the_chosen_case_and_the_reason_are_still_there_after_a_trial_and_after_a_mistake(cast, kim, side):
    connection = side.connect()
    case = dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    kim.post(f"{page_of(connection)}try/", {**mapped(side), "case": case.pk, "reason": "sales asked for it"})
    work()
    tried = kim.get(f"{page_of(connection)}?try").content.decode()
    assert f'<option value="{case.pk}" selected>' in tried
    assert 'value="sales asked for it"' in tried
    connection.refresh_from_db()
    assert connection.trial["at"][:16] not in tried.replace(f'datetime="{connection.trial["at"][:16]}', "")
    wrong = save(kim, connection, 0, **{**mapped(side), "path_contact_language": FIELDS[side.kind][0]})
    assert wrong.status_code == 422
    assert 'value="sales asked for it"' in wrong.content.decode()


def test_going_back_too_late_leaves_the_version_in_force_in_the_form(cast, kim, side):
    connection = side.connect()
    save(kim, connection, 0, **mapped(side))
    late = kim.post(f"{page_of(connection)}back/", {"number": 1, "based_on": 0})
    assert late.status_code == 409
    assert f'value="{FIELDS[side.kind][1]}"' in late.content.decode()
