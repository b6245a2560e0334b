"""AC-CRM-4 and the modes of AC-CRM-2: two contacts share ana's mail, nothing is written until somebody decides."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from community.notifications.models import Notification
from moderation.crm.erasing import forget
from moderation.crm.models import CasePush, Match, RemoteRef
from moderation.crm.reconciling import reconcile
from moderation.mappings.models import MappingVersion
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, the_case, time_passes, work_through

PAGE = "/desk/crm/matches/"


@pytest.fixture
def connection(cast, side):
    """A connection that may be told mail addresses, and ana's is confirmed."""
    EmailAddress.objects.create(user=cast.ana, email=cast.ana.email, verified=True, primary=True)
    connection = side.connect()
    connection.sends_contact_data = True
    connection.save()
    return connection


@pytest.fixture
def two(cast, side, connection):
    """The CRM had two contacts with ana's address before the community."""
    return [side.people.add_contact(name, cast.ana.email) for name in ("Ana Lima", "A. Lima (old)")]


@pytest.fixture
def pushed(cast, connection, two):
    item, _supervisor = item_of(cast), cast.fay
    dora_pushes(cast, item, connection)
    work()
    return item


def decide(client, contact):
    match = Match.objects.get()
    return client.post(f"{PAGE}{match.pk}/decide/", {"contact": contact, "version": match.version})


def test_ac_crm_4_nothing_is_written_until_somebody_decides(cast, client, side, pushed, two):
    time_passes()
    work()
    assert set(side.people.contacts()) == set(two)
    assert side.people.rows["tickets"] == {}
    assert CasePush.objects.unsettled().count() == 4
    client.force_login(cast.fay)
    page = client.get(PAGE).content.decode()
    assert page.count("the confirmed address") == 2
    assert "A. Lima (old)" in page
    assert cast.ana.email not in page
    assert Notification.objects.filter(person=cast.fay, url=PAGE).exists()


def test_ac_crm_4_the_chosen_one_gets_the_case_and_stays_as_it_is(cast, client, side, pushed, two):
    before = {number: (row["firstname"], row["email"]) for number, row in side.people.contacts().items()}
    client.force_login(cast.fay)
    assert decide(client, two[1]).status_code == 302
    work_through()
    (ticket,) = side.people.rows["tickets"]
    assert side.people.contact_of(ticket) == two[1]
    after = {number: (row["firstname"], row["email"]) for number, row in side.people.contacts().items()}
    assert after == before
    assert len(side.people.texts(ticket)) == 2
    assert Match.objects.get().never == [two[0]]


def test_ac_crm_4_none_of_them_makes_a_contact_of_their_own(cast, client, side, pushed, two):
    side.people.rows["contacts"][two[0]]["properties"]["email"] = "moved@example.org"
    side.people.rows["contacts"][two[1]]["properties"]["email"] = "gone@example.org"
    client.force_login(cast.fay)
    decide(client, "new")
    work_through()
    (own,) = set(side.people.contacts()) - set(two)
    assert side.people.contacts()[own]["firstname"] == "ana"
    assert sorted(Match.objects.get().never) == sorted(two)


def test_ac_crm_4_the_decision_can_be_taken_back(cast, client, side, pushed, two):
    client.force_login(cast.fay)
    decide(client, two[0])
    work_through()
    match = Match.objects.get()
    client.post(f"{PAGE}{match.pk}/take-back/", {"version": match.version})
    match.refresh_from_db()
    assert (match.is_undecided, match.never) == (True, [])
    assert not RemoteRef.objects.filter(kind="contact").exists()
    decide(client, two[1])
    work_through()
    (ref,) = RemoteRef.objects.filter(kind="contact")
    assert ref.remote_id == two[1]
    assert len(side.people.rows["tickets"]) == 1


