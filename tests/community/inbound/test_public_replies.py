"""Replies by mail to what happens in public (AC-NOTE-4, AC-NOTE-5)."""

import pytest
from PIL import Image

from community.events.models import Event
from community.inbound.models import InboundMail
from community.notifications.addresses import MARKER
from community.notifications.models import EmailDelivery
from community.people.joining import confirm_address
from forums.questions.merging import merge
from forums.questions.models import Question
from forums.threads.following import follow
from forums.threads.models import Draft
from tests.community.inbound.letters import comes_in, last_mail_to, reply_to
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

QUOTE = "\n\nOn Tue, 3 Nov 2026 at 10:41, Northlight Community <community@northlight.example>\nwrote:\n\n> {}\n"


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.MAIL_HOOK_SECRET = "a secret of the tests"
    settings.POSTS_A_MINUTE = 100


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    work()
    return question


def test_the_mail_of_an_answer_says_that_a_reply_is_public(cast, question):
    mail = last_mail_to(cast.ana)
    assert mail.reply_to.startswith("reply+p-")
    assert mail.text.startswith(MARKER)
    assert "antwort" in mail.text.lower() or "Reply to this mail to comment publicly" in mail.text
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_where_no_mail_can_come_in_none_is_invited(cast, settings):
    settings.MAIL_HOOK_SECRET = settings.IMAP_URL = ""
    ben_answers(cast, ana_asks(cast))
    work()
    mail = last_mail_to(cast.ana)
    assert not mail.reply_to
    assert MARKER not in mail.text


def test_ac_note_4_a_reply_to_an_answer_becomes_a_comment_on_it_with_only_its_new_text(cast, question):
    mail = comes_in(reply_to(last_mail_to(cast.ana), "It still drops." + QUOTE.format("Turn LE Audio off.")))
    assert (mail.state, mail.reason) == ("accepted", "")
    comment = question.thread.posts.get(kind="comment")
    assert (comment.source, comment.author) == ("It still drops.", cast.ana)
    assert comment.parent.author == cast.ben


def test_ac_ask_8_a_late_reply_by_mail_to_a_merged_question_is_read_in_the_other(client, cast, question):
    first = Question.objects.ask(
        by=cast.chris, title="My Beam 2 loses the phone every few seconds", product=cast.beam2,
        source="Every few seconds it is gone and comes back, since the last update.",
    )  # fmt: skip
    ours = last_mail_to(cast.ana)
    merge(question.thread, into=first.thread, by=cast.hana, reason="the same drop-outs")
    assert comes_in(reply_to(ours, "It still drops, late in the evening.")).state == "accepted"
    page = client.get(first.get_absolute_url()).content.decode()
    assert "It still drops, late in the evening." in page
    led = client.get(question.get_absolute_url())
    assert (led.status_code, led["Location"].partition("#")[0]) == (301, first.get_absolute_url())


def test_ac_note_4_a_changed_subject_and_no_quote_land_in_the_right_thread(cast, question):
    other = ana_asks(cast, title="The left cup is silent since Monday")
    ben_answers(cast, other, "Clean the contacts of the left cup.")
    work()
    first = EmailDelivery.objects.get(person=cast.ana, chain=f"thread-{question.pk}")
    assert comes_in(reply_to(first, "It helps.", Subject="AW: something else")).state == "accepted"
    assert question.thread.posts.filter(kind="comment").count() == 1
    assert other.thread.posts.filter(kind="comment").count() == 0


def test_ac_note_4_all_mails_of_a_thread_share_one_chain_and_subject(cast, question):
    question.thread.posts.get(kind="opening").edit(
        "The connection drops, now with three phones.", by=cast.ana, version=1, title="Bluetooth drops all the time now"
    )
    ben_answers(cast, question, "Then reset it: hold both buttons for ten seconds.")
    work()
    first, second = EmailDelivery.objects.filter(person=cast.ana, chain=f"thread-{question.pk}").order_by("pk")
    assert first.subject == second.subject
    assert first.message_id in second.headers["References"]
    assert first.headers["References"].split()[0] == second.headers["References"].split()[0]


def test_ac_note_4_without_its_address_a_vouched_reply_finds_its_thread_also_by_ones_own_first_mail(
    cast, question, settings
):
    settings.MAIL_AUTHSERV_ID = "mx.northlight.example"
    vouched = {"Authentication-Results": "mx.northlight.example; dmarc=pass", "To": "reply@northlight.example"}
    ours = last_mail_to(cast.ana)
    own = comes_in(reply_to(ours, "First.", **vouched))
    assert own.state == "accepted"
    again = reply_to(ours, "And this.", **vouched, **{"In-Reply-To": own.message_key, "References": own.message_key})
    assert comes_in(again).state == "accepted"
    assert question.thread.posts.filter(kind="comment").count() == 2
    forged = reply_to(ours, "Not me.", To="reply@northlight.example")
    assert comes_in(forged).reason == "not_authentic"


def test_ac_note_4_a_forward_is_not_a_reply_and_its_words_come_back_as_a_draft(cast, question, mailoutbox):
    mail = comes_in(reply_to(last_mail_to(cast.ana), "Look at this bill.", Subject="WG: Ihre Rechnung"))
    work()
    assert (mail.state, mail.reason) == ("rejected", "forward")
    assert question.thread.posts.filter(kind="comment").count() == 0
    assert Draft.objects.get(person=cast.ana).text == "Look at this bill."
    assert sum("Look at this bill." in mail.body for mail in mailoutbox) == 1


