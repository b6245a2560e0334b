"""AC-PRIV-9 and the conversation itself: both sides, one order, plain status."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import EmailDelivery
from moderation.escalation.models import Conversation
from tests.jobs import work
from tests.moderation.escalation.scenes import BOTH, CANARY, ana_accepts, ana_writes_in_private, on_the_desk

HTMX = {"HX-Request": "true"}


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


def test_ac_priv_9_ana_asks_in_private_and_sees_status_next_step_and_promised_time(client, cast):
    client.force_login(cast.ana)
    form = {"send": "1", "title": "A refund", "text": f"Please. {CANARY}", "channels": BOTH, "product": cast.beam2.pk}
    answered = client.post("/requests/new/", form)
    conversation = Conversation.objects.get()
    assert answered.url == f"/requests/{conversation.token}/"
    page = client.get("/requests/").content.decode()
    for piece in ("A refund", "With our team", "We read it and answer you.", "Answer by", "Beam 2"):
        assert piece in page, piece
    assert conversation.item.state == "open"
    assert CANARY in client.get(answered.url).content.decode()


def test_a_refused_public_text_is_kept_on_the_way_to_private(client, cast):
    client.force_login(cast.ana)
    kept = client.post(
        "/requests/new/", {"title": "Order NL-1001", "text": "It is at +49 30 901820.", "product": "beam-2"}
    )
    page = kept.content.decode()
    assert kept.status_code == 200
    assert 'value="Order NL-1001"' in page
    assert "It is at +49 30 901820." in page
    assert f'value="{cast.beam2.pk}" selected' in page
    assert Conversation.objects.count() == 0


def test_what_is_stopped_in_a_thread_of_ones_own_stays_about_that_thread(client, cast):
    thread = on_the_desk(cast)
    client.force_login(cast.ana)
    stopped = client.post(f"/threads/{thread.pk}/reply/", {"text": "It is order NL-1001, can you swap it?"})
    assert f'name="thread" value="{thread.pk}"' in stopped.content.decode()
    brought = {"thread": thread.pk, "title": thread.title, "text": "It is order NL-1001, can you swap it?"}
    page = client.post("/requests/new/", brought).content.decode()
    assert "About your question:" in page
    sent = {**brought, "send": "1", "channels": ["page"], "product": cast.beam2.pk}
    assert client.post("/requests/new/", sent).status_code == 302
    conversation = Conversation.objects.get()
    assert (conversation.thread, conversation.version) == (thread, "fw 3.2")
    assert thread.notices.filter(kind="private").exists()


def test_somebody_elses_thread_is_never_what_a_private_matter_is_about(client, cast):
    thread = on_the_desk(cast)
    client.force_login(cast.ben)
    form = {"send": "1", "thread": thread.pk, "title": "A swap", "text": "Please swap it.", "channels": ["page"]}
    assert client.post("/requests/new/", form).status_code == 302
    assert Conversation.objects.get().thread is None
    assert not thread.notices.filter(kind="private").exists()


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(client, cast):
    client.force_login(cast.ana)
    answered = client.post("/requests/new/", {"send": "1", "title": "", "text": "My long text.", "channels": BOTH})
    assert answered.status_code == 422
    assert "My long text." in answered.content.decode()


def test_dora_answers_and_ana_reads_it_under_the_persona(client, cast, request_of_ana):
    client.force_login(cast.dora)
    url = f"/desk/conversations/{request_of_ana.pk}/reply/"
    assert client.post(url, {"text": "Which **serial**?", "seen": "1"}).status_code == 302
    client.force_login(cast.ana)
    page = client.get(f"/requests/{request_of_ana.token}/").content.decode()
    assert "<strong>serial</strong>" in page
    assert "Dora, Bluetooth" in page
    assert "We answered" in page
    assert "dora@northlight.example" not in page
    request_of_ana.item.refresh_from_db()
    assert request_of_ana.item.state == "watching"


def test_messages_are_numbered_in_one_order_whatever_the_side(cast, request_of_ana):
    request_of_ana.reply("two", by=cast.dora)
    request_of_ana.say("three", by=cast.ana)
    request_of_ana.reply("four", by=cast.emil)
    assert [(m.number, m.source) for m in request_of_ana.messages.all()][1:] == [(2, "two"), (3, "three"), (4, "four")]


def test_a_newer_message_stops_the_reply_and_keeps_its_text(client, cast, request_of_ana):
    request_of_ana.say("Oh, and one more thing.", by=cast.ana)
    client.force_login(cast.dora)
    answered = client.post(
        f"/desk/conversations/{request_of_ana.pk}/reply/", {"text": "My careful answer", "seen": "1"}, headers=HTMX
    )
    assert answered.status_code == 409
    assert "My careful answer" in answered.content.decode()
    assert "Oh, and one more thing." in answered.content.decode()
    assert request_of_ana.messages.count() == 2


def test_sent_twice_said_once(client, cast, request_of_ana):
    client.force_login(cast.ana)
    for _ in range(2):
        client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "Again", "once": "k1"})
    assert request_of_ana.messages.count() == 2


def test_htmx_gets_the_middle_and_others_a_redirect(client, cast, request_of_ana):
    client.force_login(cast.ana)
    fragment = client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "By htmx"}, headers=HTMX)
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "By htmx" in fragment.content.decode()
    assert client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "Plain"}).status_code == 302


def test_an_empty_message_is_refused_and_a_file_alone_is_fine(client, cast, request_of_ana):
    client.force_login(cast.ana)
    assert client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "  "}).status_code == 422
    file = SimpleUploadedFile("log.txt", b"drop at 10:41")
    assert client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "", "files": [file]}).status_code == 302
    assert request_of_ana.messages.last().attachments.get().name == "log.txt"


def test_ac_priv_9_ana_closes_and_opens_again_until_14_days(client, cast, request_of_ana):
    client.force_login(cast.ana)
    client.post(f"/requests/{request_of_ana.token}/close/")
    request_of_ana.refresh_from_db()
    request_of_ana.item.refresh_from_db()
    assert (request_of_ana.state, request_of_ana.item.state) == ("closed", "closed")
    request_of_ana.closings.update(created_at=timezone.now() - timedelta(days=13, hours=23))
    client.post(f"/requests/{request_of_ana.token}/reopen/")
    request_of_ana.refresh_from_db()
    request_of_ana.item.refresh_from_db()
    assert (request_of_ana.state, request_of_ana.item.state) == ("team", "open")
    client.post(f"/requests/{request_of_ana.token}/close/")
    request_of_ana.closings.update(created_at=timezone.now() - timedelta(days=14, minutes=1))
    late = client.post(f"/requests/{request_of_ana.token}/reopen/")
    assert late.status_code == 409
    assert client.post(f"/requests/{request_of_ana.token}/reply/", {"text": "late words"}).status_code == 409
    assert "new request" in client.get(f"/requests/{request_of_ana.token}/").content.decode()


def test_ac_priv_9_a_comment_opens_a_closed_request(cast, request_of_ana):
    request_of_ana.close(by=cast.dora, result="solved")
    request_of_ana.say("It is back.", by=cast.ana)
    assert request_of_ana.state == "team"
    assert Event.objects.filter(verb="conversation.reopened").count() == 1


def test_a_promise_of_the_agent_is_shown(client, cast, request_of_ana):
    by = (timezone.localtime() + timedelta(days=2)).replace(hour=15, minute=30)
    client.force_login(cast.dora)
    form = {"text": "We look into it.", "promised_at": by.strftime("%Y-%m-%dT%H:%M")}
    client.post(f"/desk/conversations/{request_of_ana.pk}/reply/", form)
    client.force_login(cast.ana)
    assert "15:30" in client.get("/requests/").content.decode()


def test_events_say_what_happened_without_the_words(cast, request_of_ana):
    request_of_ana.reply("The secret is marmalade.", by=cast.dora)
    request_of_ana.close(by=cast.dora, result="solved", note="marmalade again")
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"help.asked", "message.received", "message.sent", "conversation.closed", "survey.sent"} <= verbs
    everything = str(list(Event.objects.values_list("details", flat=True)))
    assert "marmalade" not in everything
    assert CANARY not in everything


def test_ana_is_told_once_in_the_tray_and_dora_hears_of_the_reply(cast):
    conversation = ana_accepts(cast)
    conversation.reply("Hello", by=cast.dora)
    conversation.say("Hello back", by=cast.ana)
    work()
    assert cast.ana.notifications.filter(text__contains="answered your private request").count() == 1
    assert cast.dora.notifications.filter(text__contains="wrote to you in private").count() >= 1
    assert EmailDelivery.objects.filter(chain=f"conversation-{conversation.pk}").count() == 1


def test_lists_and_pages_cost_a_constant_number_of_queries(client, cast, django_assert_max_num_queries):
    for number in range(6):
        conversation = ana_writes_in_private(cast, title=f"Number {number}")
    for number in range(10):
        conversation.reply(f"answer {number}", by=cast.dora)
    client.force_login(cast.ana)
    client.get("/requests/")
    with django_assert_max_num_queries(12):
        client.get("/requests/")
    with django_assert_max_num_queries(22):
        client.get(f"/requests/{conversation.token}/")
    client.force_login(cast.dora)
    client.get("/desk/escalations/")
    with django_assert_max_num_queries(22):
        client.get("/desk/escalations/")
    with django_assert_max_num_queries(26):
        client.get(f"/desk/conversations/{conversation.pk}/", headers=HTMX)
