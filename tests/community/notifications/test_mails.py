"""Mails as a real mail server gets them: headers, threads, one button, nothing injected, nothing lost."""

import re

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from community.notifications.mailing import message_id_for, queue_mail
from community.notifications.models import EmailDelivery
from community.notifications.preferences import wish
from community.notifications.tasks import NotSentYet, send_mail, sweep_mail
from forums.questions.models import Question
from forums.threads.replying import answer
from tests.cast import Cast
from tests.jobs import work
from tests.live_site import free_port
from tests.scenes import TITLE, ana_asks, ben_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast: Cast) -> Question:
    return ana_asks(cast)


def test_ana_gets_one_mail_about_bens_answer_with_everything_a_mailbox_wants(cast: Cast, sink, question):
    ben_answers(cast, question)
    work()

    [mail] = [mail for mail in sink.mails if mail["To"] == "ana@example.org"]
    assert mail["Subject"] == TITLE
    assert mail["From"].addresses[0].addr_spec == "community@northlight.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "answer." in mail["List-Id"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/notifications/mail/\S+/off/>", mail["List-Unsubscribe"].strip())
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for body in (plain, html):
        assert "Turn LE Audio off in the app" in body
        assert "You get this because you follow this thread." in body
        assert f"http://localhost:8000{question.get_absolute_url()}#post-" in body
    assert html.count('class="button"') == 1
    assert "color-scheme" in html
    assert "<img" not in html
    assert len(sink.raw[0]) < 60_000


def test_all_mails_of_a_thread_share_a_chain_and_a_subject(cast: Cast, sink, question):
    ben_answers(cast, question)
    work()
    answer(
        question.thread, by=cast.dora, source="The fix comes with the next firmware, in about a week.", as_staff=True
    )
    work()

    first, second = [mail for mail in sink.mails if mail["To"] == "ana@example.org"]
    root = message_id_for(f"chain.thread-{question.pk}")
    assert first["Subject"] == second["Subject"]
    assert first["In-Reply-To"] == root
    assert first["References"] == root
    assert second["In-Reply-To"].strip() == first["Message-ID"]
    assert second["References"].split() == [root, first["Message-ID"]]
    assert "Dora, Bluetooth (Northlight team) answered" in second.get_body(("plain",)).get_content().replace(
        "\u2060", ""
    )
    assert "dora@" not in sink.raw[1].decode()


def test_a_mail_is_never_written_twice_and_its_id_never_changes(cast: Cast, sink):
    first = queue_mail(
        "account", to=cast.ana, key="once-7", reason="Why.", subject="Hello", context={"opening": "Hello."}
    )
    again = queue_mail(
        "account", to=cast.ana, key="once-7", reason="Why.", subject="Hello again", context={"opening": "Hello."}
    )
    work()
    send_mail(first.pk)
    assert first.pk == again.pk
    assert [mail["Message-ID"] for mail in sink.mails] == [message_id_for("once-7")]


def test_a_server_that_fails_at_the_farewell_has_the_mail_once(cast: Cast, sink):
    sink.farewell = "221 " + "x" * 9000  # longer than any line may be: the client fails when it says goodbye
    mail = queue_mail(
        "account", to=cast.ana, key="rude-1", reason="Why.", subject="Hello", context={"opening": "Hello."}
    )
    work()
    mail.refresh_from_db()
    assert mail.state == EmailDelivery.State.SENT
    send_mail(mail.pk)
    assert [each["Message-ID"] for each in sink.mails] == [message_id_for("rude-1")]


@pytest.mark.parametrize(
    "evil",
    [
        "Hello\r\nBcc: eve@evil.example",
        "Hello\nBcc: eve@evil.example\n\nbody",
        "Hello\r\n\r\n<script>",
        "Hello\u2028Bcc: eve@evil.example",
        "Hello\x0b\x0cBcc: eve@evil.example",
        "=?utf-8?q?Hello=0ABcc:_eve@evil.example?=",
        "x" * 2000,
        "Grüße, 世界 👋",
    ],
)
def test_no_value_makes_another_header_or_recipient(cast: Cast, sink, evil):
    queue_mail(
        "account",
        reason="Why.",
        to=cast.ana,
        key=f"evil-{hash(evil)}",
        subject=evil,
        sender_name=evil,
        reply_to="r@northlight.example",
        headers={"X-Case": evil},
        context={"opening": evil},
    )
    work()
    [envelope], [mail] = sink.envelopes, sink.mails
    assert envelope.rcpt_tos == ["ana@example.org"]
    assert mail["Bcc"] is None
    assert mail["Cc"] is None
    assert max(len(line) for line in sink.raw[0].splitlines()) <= 998


