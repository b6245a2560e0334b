"""On some matters two of the team read every reply (AC-AGENT-8)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from community.notifications.models import Notification
from community.refusals import Refusal
from forums.threads.models import Approval, Post, Regulation
from forums.threads.replying import answer
from moderation.approvals.tasks import pass_on_the_late
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks, as_, ben_answers, one_line

pytestmark = pytest.mark.django_db
NINE = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
WRONG, RIGHT = "Just puncture the swollen cell and let it cool.", "Stop using it, and do not open it. We replace it."


@pytest.fixture
def asked(cast):
    """Ana asks about a battery, and such matters are read twice; Fay and Kim may read."""
    made = as_(cast.fay).post(
        "/desk/approvals/matters/new/", {"name": "Battery safety", "tags": "battery", "words": "battery, swollen"}
    )
    assert made.status_code == 302
    assert cast.kim
    question = ana_asks(cast, title="The battery of my Beam is thicker than before", source="It looks like a pillow.")
    work()
    return question


def test_a_matter_is_dropped_only_after_a_second_word(cast, asked):
    page = one_line(as_(cast.fay).get("/desk/approvals/"))
    assert '<details class="menu"><summary class="button quiet small" aria-label="No longer read Battery safety' in page
    assert "What waits now still waits." in page


def dora_answers(cast, question, text=WRONG) -> Approval:
    item = Item.objects.get(thread=question.thread)
    sent = {"text": text, "seen": 0}
    assert as_(cast.dora).post(f"/desk/items/{item.pk}/answer/", sent).status_code == 302
    work()
    return Approval.objects.get()


def decide(person, approval, **sent):
    sent = {"version": Post.objects.get(pk=approval.post_id).version, **sent}
    return as_(person).post(f"/desk/approvals/{approval.pk}/decide/", sent)


def public(question) -> str:
    return one_line(Client().get(question.get_absolute_url()))


def test_ac_agent_8_doras_reply_goes_to_fay_who_changes_it_and_both_wordings_are_kept(cast, asked):
    approval = dora_answers(cast, asked)
    assert (approval.asked, approval.state) == (cast.fay, "waiting")
    assert WRONG not in public(asked)
    assert not Notification.objects.filter(person=cast.ana, text__contains="Dora").exists()
    assert Notification.objects.filter(person=cast.fay, url=f"/desk/approvals/{approval.pk}/").count() == 1
    item = Item.objects.get(thread=asked.thread)
    assert item.state == "open"  # Ana has no answer yet, and her promise runs
    assert "fay reads it first" in one_line(as_(cast.dora).get(f"/desk/items/{item.pk}/"))
    assert "It looks like a pillow." in one_line(as_(cast.fay).get(f"/desk/approvals/{approval.pk}/"))
    assert decide(cast.fay, approval, decision="approve", text=RIGHT).status_code == 302
    work()
    page = public(asked)
    assert RIGHT in page
    assert WRONG not in page
    approval.refresh_from_db()
    assert (approval.original, approval.final, approval.decided_by) == (WRONG, RIGHT, cast.fay)
    kept = one_line(as_(cast.dora).get(f"/desk/approvals/{approval.pk}/"))
    assert WRONG in kept
    assert RIGHT in kept
    assert WRONG not in one_line(Client().get(f"/posts/{approval.post_id}/history/"))
    assert Item.objects.get(pk=item.pk).state == "watching"
    assert Notification.objects.filter(person=cast.ana, kind="answer").count() == 1
    assert Notification.objects.filter(person=cast.dora, text__contains="changed your reply").count() == 1


def test_ac_agent_8_fay_approves_it_as_it_is(cast, asked):
    approval = dora_answers(cast, asked, RIGHT)
    assert decide(cast.fay, approval, decision="approve", text=RIGHT).status_code == 302
    approval.refresh_from_db()
    assert (approval.state, approval.is_changed) == ("approved", False)
    assert RIGHT in public(asked)
    assert decide(cast.kim, approval, decision="approve").status_code == 409  # somebody was faster


def test_ac_agent_8_nobody_approves_their_own(cast, asked):
    approval = dora_answers(cast, asked)
    refused = decide(cast.dora, approval, decision="approve")
    assert refused.status_code == 403
    assert "Somebody else reads it" in one_line(refused)
    assert WRONG not in public(asked)
    Approval.objects.all().delete()
    Post.objects.filter(pk=approval.post_id).delete()
    reply = answer(asked.thread, by=cast.fay, source=RIGHT, as_staff=True)
    own = Approval.objects.get(post=reply)
    assert own.asked == cast.kim
    assert decide(cast.fay, own, decision="approve").status_code == 403
    assert RIGHT not in public(asked)


def test_ac_agent_8_after_two_hours_the_next_supervisor_is_asked_and_it_is_never_published(cast, asked):
    with time_machine.travel(NINE, tick=False):
        approval = dora_answers(cast, asked)
    for minutes, asked_now, number in [(119, cast.fay, 1), (120, cast.kim, 2), (239, cast.kim, 2), (240, cast.fay, 3)]:
        with time_machine.travel(NINE + timedelta(minutes=minutes), tick=False):
            pass_on_the_late(timestamp=0)
            work()
            approval.refresh_from_db()
            assert (approval.asked, approval.round) == (asked_now, number), minutes
    assert Notification.objects.filter(person=cast.kim, url=f"/desk/approvals/{approval.pk}/").count() == 1
    with time_machine.travel(NINE + timedelta(days=60), tick=False):
        pass_on_the_late(timestamp=0)
        work()
    approval.refresh_from_db()
    assert approval.state == "waiting"
    assert WRONG not in public(asked)


def test_a_refusal_says_why_and_stays_out_of_sight_for_good(cast, asked):
    approval = dora_answers(cast, asked)
    assert decide(cast.fay, approval, decision="decline").status_code == 422
    assert decide(cast.fay, approval, decision="decline", why="Never open a cell").status_code == 302
    work()
    assert Notification.objects.filter(person=cast.dora, text__contains="Never open a cell").count() == 1
    with pytest.raises(Refusal):
        Post.objects.get(pk=approval.post_id).restore(by=cast.hana)
    assert WRONG not in public(asked)


def test_no_other_door_leads_past_the_second_reader(cast, asked):
    client = as_(cast.dora)
    client.post(f"/threads/{asked.thread_id}/reply/", {"text": WRONG, "as_staff": "on"})
    opening = asked.thread.posts.get(kind="opening")
    client.post(f"/posts/{opening.pk}/comment/", {"text": WRONG + " Really.", "as_staff": "on"})
    assert Approval.objects.waiting().count() == 2
    harmless = ana_asks(cast, title="How do I charge my Beam for a flight?", source="I fly tomorrow, for a while.")
    reply = answer(harmless.thread, by=cast.dora, source="Charge it for ninety minutes.", as_staff=True)
    assert not reply.is_hidden
    edited = client.post(f"/posts/{reply.pk}/edit/", {"text": "If the battery swells, puncture it.", "version": 1})
    assert edited.status_code == 422
    assert "puncture" not in public(asked) + public(harmless)


def test_customers_and_other_matters_wait_for_nobody(cast, asked):
    ben_answers(cast, asked, source="Mine had that, they replaced the battery.")
    assert "they replaced the battery" in public(asked)
    other = ana_asks(cast, title="Where is the manual of the Beam 2?", source="I have lost mine while moving.")
    answer(other.thread, by=cast.dora, source="On the product's page, below Downloads.", as_staff=True)
    assert not Approval.objects.exists()


def test_words_that_changed_while_fay_was_reading_are_shown_to_her_first(cast, asked):
    approval = dora_answers(cast, asked)
    post = Post.objects.get(pk=approval.post_id)
    post.edit("Wait for us.", by=cast.dora, version=post.version)
    stale = as_(cast.fay).post(
        f"/desk/approvals/{approval.pk}/decide/", {"decision": "approve", "version": 1, "text": WRONG}
    )
    assert stale.status_code == 409
    assert "Wait for us." in one_line(stale)
    assert WRONG not in public(asked)


def test_only_supervisors_say_what_is_read_twice(cast):
    for person, status in [(cast.dora, 403), (cast.mallory, 404)]:
        sent = {"name": "All", "tags": "", "words": "a"}
        assert as_(person).post("/desk/approvals/matters/new/", sent).status_code == status
    fay = as_(cast.fay)
    assert fay.post("/desk/approvals/matters/new/", {"name": "Nothing", "tags": "", "words": ""}).status_code == 422
    fay.post("/desk/approvals/matters/new/", {"name": "Radios", "tags": "radio", "words": ""})
    assert "Radios" in one_line(as_(cast.dora).get("/desk/approvals/"))
    fay.post(f"/desk/approvals/matters/{Regulation.objects.get().pk}/drop/")
    assert not Regulation.objects.exists()
    assert as_(cast.mallory).get("/desk/approvals/").status_code == 404


def test_gil_reads_no_approval_of_another_brand(cast, asked):
    approval = dora_answers(cast, asked)
    assert as_(cast.gil).get(f"/desk/approvals/{approval.pk}/").status_code == 404
    assert "thicker" not in one_line(as_(cast.gil).get("/desk/approvals/"))