def test_ac_crm_4_two_who_decide_at_once_do_not_both_win(cast, client, pushed, two):
    client.force_login(cast.fay)
    match = Match.objects.get()
    decide(client, two[0])
    late = client.post(f"{PAGE}{match.pk}/decide/", {"contact": two[1], "version": match.version})
    assert late.status_code == 409
    assert Match.objects.get().chosen == two[0]
    assert decide(client, "12345").status_code == 422


def test_ac_crm_4_who_may_decide(cast, client, pushed):
    for who, status in (("ana", 404), ("dora", 403), ("gil", 403), ("fay", 200), ("kim", 200)):
        client.force_login(getattr(cast, who))
        assert client.get(reverse("moderation:crm-matches")).status_code == status
        if status != 200:
            assert decide(client, "new").status_code == status


def test_one_contact_of_the_confirmed_address_is_linked_by_itself(cast, side, connection):
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    item = item_of(cast)
    dora_pushes(cast, item, connection)
    work_through()
    assert side.people.contact_of(the_case(item).remote_id) == known
    assert side.people.contacts()[known]["firstname"] == "Ana Lima"
    assert (Match.objects.get().by, Match.objects.get().linked) == (None, known)


def test_without_leave_to_tell_addresses_nobody_is_looked_for(cast, side, connection, two):
    connection.sends_contact_data = False
    connection.save()
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    assert len(side.people.contacts()) == 3
    assert not Match.objects.exists()


def test_an_address_that_nobody_confirmed_is_not_looked_for(cast, side, connection, two):
    EmailAddress.objects.update(verified=False)
    for number in two:
        side.people.rows["contacts"][number]["properties"]["email"] = "ANA@example.org"
    dora_pushes(cast, item_of(cast), connection)
    work()
    assert not Match.objects.exists()


@pytest.mark.parametrize(
    ("name_mode", "email_mode", "expected"),
    [("link", "link", "Ana Lima"), ("fill", "fill", "Ana Lima"), ("overwrite", "link", "ana")],
)
def test_ac_crm_2_modes_per_field(cast, side, connection, name_mode, email_mode, expected):
    connection.name_mode, connection.email_mode = name_mode, email_mode
    connection.save()
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    assert side.people.contacts()[known]["firstname"] == expected


def test_ac_crm_2_a_lead_is_linked_and_never_changed(cast, side, connection):
    connection.name_mode = connection.email_mode = "overwrite"
    connection.save()
    paths, modes = {"contact_profile": "community_page"}, {"contact_profile": "overwrite"}
    told = {"by": cast.kim, "reason": "", "based_on": 0, "modes": modes}
    MappingVersion.objects.keep(f"crm:{connection.pk}:fields", ".", paths, **told)
    lead = side.people.add_contact("Ana Lima", cast.ana.email)
    side.people.rows["contacts"][lead]["properties"]["lifecyclestage"] = "salesqualifiedlead"
    before = dict(side.people.contacts()[lead])
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    assert side.people.contacts() == {lead: before}
    (ticket,) = side.people.rows["tickets"]
    assert side.people.contact_of(ticket) == lead


def test_ac_crm_2_a_blank_field_is_filled_in(cast, side, connection):
    known = side.people.add_contact("", cast.ana.email)
    connection.name_mode = "fill"
    connection.save()
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    assert side.people.contacts()[known]["firstname"] == "ana"


def test_reconciling_finds_nothing_wrong_with_a_linked_contact(cast, side, connection):
    side.people.add_contact("Ana Lima", cast.ana.email)
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    report = reconcile(connection, dry_run=True)
    assert (report["missing"], report["drifted"], report["duplicate"]) == ([], [], [])


def test_a_contact_of_theirs_is_not_ours_to_erase(cast, side, connection):
    known = side.people.add_contact("Ana Lima", cast.ana.email)
    dora_pushes(cast, item_of(cast), connection)
    work_through()
    forget(cast.ana, by=cast.ana)
    work()
    assert known in side.people.contacts()
    (dead,) = CasePush.objects.filter(kind="erase", state="dead")
    assert "erase it there" in dead.error
