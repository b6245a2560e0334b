"""AC-AGENT-9: two who asked in one merged thread are both named before sending; replies go to who wrote the message."""

import pytest

from community.notifications.models import Notification
from forums.questions.merging import merge, unmerge
from forums.questions.models import Question
from forums.threads.models import Thread
from moderation.desk.customer import askers_of
from moderation.desk.timeline import timeline_of
from moderation.escalation.models import Conversation, Invitation
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
OFFER = {"channels": ["page"], "purpose": "I would like to look at your order with you."}


@pytest.fixture
def second(cast, item):
    """Chris's question, merged into Ana's."""
    question = Question.objects.ask(
        by=cast.chris, title="My Beam 2 loses the phone", source="Every few seconds it is gone.", product=cast.beam2
    )
    work()
    question.merging = merge(question.thread, into=item.thread, by=cast.hana, reason="the same")
    work()
    return question


def card(item) -> Item:
    return Item.objects.with_people().get(pk=item.pk)


def test_ac_agent_9_both_are_named_before_a_public_answer_is_sent(dora, cast, item, second):
    assert [one.username for one in askers_of(card(item), timeline_of(card(item)))] == ["ana", "chris"]
    page = one_line(dora.get(f"/desk/items/{item.pk}/?compose=answer"))
    assert "Answer ana and chris (public)" in page
    assert "ana and chris asked this: one answer, read by all 2." in page
    dora.post(f"/desk/items/{item.pk}/answer/", {"text": "Firmware 3.2.1 mends this.", "seen": 0})
    work()
    for person in (cast.ana, cast.chris):
        assert Notification.objects.filter(person=person, kind="answer").exists(), person


def test_one_who_asked_is_named_alone_and_after_undo_again(dora, cast, item, second):
    unmerge(second.merging, by=cast.hana)
    page = one_line(dora.get(f"/desk/items/{item.pk}/?compose=answer"))
    assert "Answer ana (public)" in page
    assert "asked this: one answer" not in page


def test_ac_agent_9_a_reply_to_a_merged_message_goes_to_its_author(dora, cast, item, second):
    merged = second.thread.posts.get(kind="opening")
    page = one_line(dora.get(f"/desk/items/{item.pk}/"))
    assert f"/posts/{merged.pk}/comment/" in page
    assert "Reply to chris" in page
    Notification.objects.all().delete()
    sent = dora.post(f"/posts/{merged.pk}/comment/", {"text": "Which phone is it, please?", "as_staff": "1"})
    assert sent.status_code == 302
    work()
    told = Notification.objects.filter(person=cast.chris).get()
    assert told.url.startswith("/")
    own = Notification.objects.filter(person=cast.ana).values_list("kind", flat=True)
    assert "comment" not in own


def test_ac_agent_9_private_help_names_both_and_goes_to_the_one_who_is_chosen(dora, cast, item, second):
    panel = one_line(dora.get(f"/desk/items/{item.pk}/private/"))
    assert "Whom do you invite?" in panel
    assert f"ana: {item.title}" in panel
    assert "chris: My Beam 2 loses the phone" in panel
    path = f"/desk/items/{item.pk}/private/offer/"
    assert dora.post(path, OFFER).status_code == 422  # nobody is chosen for the agent
    assert not Invitation.objects.exists()
    assert dora.post(path, {**OFFER, "to": second.pk}).status_code == 302
    offer = Invitation.objects.get()
    assert (offer.customer, offer.thread_id) == (cast.chris, second.pk)
    work()
    assert not Notification.objects.filter(person=cast.ana, kind="private").exists()
    talk = offer.accept(by=cast.chris, channels=["page"], title="My order", text="It is NL-2002.")
    talk.reply("Thank you, chris.", by=cast.dora, seen=talk.last_number)
    assert Conversation.objects.get().customer == cast.chris
    panel = one_line(dora.get(f"/desk/items/{item.pk}/private/"))
    assert "Invite ana to private help" in panel  # the other one can still be invited
    assert dora.post(path, OFFER).status_code == 302
    assert {one.customer for one in Invitation.objects.all()} == {cast.ana, cast.chris}


def test_a_thread_of_one_is_asked_as_before(dora, cast, item):
    panel = one_line(dora.get(f"/desk/items/{item.pk}/private/"))
    assert "Whom do you invite?" not in panel
    assert dora.post(f"/desk/items/{item.pk}/private/offer/", OFFER).status_code == 302
    assert dora.post(f"/desk/items/{item.pk}/private/offer/", OFFER).status_code == 409
    assert Invitation.objects.get().thread == Thread.objects.get(pk=item.thread_id)
