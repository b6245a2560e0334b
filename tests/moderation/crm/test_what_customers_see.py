"""Customers read where their case stands beside their request, in our words; supervisors find the CRM on the desk."""

import pytest

from moderation.crm.models import Case
from moderation.crm.returning import apply_status
from tests.moderation.escalation.scenes import ana_writes_in_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(cast):
    """Ana's request, with a case in the CRM that is being worked on."""
    conversation = ana_writes_in_private(cast)
    Case.objects.create(item=conversation.item, customer=cast.ana, status="working", remote_id="case-77")
    return conversation


@pytest.mark.parametrize("page", ["one", "all"])
def test_ana_reads_that_the_team_is_working_on_it(client, cast, conversation, page):
    client.force_login(cast.ana)
    address = conversation.get_absolute_url() if page == "one" else "/requests/"
    shown = client.get(address).content.decode()
    assert "Our team is working on this." in shown
    assert "case-77" not in shown


def test_her_open_page_hears_it_at_once(cast, conversation, frames_of):
    frames = frames_of(lambda: apply_status(Case.objects.get(), "solved", 4))
    [html] = [frame["html"] for stream, frame in frames if stream == f"conversation:{conversation.pk}"]
    assert "Our team has solved this." in html


def test_a_case_that_the_crm_no_longer_has_says_nothing(client, cast, conversation):
    Case.objects.update(broken_at=conversation.created_at)
    client.force_login(cast.ana)
    assert "Our team is working on this." not in client.get(conversation.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("name", "has_it"), [("fay", True), ("kim", True), ("dora", False)])
def test_whoever_may_read_the_connections_finds_them_in_the_desks_menu(client, cast, name, has_it):
    client.force_login(getattr(cast, name))
    assert ('href="/desk/crm/"' in client.get("/desk/").content.decode()) == has_it
    assert client.get("/desk/crm/").status_code == (200 if has_it else 403)
