"""AC-CRM-5: a name elsewhere is proved by a sign-in and else suggested; two accounts are one person, and two again."""

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from community.events.models import Event
from community.people.models import Person
from forums.questions.models import Question
from moderation.crm.models import CasePush, Erasure, RemoteRef
from moderation.crm.models.remote import reference
from moderation.identities.models import Handle, Merge
from tests.community.api.program import Program
from tests.community.people.test_address import enter, newest_code
from tests.jobs import work
from tests.moderation.crm.conformance.sides import fake_side
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through
from tests.scenes import ana_asks

MASTODON = {"provider_id": "mastodon", "name": "Mastodon", "client_id": "us", "secret": "x"}


@pytest.fixture
def mastodon(settings):
    """An identity provider with which people may sign in."""
    app = {**MASTODON, "settings": {"server_url": "https://m.example"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    registry.load()
    registry.register(OpenIDConnectProvider)
    yield
    registry.provider_map.pop("openid_connect")


def connects(rf, person, uid, name, process="connect"):
    """The person comes back from the identity provider, which says who they are there."""
    request = rf.get("/account/social/")
    request.user, request.session = person, SessionStore()
    request._messages, request.htmx = FallbackStorage(request), False
    record_authentication(request, person, method="password", reauthenticated=True)
    provider = get_adapter().get_provider(request, "mastodon")
    account = SocialAccount(provider="mastodon", uid=uid, extra_data={"preferred_username": name})
    login = SocialLogin(user=Person(), account=account, provider=provider)
    login.state = {"process": process}
    with request_context(request):
        complete_social_login(request, login)


@pytest.fixture
def fay(client, cast):
    client.force_login(cast.fay)
    return client


def page_of(client, person):
    return client.get(reverse("moderation:customer-detail", args=[person.pk])).content.decode()


def merged(client, gone, kept, reason="Both told me the same order by telephone."):
    address = reverse("moderation:customer-merge", args=[kept.pk])
    return client.post(address, {"other": gone.username, "keep": "this", "reason": reason})


def test_ac_crm_5_a_handle_is_linked_by_the_proof_of_a_sign_in(fay, cast, rf, mastodon):
    connects(rf, cast.ana, "m-1", "ana_beats")
    (handle,) = Handle.objects.all()
    assert (handle.person, handle.place, handle.name, handle.state, handle.confidence) == (
        cast.ana, "mastodon", "ana_beats", "proved", 100,
    )  # fmt: skip
    page = page_of(fay, cast.ana)
    assert "@ana_beats" in page
    assert "signed in with it here" in page
    assert Event.objects.filter(verb="handle.proved", subject_id=cast.ana.pk).count() == 1


def test_ac_crm_5_the_author_of_a_mention_is_only_suggested(client, cast, rf, mastodon):
    item_of(cast)
    program = Program(cast.dora, ["desk:read", "desk:write"])
    told = program.ask("POST", f"/desk/customers/{cast.ana.pk}/handles/", {"place": "Mastodon", "name": "@ana_beats"})
    assert (told.status_code, told.json()["state"], told.json()["confidence"]) == (201, "suggested", 30)
    assert told.json()["evidence"] == ["a program of the team told it", "a name like the one here"]
    client.force_login(cast.dora)
    assert "suggested, 30 %" in page_of(client, cast.ana)
    connects(rf, cast.chris, "m-2", "ana_beats")  # it was somebody else's
    assert Handle.objects.get(person=cast.ana).state == "ruled_out"
    assert Handle.objects.get(person=cast.chris).state == "proved"
    again = client.post(f"/desk/customers/{cast.ana.pk}/handles/", {"place": "mastodon", "name": "ana_beats"})
    assert again.status_code == 409
    assert "chris: they signed in with it" in again.content.decode()


def test_ac_crm_5_a_suggestion_that_was_ruled_out_stays_out_until_that_is_taken_back(client, cast):
    item_of(cast)
    client.force_login(cast.dora)
    handles = f"/desk/customers/{cast.ana.pk}/handles/"
    client.post(handles, {"place": "reddit", "name": "anax"})
    handle = Handle.objects.get()
    client.post(f"{handles}{handle.pk}/rule-out/")
    assert client.post(handles, {"place": "reddit", "name": "@AnaX"}).status_code == 409
    client.post(f"{handles}{handle.pk}/rule-out/", {"again": "1"})
    handle.refresh_from_db()
    assert handle.state == "suggested"
    verbs = [verb for verb in Event.objects.order_by("pk").values_list("verb", flat=True) if verb.startswith("handle")]
    assert verbs == ["handle.suggested", "handle.ruled_out", "handle.suggested"]


def test_ac_crm_5_a_merge_keeps_both_histories_and_unmerge_restores_both_with_what_came_since(fay, cast):
    item_of(cast)
    Question.objects.ask(by=cast.chris, title="Charging case stays dark", source="No light at all.", product=cast.beam2)
    assert merged(fay, cast.chris, cast.ana).status_code == 302
    for person in (cast.ana, cast.chris):
        page = page_of(fay, person)
        assert "Charging case stays dark" in page
        assert "asked in public · ana" in page
        assert "asked in public · chris" in page
    Question.objects.ask(by=cast.chris, title="Written since by chris", source="After the merge.", product=cast.beam2)
    ana_asks(cast, title="Written since by ana", source="After the merge, too.")
    assert "Written since by chris" in page_of(fay, cast.ana)
    merge = Merge.objects.get()
    assert fay.post(f"/desk/customers/{cast.ana.pk}/merges/{merge.pk}/undo/").status_code == 302
    ana, chris = page_of(fay, cast.ana), page_of(fay, cast.chris)
    for title in ("Charging case stays dark", "Written since by chris"):
        assert (title in ana, title in chris) == (False, True)
    assert ("Written since by ana" in ana, "Written since by ana" in chris) == (True, False)
    assert set(Event.objects.filter(verb__startswith="people.").values_list("verb", "actor")) == {
        ("people.merged", cast.fay.pk), ("people.unmerged", cast.fay.pk),
    }  # fmt: skip


def test_ac_crm_5_two_subjects_of_single_sign_on_are_two_people(fay, cast, rf, mastodon):
    connects(rf, cast.ana, "m-1", "ana_beats")
    connects(rf, cast.chris, "m-2", "chris_plays")
    answer = merged(fay, cast.chris, cast.ana)
    assert answer.status_code == 422
    assert "as two different people there" in answer.content.decode()
    told = Program(cast.fay, ["desk:write"]).ask(
        "POST", f"/desk/customers/{cast.ana.pk}/merges/", {"other": "chris", "keep": "this", "reason": "Looks alike."}
    )
    assert (told.status_code, told.json()["code"]) == (422, "two_subjects")
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("gone", "kept", "status"), [("ana", "ana", 422), ("dora", "ana", 422), ("nobody", "ana", 422)]
)
def test_what_is_not_merged_is_said_plainly(fay, cast, gone, kept, status):
    other = getattr(cast, gone, None)
    address = reverse("moderation:customer-merge", args=[getattr(cast, kept).pk])
    answer = fay.post(address, {"other": other.username if other else gone, "keep": "this", "reason": "Sure."})
    assert answer.status_code == status
    assert not Merge.objects.exists()


def test_whoever_is_merged_is_not_merged_again_and_agents_do_not_decide(fay, client, cast):
    item_of(cast)
    merged(fay, cast.chris, cast.ana)
    assert merged(fay, cast.chris, cast.ben).status_code == 409
    assert merged(fay, cast.ana, cast.ben).status_code == 409
    client.force_login(cast.dora)
    assert merged(client, cast.ben, cast.ana).status_code == 403


def test_a_partner_learns_nothing_of_an_account_that_they_do_not_work_for(client, cast, fay):
    item_of(cast)
    Question.objects.ask(by=cast.chris, title="Kettle One hums", source="Always a low hum.", product=cast.kettle_one)
    work()
    merged(fay, cast.ana, cast.chris)
    client.force_login(cast.gil)
    page = page_of(client, cast.chris)
    assert "Kettle One hums" in page
    assert "ana" not in page.replace("manage", "").split("<main")[1].split("History")[0]
    assert Program(cast.gil, ["desk:read"]).ask("GET", f"/desk/customers/{cast.chris.pk}/merges/").json()["rows"] == []


def test_accounts_with_the_same_order_are_shown_as_alike(fay, cast):
    item_of(cast)
    number = cast.ana.ownerships.first().order_number
    cast.chris.ownerships.create(product=cast.beam2, order_number=number)
    assert "may be the same person" in page_of(fay, cast.ana)


# The CRM beside it.


@pytest.fixture
def crm(cast, db):
    """HubSpot, which may be told mail addresses."""
    side = fake_side("hubspot")
    connection = side.connect()
    connection.sends_contact_data = True
    connection.save()
    yield side, connection
    side.stop()


def two_cases(cast, connection):
    first = item_of(cast)
    dora_pushes(cast, first, connection)
    question = Question.objects.ask(by=cast.chris, title="Case stays dark", source="No light.", product=cast.beam2)
    work()
    second = question.thread.item
    dora_pushes(cast, second, connection)
    work_through()
    return first.cases.get(), second.cases.get()


def test_ac_crm_5_in_the_crm_both_accounts_cases_hang_below_one_contact_and_part_again(fay, cast, crm):
    side, connection = crm
    anas, chriss = two_cases(cast, connection)
    own = {side.people.contact_of(anas.remote_id), side.people.contact_of(chriss.remote_id)}
    assert len(own) == 2
    merged(fay, cast.chris, cast.ana)
    work_through()
    assert side.people.contact_of(chriss.remote_id) == side.people.contact_of(anas.remote_id)
    fay.post(f"/desk/customers/{cast.ana.pk}/merges/{Merge.objects.get().pk}/undo/")
    work_through()
    assert {side.people.contact_of(anas.remote_id), side.people.contact_of(chriss.remote_id)} == own
    assert set(side.people.contacts()) == own


def test_ac_crm_5_a_changed_mail_address_updates_the_contact_and_makes_no_second_one(client, cast, crm):
    side, connection = crm
    cast.confirm(cast.ana)
    two_cases(cast, connection)
    before = set(side.people.contacts())
    enter(client, "ana")
    client.post("/account/email/", {"email": "ana.new@example.org", "action_add": ""})
    client.post("/account/confirm-email/", {"code": newest_code("ana.new@example.org")})
    cast.ana.refresh_from_db()
    assert cast.ana.email == "ana.new@example.org"
    work_through()
    contact = RemoteRef.objects.get(kind="contact", ref=reference("contact", cast.ana.pk)).remote_id
    assert set(side.people.contacts()) == before
    assert side.people.contacts()[contact]["email"] == "ana.new@example.org"
    client.force_login(cast.fay)
    page = page_of(client, cast.ana)
    assert page.count('data-testid="way"') == 3  # the account, one address, the contact in the CRM


@pytest.mark.parametrize("is_leaving", [True, False])
def test_while_one_account_is_to_be_erased_nothing_is_told_by_the_other(fay, cast, crm, is_leaving):
    _side, connection = crm
    _anas, chriss = two_cases(cast, connection)
    merged(fay, cast.chris, cast.ana)
    if is_leaving:
        Erasure.objects.create(person=cast.ana, by=cast.ana)
    work_through()
    told = CasePush.objects.filter(case=chriss, kind="contact", ref=reference("contact", cast.ana.pk), state="sent")
    assert told.exists() is not is_leaving
