"""AC-PRIV-2 and AC-PRIV-3: nothing is made before the customer agrees, and what they agree to is carried over."""

import pytest

from community.events.models import Event
from community.refusals import Refusal
from forums.threads.models import Notice
from moderation.escalation.models import Conversation, Invitation
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.escalation.scenes import BOTH, PURPOSE, dora_offers, item_of, on_the_desk
from tests.scenes import ben_answers


def offer(client, thread, **form):
    form = {"channels": BOTH, "purpose": PURPOSE, **form}
    return client.post(f"/desk/items/{item_of(thread).pk}/private/offer/", form)


def test_ac_priv_2_dora_invites_and_until_ana_agrees_nothing_else_exists(client, cast):
    thread = on_the_desk(cast)
    client.force_login(cast.dora)
    assert offer(client, thread).status_code == 302
    assert Invitation.objects.count() == 1
    assert Conversation.objects.count() == 0
    assert Item.objects.filter(kind="conversation").count() == 0
    assert [notice.text for notice in thread.open_notices] == ["The team has offered private help."]
    assert PURPOSE not in str(list(Event.objects.values_list("details", flat=True)))


def test_ac_priv_2_the_consent_page_lists_channels_purpose_and_what_is_shared(client, cast):
    thread = on_the_desk(cast)
    ben_answers(cast, thread.question)
    invitation = dora_offers(cast, thread)
    client.force_login(cast.ana)
    page = client.get(f"/requests/invitations/{invitation.token}/").content.decode()
    for piece in (
        "Dora, Bluetooth",
        PURPOSE,
        "On a private page here",
        "By e-mail",
        "fw 3.2",
        thread.get_absolute_url(),
    ):
        assert piece in page, piece
    assert "> Since the update last night" in page.replace("&gt;", ">")
    assert "- ben: Turn LE Audio off" in page
    assert Conversation.objects.count() == 0


def test_from_the_thread_ana_comes_straight_to_what_waits_about_it(client, cast):
    invitation = dora_offers(cast)
    about = f"/requests/about/{invitation.thread_id}/"
    client.force_login(cast.ana)
    assert about in client.get(invitation.thread.get_absolute_url()).content.decode()
    assert client.get(about).url == f"/requests/invitations/{invitation.token}/"
    client.post(
        f"/requests/invitations/{invitation.token}/accept/", {"channels": ["page"], "title": "It", "text": "So."}
    )
    assert client.get(about).url == f"/requests/{Conversation.objects.get().token}/"
    client.force_login(cast.ben)
    assert client.get(about).url == "/requests/"


def test_ac_priv_3_ana_edits_what_is_shared_and_agrees(client, cast):
    invitation = dora_offers(cast)
    client.force_login(cast.ana)
    form = {
        "channels": ["page"],
        "title": "My order",
        "text": "Only this.",
        "version": "fw 3.2",
        "environment": "iPhone",
    }
    answered = client.post(f"/requests/invitations/{invitation.token}/accept/", form)
    conversation = Conversation.objects.get()
    assert answered.status_code == 302
    assert answered.url == f"/requests/{conversation.token}/"
    message = conversation.messages.get()
    assert (message.number, message.source, message.side) == (1, "Only this.", "customer")
    assert (conversation.version, conversation.environment) == ("fw 3.2", "iPhone")
    assert conversation.item.kind == "conversation"
    assert conversation.item.assignee == cast.dora
    assert [leg.channel for leg in conversation.legs.all()] == ["page"]
    notices = {notice.kind: notice.text for notice in invitation.thread.open_notices}
    assert list(notices) == ["private"]
    assert notices["private"].startswith("This is being handled privately since ")


def test_ac_priv_3_the_thread_stays_open_for_peers(cast):
    invitation = dora_offers(cast)
    invitation.accept(by=cast.ana, channels=["page"], title="x", text="y")
    assert ben_answers(cast, invitation.thread.question).pk


def test_ac_priv_2_decline_goes_on_in_public_and_nobody_invites_again(client, cast):
    invitation = dora_offers(cast)
    client.force_login(cast.ana)
    assert client.post(f"/requests/invitations/{invitation.token}/decline/").status_code == 302
    assert not invitation.thread.open_notices
    for agent in (cast.dora, cast.emil, cast.fay):
        client.force_login(agent)
        again = offer(client, invitation.thread)
        assert again.status_code == 409
        assert "declined private help for this issue" in again.content.decode()
    assert Conversation.objects.count() == 0
    assert ben_answers(cast, invitation.thread.question).pk


def test_a_second_offer_while_the_first_waits_is_refused(client, cast):
    invitation = dora_offers(cast)
    client.force_login(cast.emil)
    assert offer(client, invitation.thread).status_code == 409


def test_accepting_twice_makes_one_conversation(client, cast):
    invitation = dora_offers(cast)
    client.force_login(cast.ana)
    form = {"channels": ["page"], "title": "x", "text": "y", "once": "same"}
    first = client.post(f"/requests/invitations/{invitation.token}/accept/", form)
    second = client.post(f"/requests/invitations/{invitation.token}/accept/", form)
    assert first["Location"] == second["Location"]
    third = client.post(f"/requests/invitations/{invitation.token}/accept/", {**form, "once": "other"})
    assert third.status_code == 409
    assert "y" in third.content.decode()
    assert Conversation.objects.count() == 1


def test_a_channel_that_was_not_offered_is_refused(cast):
    invitation = dora_offers(cast, channels=["page"])
    with pytest.raises(Refusal):
        invitation.accept(by=cast.ana, channels=["mail"], title="x", text="y")


def test_looking_at_the_invitation_agrees_to_nothing(client, cast):
    invitation = dora_offers(cast)
    client.force_login(cast.ana)
    client.get(f"/requests/invitations/{invitation.token}/")
    assert client.get(f"/requests/invitations/{invitation.token}/accept/").status_code == 405
    invitation.refresh_from_db()
    assert invitation.is_open


@pytest.mark.parametrize("who", ["mallory", "ben", "dora", "kim"])
def test_nobody_else_finds_the_invitation(client, cast, who):
    invitation = dora_offers(cast)
    client.force_login(getattr(cast, who))
    for path in ("", "accept/", "decline/"):
        url = f"/requests/invitations/{invitation.token}/{path}"
        assert (client.post(url) if path else client.get(url)).status_code == 404
    invitation.refresh_from_db()
    assert invitation.is_open


def test_ana_hears_of_the_offer_in_tray_and_mail(cast, mailoutbox):
    invitation = dora_offers(cast)
    work()
    assert cast.ana.notifications.filter(kind="private").count() == 1
    mail = next(mail for mail in mailoutbox if mail.to == ["ana@example.org"])
    assert f"/requests/invitations/{invitation.token}/" in mail.body


@pytest.mark.parametrize(
    ("who", "status"), [("mallory", 404), ("ana", 404), ("hana", 403), ("ivo", 403), ("jo", 403), ("gil", 404)]
)
def test_who_may_not_offer(client, cast, who, status):
    thread = on_the_desk(cast)
    client.force_login(getattr(cast, who))
    assert offer(client, thread).status_code == status
    assert Invitation.objects.count() == 0
    assert Notice.objects.count() == 0


def test_strangers_go_to_sign_in(client, cast):
    thread = on_the_desk(cast)
    assert offer(client, thread).url.startswith("/account/login/")