def test_ac_note_4_a_colleague_in_copy_is_held_unless_they_take_part(cast, question, settings):
    settings.MAIL_AUTHSERV_ID = "mx.northlight.example"
    vouched = {"Authentication-Results": "mx.northlight.example; dmarc=pass", "From": cast.chris.email}
    confirm_address(cast.chris)
    ours = last_mail_to(cast.ana)
    assert comes_in(reply_to(ours, "Mine too.", **vouched)).reason == "unknown_sender"
    follow(question.thread, by=cast.chris)
    assert comes_in(reply_to(ours, "Mine too.", **vouched)).state == "accepted"
    assert question.thread.posts.get(kind="comment").author == cast.chris


def test_a_held_mail_is_taken_when_its_owner_says_that_it_was_theirs(client, cast, question, mailoutbox):
    mail = comes_in(reply_to(last_mail_to(cast.ana), "From my other box.", From="ana.private@example.net"))
    work()
    assert (mail.state, mail.reason) == ("held", "unknown_sender")
    assert any(f"/mails/{mail.pk}/" in sent.body for sent in mailoutbox)
    client.force_login(cast.mallory)
    assert client.get(f"/mails/{mail.pk}/").status_code == 404
    assert client.post(f"/mails/{mail.pk}/decide/", {"decision": "mine"}).status_code == 404
    client.force_login(cast.ana)
    assert "From my other box." in client.get(f"/mails/{mail.pk}/").content.decode()
    client.post(f"/mails/{mail.pk}/decide/", {"decision": "mine"})
    assert question.thread.posts.get(kind="comment").source == "From my other box."


def test_a_refused_reply_gets_one_mail_with_the_reason_and_is_kept_as_a_draft(cast, question, mailoutbox):
    words = "My card is 4111 1111 1111 1111, please refund."
    mail = comes_in(reply_to(last_mail_to(cast.ana), words))
    work()
    assert (mail.state, mail.reason) == ("rejected", "refused")
    assert "4111" in Draft.objects.get(person=cast.ana).text
    assert sum("4111" in sent.body for sent in mailoutbox) == 1
    assert question.thread.posts.filter(kind="comment").count() == 0


def test_what_a_phone_adds_is_not_published(cast, question):
    comes_in(reply_to(last_mail_to(cast.ana), "It helps, thanks!\n\nVon meinem iPhone gesendet"))
    assert question.thread.posts.get(kind="comment").source == "It helps, thanks!"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied", "Subject": "Out of office"}, "automatic"),
        ({"Return-Path": "<>", "From": "MAILER-DAEMON@mx.example.org"}, "automatic"),
        ({"List-Id": "<all.example.org>"}, "bulk"),
        ({"From": "reply@northlight.example"}, "own_loop"),
    ],
)
def test_ac_note_5_machines_make_no_post_and_get_no_answer(cast, question, headers, reason, caplog):
    before = EmailDelivery.objects.count()
    with caplog.at_level("INFO", "community.inbound.receiving"):
        mail = comes_in(reply_to(last_mail_to(cast.ana), "I am away.", **headers))
    work()
    assert (mail.state, mail.reason) == ("ignored", reason)
    assert [line.reason for line in caplog.records if line.message == "mail in"] == [reason]
    assert question.thread.posts.filter(kind="comment").count() == 0
    assert EmailDelivery.objects.count() == before


def test_ac_note_5_the_same_mail_twice_is_one_comment(cast, question):
    mail = reply_to(last_mail_to(cast.ana), "It helps.")
    assert comes_in(mail).state == "accepted"
    assert comes_in(mail).reason == "duplicate"
    assert question.thread.posts.filter(kind="comment").count() == 1


def test_ac_note_5_twenty_mails_an_hour_to_one_thread_pass_and_then_a_supervisor_is_told(cast, question):
    assert cast.fay
    cast.ana.level = 1
    cast.ana.save()
    ours = last_mail_to(cast.ana)
    states = [comes_in(reply_to(ours, f"mail number {n}")).state for n in range(22)]
    work()
    assert states == ["accepted"] * 20 + ["held"] * 2
    assert InboundMail.objects.held().first().reason == "too_many"
    assert Event.objects.filter(verb="mail.storm").count() == 1
    assert cast.fay.notifications.filter(url="/desk/escalations/mails/").count() == 1


def test_staff_see_all_mail_with_its_reason(client, cast, question):
    comes_in(reply_to(last_mail_to(cast.ana), "I am away.", **{"Auto-Submitted": "auto-replied"}))
    client.force_login(cast.dora)
    page = client.get("/desk/escalations/mails/?state=ignored").content.decode()
    assert "written by a machine" in page
    client.force_login(cast.mallory)
    assert client.get("/desk/escalations/mails/").status_code == 404


def test_a_picture_in_the_mail_is_shown_in_the_comment_and_a_program_is_refused(client, cast, question, tmp_path):
    picture = tmp_path / "p.png"
    Image.new("RGB", (40, 20), "red").save(picture)
    mail = reply_to(last_mail_to(cast.ana), "Look at the left cup.")
    mail.add_attachment(picture.read_bytes(), maintype="image", subtype="png", filename="left cup.png")
    assert comes_in(mail).state == "accepted"
    comment = question.thread.posts.get(kind="comment")
    assert "<img" in comment.html
    assert comment.files.count() == 1
    bad = reply_to(last_mail_to(cast.ana), "Run this.")
    bad.add_attachment(b"MZ" + b"\0" * 200, maintype="application", subtype="octet-stream", filename="fix.exe")
    assert comes_in(bad).state == "rejected"
    assert Draft.objects.filter(person=cast.ana, text="Run this.").exists()