@pytest.mark.parametrize(
    "address", ["", "nobody", "ana@example.org, eve@evil.example", "ana@example.org\nBcc: eve@x.org"]
)
def test_what_is_not_one_address_gets_no_mail(cast: Cast, address):
    assert (
        queue_mail("account", to=address, key="bad", reason="Why.", subject="Hello", context={"opening": "x"}) is None
    )
    assert not EmailDelivery.objects.exists()


def test_names_that_look_like_addresses_are_not_links(cast: Cast, sink, question):
    evil = cast.person("win-prizes.example.com")
    answer(question.thread, by=evil, source="Have you tried to pair it again? It helped me with my own.")
    work()
    for body in (sink.mails[0].get_body((kind,)).get_content() for kind in ("plain", "html")):
        assert "win-prizes.example.com" not in body
        assert "win-prizes\u2060.\u2060example" in body


def test_while_the_mail_server_is_away_mails_wait_and_then_leave_once(cast: Cast, sink, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()  # nobody listens there
    mail = queue_mail(
        "account", to=cast.ana, key="later", reason="Why.", subject="Hello", context={"opening": "Hello."}
    )
    for _ in range(3):
        with pytest.raises(NotSentYet):
            send_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 3)

    settings.EMAIL_PORT = port
    send_mail(mail.pk)
    send_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert [m["Message-ID"] for m in sink.mails] == [mail.message_id]


def test_not_now_is_tried_again_and_never_is_given_up(cast: Cast, sink):
    mail = queue_mail("account", to=cast.ana, key="soft", reason="Why.", subject="Hello", context={"opening": "Hello."})
    sink.refuse_with = "451 come back later"
    with pytest.raises(NotSentYet):
        send_mail(mail.pk)
    sink.refuse_with = "554 never"
    send_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert "554" in mail.error


def test_an_address_that_refused_twice_gets_no_more_mails_of_a_kind(cast: Cast, sink):
    sink.refuse_with = "554 no such user"
    for key in ("one", "two"):
        send_mail(
            queue_mail("account", to=cast.ana, key=key, reason="Why.", subject="Hello", context={"opening": "x"}).pk
        )
    sink.refuse_with = ""
    kind = queue_mail("account", to=cast.ana, key="three", kind="answer", subject="Hello", context={"opening": "x"})
    send_mail(kind.pk)
    assert sink.mails == []
    code = queue_mail("account", to=cast.ana, key="four", reason="Why.", subject="Your code", context={"opening": "x"})
    send_mail(code.pk)
    assert len(sink.mails) == 1


def test_a_mail_written_by_a_task_has_its_job_only_once_its_row_is_there(
    cast: Cast, sink, django_capture_on_commit_callbacks
):
    own_line = app.connector.get_worker_connector()  # a job deferred by it would begin before the task has committed
    with django_capture_on_commit_callbacks() as committed, app.replace_connector(own_line):
        queue_mail("account", to=cast.ana, key="k", reason="Why.", subject="Hello", context={"opening": "Hello."})
        assert not ProcrastinateJob.objects.filter(task_name=send_mail.name).exists()
    for done in committed:
        done()
    work()
    assert [mail["To"] for mail in sink.mails] == ["ana@example.org"]


def test_a_lost_job_is_found_by_the_sweep(cast: Cast, sink):
    mail = queue_mail("account", to=cast.ana, key="lost", reason="Why.", subject="Hello", context={"opening": "Hello."})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled'")
        cursor.execute("UPDATE notifications_emaildelivery SET created_at = now() - interval '1 hour'")
    sweep_mail(0)
    work()
    assert [m["Message-ID"] for m in sink.mails] == [mail.message_id]


def test_secrets_are_forgotten_once_sent(cast: Cast, sink):
    mail = queue_mail(
        "account",
        to=cast.ana,
        key="s",
        reason="Why.",
        subject="Code",
        context={"opening": "x", "code": "HJKL"},
        is_secret=True,
    )
    work()
    mail.refresh_from_db()
    assert "HJKL" in sink.mails[0].get_body(("plain",)).get_content()
    assert (mail.text, mail.html) == ("", "")


def test_who_wants_no_mails_of_a_kind_gets_none_but_still_reads_it_on_the_site(cast: Cast, sink, question):
    wish(cast.ana, "answer", mail=False)
    ben_answers(cast, question)
    work()
    assert [mail for mail in sink.mails if mail["To"] == "ana@example.org"] == []
    assert cast.ana.notifications.count() == 1


def test_bounces_go_where_they_are_told(cast: Cast, sink):
    queue_mail(
        "account",
        reason="Why.",
        to=cast.ana,
        key="verp",
        subject="Hello",
        context={"opening": "x"},
        envelope_from="b+7@northlight.example",
    )
    work()
    assert sink.envelopes[0].mail_from == "b+7@northlight.example"
    assert sink.mails[0]["From"].addresses[0].addr_spec == "community@northlight.example"
