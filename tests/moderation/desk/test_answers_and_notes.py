"""AC-AGENT-2 and AC-AGENT-3: two agents on one item, and a note that cannot be taken for an answer."""

import json

import pytest
from django.core import mail

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.models import Notification
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.queue.models import Item, Note
from tests.jobs import work

HTMX = {"HTTP_HX_REQUEST": "true"}
CANARY = "zebra-canary-7391"


def send(browser, item, text="Please try firmware 3.2.1.", seen=0, **more):
    return browser.post(f"/desk/items/{item.pk}/answer/", {"text": text, "seen": seen, **more})


def test_dora_answers_in_public_under_her_persona(dora, item, cast):
    response = send(dora, item)
    assert response.status_code == 302
    post = Post.objects.get(kind="answer")
    assert (post.author, post.alias) == (cast.dora, "Dora, Bluetooth")
    item.refresh_from_db()
    assert item.state == "watching"


def test_ac_agent_2_emil_was_faster_so_nothing_is_sent_and_doras_text_is_there(dora, item, cast):
    answer(item.thread, by=cast.emil, source="Firmware 3.2.1 mends this.", as_staff=True)
    response = send(dora, item, "My long and careful answer")
    page = response.content.decode()
    assert response.status_code == 409
    assert "My long and careful answer" in page
    assert "Firmware 3.2.1 mends this." in page
    assert "Emil answered while you were writing" in page
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_2_the_stopped_text_goes_out_unchanged_only_with_a_reason(dora, item, cast):
    theirs = answer(item.thread, by=cast.emil, source="Firmware 3.2.1 mends this.", as_staff=True)
    stopped = send(dora, item, "My answer").context["stopped"]
    again = send(dora, item, "My answer", seen=theirs.pk, stopped=stopped)
    assert again.status_code == 422
    assert "Say why it should go out unchanged" in again.content.decode()
    assert send(dora, item, "My answer", seen=theirs.pk, stopped=stopped, anyway="Both are needed").status_code == 302
    event = Event.objects.get(verb=Verb.ANSWER_SENT_ANYWAY)
    assert (event.actor, event.details["reason"]) == (cast.dora, "Both are needed")


def test_ac_agent_2_an_edited_text_goes_out_as_an_answer_to_what_is_there_now(dora, item, cast):
    theirs = answer(item.thread, by=cast.emil, source="Firmware 3.2.1 mends this.", as_staff=True)
    stopped = send(dora, item, "My answer").context["stopped"]
    assert send(dora, item, "As Emil says, and reset it too.", seen=theirs.pk, stopped=stopped).status_code == 302
    assert not Event.objects.filter(verb=Verb.ANSWER_SENT_ANYWAY).exists()


def test_ac_agent_2_a_double_click_sends_once(dora, item):
    first = send(dora, item, once="abc123")
    second = send(dora, item, once="abc123")
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert Post.objects.filter(kind="answer").count() == 1


def test_the_refusal_of_a_text_gives_it_back(dora, item):
    response = send(dora, item, "Your card 4111 1111 1111 1111 was charged.")
    assert response.status_code == 422
    assert "4111 1111 1111 1111" in response.content.decode()
    assert not Post.objects.filter(kind="answer").exists()


def test_ac_agent_3_no_way_to_write_is_chosen_for_the_agent(dora, item):
    page = dora.get(f"/desk/items/{item.pk}/").content.decode()
    assert page.count('data-form="answer" hidden') == page.count('data-form="note" hidden') == 1
    assert "aria-current" not in page.split('class="mode"')[1].split("</div>")[0]


@pytest.mark.parametrize("way", ["answer", "note"])
def test_without_script_a_link_opens_one_of_the_two_forms(dora, item, way):
    page = dora.get(f"/desk/items/{item.pk}/?compose={way}").content.decode()
    other = {"answer": "note", "note": "answer"}[way]
    assert f'data-form="{other}" hidden' in page
    assert f'data-form="{way}" hidden' not in page


def test_a_note_is_kept_for_the_team(dora, item, cast):
    assert dora.post(f"/desk/items/{item.pk}/note/", {"text": CANARY}).status_code == 302
    page = dora.get(f"/desk/items/{item.pk}/").content.decode()
    assert CANARY in page
    assert "Note to the team by dora" in page
    assert not Post.objects.filter(source__contains=CANARY).exists()
    item.refresh_from_db()
    assert item.state == "open"


def test_an_empty_note_is_asked_for(dora, item):
    response = dora.post(f"/desk/items/{item.pk}/note/", {"text": " "}, **HTMX)
    assert response.status_code == 422
    assert "Write the note first." in response.content.decode()


def test_ac_agent_3_a_note_is_nowhere_that_a_customer_looks(dora, client, item, cast):
    dora.post(f"/desk/items/{item.pk}/note/", {"text": CANARY})
    answer(item.thread, by=cast.dora, source="We will be back soon.", as_staff=True)
    work()
    thread = item.thread
    paths = ["/", "/questions/", thread.get_absolute_url(), "/notifications/", "/requests/", "/search/?q=zebra",
             "/people/dora-bluetooth/", f"/people/{cast.ana.username}/", "/tags/bluetooth/",
             "/products/beam-2/", "/feeds/questions/newest/", "/feeds/products/beam-2/", "/feeds/tags/bluetooth/",
             "/feeds/search/?q=zebra", "/sitemap.xml", f"/api/v1/questions/{thread.pk}/"]  # fmt: skip
    for person in (None, cast.ana, cast.mallory):
        client.logout()
        if person:
            client.force_login(person)
        for path in paths:
            found = client.get(path, follow=True)
            assert found.status_code == 200, path
            assert CANARY not in found.content.decode(), (person, path)
    assert all(CANARY not in letter.body and CANARY not in str(letter.message()) for letter in mail.outbox)
    assert CANARY not in json.dumps(list(Event.objects.values_list("details", flat=True)))
    assert not [row for row in Notification.objects.values() if CANARY in str(row)]


def test_ac_agent_3_a_note_becomes_an_answer_only_after_a_yes_to_who_reads_it(dora, item, cast):
    note = item.note("Update to 3.2.1.", by=cast.dora)
    page = dora.get(f"/desk/items/{item.pk}/notes/{note.pk}/answer/").content.decode()
    assert "This was a note to the team." in page
    assert "everyone on the internet" in page
    assert send(dora, item, "Update to 3.2.1.", from_note=note.pk).status_code == 422
    assert not Post.objects.filter(kind="answer").exists()
    assert send(dora, item, "Update to 3.2.1.", from_note=note.pk, everyone="on").status_code == 302
    assert Event.objects.get(verb=Verb.NOTE_PUBLISHED).details["note"] == note.pk


def test_a_note_of_another_item_is_not_there(dora, item, kettle_item, cast):
    note = kettle_item.note("Elsewhere", by=cast.emil)
    assert dora.get(f"/desk/items/{item.pk}/notes/{note.pk}/answer/").status_code == 404
    assert send(dora, item, "x", from_note=note.pk, everyone="on").status_code == 404


def test_a_private_conversation_cannot_be_answered_in_public(dora, cast):
    item = Item.objects.open_for_conversation(title="Refund", customer=cast.ana, by=cast.dora, product=cast.beam2)
    assert send(dora, item).status_code == 422
    assert Note.objects.count() == 0
