"""The pages of calls: who sees them, where the microphone is allowed, what is offered where a call is none."""

import base64
import hashlib
import hmac
import time

import pytest
from django.urls import reverse

from moderation.calls.models import Call
from moderation.escalation.models import Conversation
from tests.moderation.calls.scenes import ana_rings, dora_answers
from tests.moderation.chat.scenes import ana_writes, sits_down
from tests.scenes import as_

pytestmark = pytest.mark.django_db


def talk(call_or_conversation, name: str) -> str:
    conversation = getattr(call_or_conversation, "conversation", call_or_conversation)
    return reverse(f"moderation:talk-{name}", args=[conversation.token])


def test_the_microphone_is_allowed_on_pages_of_calls_and_nowhere_else(cast):
    call = dora_answers(cast)
    for client, url in (
        (as_(cast.ana), talk(call, "detail")),
        (as_(cast.dora), reverse("moderation:talk-room", args=[call.pk])),
    ):
        policy = client.get(url)["Permissions-Policy"]
        assert "microphone=(self)" in policy
        assert "camera=()" in policy
    for url in (
        "/",
        call.conversation.get_absolute_url(),
        reverse("moderation:chat-detail", args=[call.conversation.token]),
    ):
        assert "microphone=()" in as_(cast.ana).get(url)["Permissions-Policy"]


def test_an_absent_team_offers_a_time_a_chat_and_writing(cast):
    conversation = ana_writes(cast)
    page = as_(cast.ana).get(talk(conversation, "detail")).content.decode()
    assert "Nobody can speak right now" in page
    for name, argument in (("callback-book", conversation.token), ("chat-detail", conversation.token)):
        assert reverse(f"moderation:{name}", args=[argument]) in page
    answer = as_(cast.ana).post(talk(conversation, "start"))
    assert answer.status_code == 409
    assert "We gladly call you" in answer.content.decode()


def test_without_a_script_no_call_is_promised_but_every_other_way(cast):
    conversation = ana_writes(cast)
    sits_down(cast.dora)
    page = as_(cast.ana).get(talk(conversation, "detail")).content.decode()
    assert "data-needs-microphone hidden" in page
    assert "A call needs JavaScript in this browser" in page
    assert reverse("moderation:callback-book", args=[conversation.token]) in page


def test_the_agent_sees_the_card_before_answering(cast):
    call, dora = ana_rings(cast), as_(cast.dora)
    room = reverse("moderation:talk-room", args=[call.pk])
    assert "Since fw 3.2 the left side is silent." not in dora.get(room).content.decode()
    accept = reverse("moderation:talk-accept", args=[call.pk])
    assert dora.post(accept).status_code == 409
    card = dora.post(reverse("moderation:talk-card", args=[call.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "Since fw 3.2 the left side is silent." in card
    assert dora.post(accept).status_code == 302
    assert "<call-line" in dora.get(room).content.decode()


def test_ringing_answering_and_hanging_up_over_http(cast):
    conversation = ana_writes(cast)
    sits_down(cast.dora)
    ana = as_(cast.ana)
    assert ana.post(talk(conversation, "start")).status_code == 302
    call = Call.objects.get()
    strip = as_(cast.dora).get(reverse("moderation:talk-strip"), headers={"HX-Request": "true"}).content.decode()
    assert reverse("moderation:talk-room", args=[call.pk]) in strip
    ana.post(talk(conversation, "end"))
    assert Call.objects.get().end_reason == "customer"


def test_the_team_rings_the_pages_of_the_conversation_show_it_and_ana_answers(cast):
    conversation = ana_writes(cast)
    assert as_(cast.dora).post(reverse("moderation:talk-invite", args=[conversation.pk])).status_code == 302
    ana = as_(cast.ana)
    assert talk(conversation, "bell") in ana.get(conversation.get_absolute_url()).content.decode()
    assert "Dora, Bluetooth calls you." in ana.get(talk(conversation, "bell")).content.decode()
    assert ana.post(talk(conversation, "answer")).status_code == 302
    assert Call.objects.get().state == "connecting"


def test_credentials_of_the_relay_are_short_lived_and_of_one_side(cast, settings):
    settings.TURN_URLS, settings.TURN_SECRET, settings.TURN_MINUTES = ["turn:relay.example:3478"], "shared", 10
    settings.STUN_URLS = ["stun:relay.example:3478"]
    call = dora_answers(cast)
    told = as_(cast.ana).get(talk(call, "ways"))
    assert "no-store" in told["Cache-Control"]
    stun, turn = told.json()["iceServers"]
    assert stun == {"urls": ["stun:relay.example:3478"]}
    until, _colon, whose = turn["username"].partition(":")
    assert 590 <= int(until) - time.time() <= 601
    assert whose == f"{call.pk}-customer"
    digest = hmac.new(b"shared", turn["username"].encode(), hashlib.sha1).digest()
    assert turn["credential"] == base64.b64encode(digest).decode()


def test_without_a_relay_browsers_still_look_for_a_direct_way(cast, settings):
    settings.TURN_URLS = settings.STUN_URLS = []
    told = as_(cast.dora).get(reverse("moderation:talk-room-ways", args=[dora_answers(cast).pk])).json()
    assert told == {"iceServers": [], "iceTransportPolicy": "all"}


def test_a_stranger_finds_nothing_and_a_colleague_gets_no_way_into_it(cast):
    call = dora_answers(cast)
    for name in ("detail", "ways", "bell"):
        assert as_(cast.ben).get(talk(call, name)).status_code == 404
    for name in ("start", "answer", "end"):
        assert as_(cast.ben).post(talk(call, name)).status_code == 404
    ways, end = (reverse(f"moderation:talk-{name}", args=[call.pk]) for name in ("room-ways", "hang-up"))
    assert as_(cast.gil).get(ways).status_code == 404
    assert as_(cast.emil).get(ways).status_code == 403
    assert as_(cast.emil).post(end).status_code == 403
    assert Call.objects.get().ended_at is None


def test_the_ways_of_a_call_that_is_over_are_closed(cast):
    call = dora_answers(cast)
    call.hang_up(by=cast.dora)
    assert as_(cast.ana).get(talk(call, "ways")).status_code == 404
    assert as_(cast.dora).get(reverse("moderation:talk-room-ways", args=[call.pk])).status_code == 403


def test_speaking_is_a_way_beside_writing_chatting_and_being_called(client, cast):
    client.force_login(cast.ana)
    for path in ("/requests/new/", "/requests/chat/new/", "/requests/calls/new/", "/requests/talk/new/"):
        page = client.get(path).content.decode()
        for way in ("/requests/new/", "/requests/chat/new/", "/requests/calls/new/", "/requests/talk/new/"):
            assert f'href="{way}"' in page, (path, way)
    assert client.post("/requests/talk/new/", {"title": "No sound"}).status_code == 422
    form = {"title": "No sound", "text": "The left side is silent.", "product": cast.beam2.pk}
    led_to = client.post("/requests/talk/new/", form)["Location"]
    conversation = Conversation.objects.get()
    assert led_to == f"/requests/{conversation.token}/talk/"
    assert "Nobody can speak right now" in client.get(led_to).content.decode()
    assert not Call.objects.exists()


def test_speaking_without_a_session_leads_to_sign_in(client, db):
    assert client.get("/requests/talk/new/").status_code == 302
