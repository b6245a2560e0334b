"""Undo send in private conversations and on the desk: the mail is held back until the time to undo is over."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.notifications.models import EmailDelivery, Notification
from community.notifications.tasks import send_mail
from forums.threads.models import Post
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.escalation.scenes import ana_accepts, item_of, on_the_desk

WORDS = "Your refund is on its way, it takes three days."


@pytest.fixture(autouse=True)
def half_a_minute(settings):
    settings.UNDO_SECONDS = 30


@pytest.fixture
def conversation(cast):
    conversation = ana_accepts(cast)
    work()
    mail.outbox.clear()
    return conversation


def dora_replies(client, cast, conversation, text=WORDS, **headers):
    client.force_login(cast.dora)
    sent = {"text": text, "seen": conversation.last_number, "once": "r1"}
    return client.post(f"/desk/conversations/{conversation.pk}/reply/", sent, **headers)


def undo_address(conversation, number: int) -> str:
    return f"/desk/conversations/{conversation.pk}/messages/{number}/undo/"


def test_a_private_reply_is_undone_before_its_mail_goes(client, cast, conversation):
    page = dora_replies(client, cast, conversation, HTTP_HX_REQUEST="true").content.decode()
    number = conversation.messages.last().number
    assert undo_address(conversation, number) in page
    row = EmailDelivery.objects.get(key=f"message-{conversation.messages.last().pk}")
    job = ProcrastinateJob.objects.get(task_name="community.notifications.tasks.send_mail", args__mail_id=row.pk)
    assert 25 <= (job.scheduled_at - timezone.now()).total_seconds() <= 30
    work()
    assert Notification.objects.filter(
        person=cast.ana, kind="private", gone_at=None, event__verb="message.sent"
    ).exists()
    for key in ("u1", "u1", "u2"):
        page = client.post(undo_address(conversation, number), {"once": key}, HTTP_HX_REQUEST="true").content.decode()
        assert f">\n{WORDS}</textarea>" in page
        assert "Sent." not in page
    send_mail(row.pk)
    work()
    assert not mail.outbox
    assert not Notification.objects.filter(person=cast.ana, gone_at=None, event__verb="message.sent").exists()
    conversation.refresh_from_db()
    assert conversation.state == conversation.State.WAITING_FOR_TEAM
    assert conversation.messages.filter(source=WORDS).count() == 0
    item = Item.objects.get(pk=conversation.item_id)
    assert item.state == Item.State.OPEN
    client.force_login(cast.ana)
    assert WORDS not in client.get(conversation.get_absolute_url()).content.decode()


def test_undone_before_the_worker_came_by_nobody_is_told_at_all(client, cast, conversation):
    dora_replies(client, cast, conversation)
    client.post(undo_address(conversation, conversation.messages.last().number))
    work()
    assert not Notification.objects.filter(person=cast.ana, event__verb="message.sent").exists()


def test_the_customer_undoes_what_she_said_without_scripts(client, cast, conversation):
    client.force_login(cast.ana)
    address = conversation.get_absolute_url()
    client.post(f"{address}reply/", {"text": "My number is on the box.", "once": "s1"})
    number = conversation.messages.last().number
    work()
    assert f"{address}messages/{number}/undo/" in client.get(address).content.decode()
    page = client.post(f"{address}messages/{number}/undo/", {"once": "u1"}, follow=True).content.decode()
    assert ">\nMy number is on the box.</textarea>" in page
    assert conversation.messages.count() == 1
    assert not Notification.objects.filter(person=cast.dora, gone_at=None, event__details__number=number).exists()


def test_what_began_it_what_was_answered_and_what_is_old_stays_and_says_why(client, cast, conversation):
    client.force_login(cast.ana)
    first = client.post(f"{conversation.get_absolute_url()}messages/1/undo/")
    assert first.status_code == 409
    assert "This cannot be undone." in first.content.decode()
    dora_replies(client, cast, conversation)
    number = conversation.messages.last().number
    with time_machine.travel(timezone.now() + timedelta(seconds=36)):
        late = client.post(undo_address(conversation, number))
        assert late.status_code == 409
        assert "It is too late to undo this" in late.content.decode()
        assert undo_address(conversation, number) not in late.content.decode()
    conversation.refresh_from_db()
    conversation.say("And the cable?", by=cast.ana)
    answered = client.post(undo_address(conversation, number))
    assert answered.status_code == 409
    assert "Something was said since, so this stays." in answered.content.decode()
    assert conversation.messages.count() == 3


def test_mallory_and_colleagues_undo_nothing(client, cast, conversation):
    dora_replies(client, cast, conversation)
    number = conversation.messages.last().number
    client.force_login(cast.mallory)
    assert client.post(undo_address(conversation, number)).status_code == 404
    assert client.post(f"{conversation.get_absolute_url()}messages/{number}/undo/").status_code == 404
    client.force_login(cast.emil)
    client.post(undo_address(conversation, number))
    assert conversation.messages.filter(number=number).exists()


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_an_agent_undoes_a_public_answer_at_the_desk_and_the_customer_waits_again(client, cast, headers):
    thread = on_the_desk(cast)
    item = item_of(thread)
    client.force_login(cast.dora)
    form = {"text": "Please turn LE Audio off.", "seen": 0, "once": "a1"}
    page = client.post(f"/desk/items/{item.pk}/answer/", form, follow=True, **headers).content.decode()
    post = Post.objects.get(kind="answer")
    work()
    address = f"/desk/items/{item.pk}/answers/{post.pk}/undo/"
    assert re.search(f'action="{address}[^>]*>\\s*<input type="hidden" name="csrfmiddlewaretoken" value="\\w+"', page)
    assert item_of(thread).state == Item.State.WATCHING
    page = client.post(address, {"once": "u1"}, follow=True, **headers).content.decode()
    work()
    assert ">\nPlease turn LE Audio off.</textarea>" in page
    assert item_of(thread).state == Item.State.OPEN
    thread.refresh_from_db()
    assert thread.answer_count == 0
