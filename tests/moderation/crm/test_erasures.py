"""Whoever asks is taken out of every CRM, with a receipt for each record, and nothing more is told of them."""

import pytest

from community.notifications.models import Notification
from community.refusals import Refusal
from forums.threads.replying import answer
from moderation.crm.erasing import forget
from moderation.crm.models import Attempt, Case, CasePush, Erasure, Receipt, RemoteRef
from moderation.crm.reconciling import reconcile
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, posts_of, the_case, time_passes, work_through

PAGE, OWN = "/desk/crm/erasures/", "/settings/records/"
pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def pushed(cast, webhook):
    item = item_of(cast)
    dora_pushes(cast, item)
    work_through()
    return item


def answers():
    return list(Receipt.objects.order_by("pk").values_list("kind", "answer"))


def test_ana_takes_herself_out_and_reads_the_receipts(cast, client, pushed, receiver):
    client.force_login(cast.ana)
    page = client.get(OWN).content.decode()
    assert "1 case, 2 entries, and you as a contact" in page
    assert client.post(f"{OWN}erase/").status_code == 302
    work_through()
    assert answers() == [("note", "erased"), ("note", "erased"), ("case", "erased"), ("contact", "erased")]
    assert len(receiver.erased) == 4
    assert "connection drops" not in str(receiver.records)
    page = client.get(OWN).content.decode()
    assert page.count(">erased<") == 4
    assert Notification.objects.filter(person=cast.ana, text__startswith="You are taken out").count() == 1


def test_our_own_copies_of_what_was_told_are_gone_too(cast, pushed):
    forget(cast.ana, by=cast.ana)
    work_through()
    told = CasePush.objects.exclude(kind="erase")
    assert {str(push.payload) for push in told} == {"{'is_erased': True}"}
    assert not RemoteRef.objects.exists()
    assert (the_case(pushed).remote_id, the_case(pushed).holds) == ("", {})


def test_asked_twice_it_is_done_once(cast, pushed, receiver):
    first = forget(cast.ana, by=cast.ana)
    assert forget(cast.ana, by=cast.kim, reason="Letter of 12 November").pk == first.pk
    work_through()
    forget(cast.ana, by=cast.ana)
    work_through()
    assert (Erasure.objects.count(), Receipt.objects.count(), len(receiver.erased)) == (1, 4, 4)


def test_faults_on_the_way_are_tried_again(cast, pushed, receiver):
    receiver.faults.extend([500, "hang", (429, "5"), "drop", None, "cut"])
    forget(cast.ana, by=cast.ana)
    work_through(20)
    assert {answer for _kind, answer in answers()} == {"erased"}
    assert Attempt.objects.filter(push__kind="erase").exclude(outcome="ok").count() >= 4


def test_nothing_more_is_told_of_whoever_asked(cast, pushed, receiver):
    forget(cast.ana, by=cast.ana)
    work_through()
    heard = len(receiver.arrived)
    opening = pushed.thread.posts.get(kind="opening")
    opening.edit("New words of mine.", by=cast.ana, version=1)
    work()
    with pytest.raises(Refusal, match="asked to be taken out"):
        dora_pushes(cast, pushed)
    time_passes()
    work()
    assert len(receiver.arrived) == heard
    assert "New words" not in str(CasePush.objects.values_list("payload", flat=True))


def test_what_waited_is_never_said(cast, webhook, receiver):
    item = item_of(cast)
    dora_pushes(cast, item)
    forget(cast.ana, by=cast.ana)
    work()
    assert receiver.arrived == []
    assert set(CasePush.objects.values_list("state", flat=True)) == {"superseded"}


def test_what_somebody_wrote_in_a_case_of_another_is_erased_too(cast, pushed, receiver):
    forget(cast.ben, by=cast.ben)
    work_through()
    assert answers() == [("note", "erased")]
    (opening, answered) = receiver.records["note"].values()
    assert "connection drops" in opening["data"]["text"]
    assert "text" not in answered["data"]
    answer(pushed.thread, by=cast.ben, source="One more thing of mine.")
    work()
    dora_pushes(cast, pushed)
    work_through()
    assert "One more thing" not in str(receiver.records)


def test_repairing_does_not_bring_them_back(cast, pushed, webhook, receiver):
    forget(cast.ana, by=cast.ana)
    work_through()
    report = reconcile(webhook, dry_run=False)
    assert (report["missing_count"], report["repaired"]) == (0, 0)


def test_she_can_let_the_team_keep_records_again(cast, client, pushed, receiver):
    client.force_login(cast.ana)
    client.post(f"{OWN}erase/")
    work_through()
    client.post(f"{OWN}allow/")
    case = dora_pushes(cast, pushed)
    assert case.pk == Case.objects.get().pk
    work_through()
    assert receiver.records["case"][next(iter(receiver.records["case"]))]["title"] == pushed.title


def test_kim_asks_for_somebody_with_a_reason_and_sees_what_is_outstanding(cast, client, pushed, webhook, receiver):
    webhook.pause(by=cast.kim, reason="They move house.")
    client.force_login(cast.kim)
    no_reason = client.post(f"{PAGE}ask/", {"username": "ana", "reason": " "})
    assert (no_reason.status_code, Erasure.objects.count()) == (422, 0)
    assert client.post(f"{PAGE}ask/", {"username": "nobody-at-all", "reason": "x"}).status_code == 422
    assert client.post(f"{PAGE}ask/", {"username": "Ana", "reason": "Letter of 12 November"}).status_code == 302
    work()
    page = client.get(PAGE).content.decode()
    assert page.count('data-testid="outstanding"') == 4
    assert "The connection is paused." in page
    webhook.resume(by=cast.kim)
    work_through()
    page = client.get(PAGE).content.decode()
    assert "Nothing is outstanding" in page
    assert "0 of 4 left" in page


def test_what_the_crm_refuses_stays_listed_until_somebody_says_it_is_done_there(cast, client, side):
    connection = side.connect()
    item, supervisor = item_of(cast), cast.fay
    dora_pushes(cast, item, connection)
    work_through()
    side.proxy.faults.append(("answer", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    forget(cast.ana, by=cast.ana)
    work_through()
    (refused,) = Receipt.objects.outstanding()
    client.force_login(supervisor)
    assert "refused" in client.get(PAGE).content.decode()
    assert client.post(f"/desk/crm/receipts/{refused.pk}/confirm/").status_code == 302
    assert Receipt.objects.get(pk=refused.pk).answer == "by_hand"
    again = client.post(f"/desk/crm/receipts/{refused.pk}/confirm/")
    assert again.status_code == 409
    assert side.people.contacts() == {}


def test_who_may(cast, client, pushed):
    for who, status in (("ana", 404), ("dora", 403), ("gil", 403), ("fay", 200), ("kim", 200)):
        client.force_login(getattr(cast, who))
        assert client.get(PAGE).status_code == status
    client.force_login(cast.fay)
    assert client.post(f"{PAGE}ask/", {"username": "ana", "reason": "x"}).status_code == 403
    with pytest.raises(Refusal):
        forget(cast.ana, by=cast.chris)
    assert set(posts_of(pushed)) <= set(RemoteRef.objects.values_list("source", flat=True))
