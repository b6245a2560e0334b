"""The CRM's pages: who may open them, what they show, and what they never tell."""

import pytest
from django.urls import reverse

from community.events.models import Event
from community.events.verbs import Verb
from moderation.crm.models import Case, CasePush, Connection
from moderation.crm.payload import entries_of
from moderation.crm.pushing import push_item
from tests.jobs import work
from tests.moderation.crm.receiver import SECRET
from tests.moderation.crm.scenes import connect_webhook, dora_pushes, item_of, posts_of, work_through

HTMX = {"HX-Request": "true"}
SETUP = ["ivo", "jo", "hana", "dora", "gil"]


def url(name, *args):
    return reverse(f"moderation:{name}", args=args)


@pytest.fixture
def item(cast):
    return item_of(cast)


def sign_in(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize("name", ["crm-connections", "crm-outbox"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("ana", 404),
        ("ben", 404),
        ("mallory", 404),
        ("leo", 404),
        *[(who, 403) for who in SETUP],
        ("fay", 200),
        ("kim", 200),
    ],
)
def test_who_may_read_the_set_up_pages(client, cast, name, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(url(name)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("ana", 404),
        ("mallory", 404),
        ("gil", 404),
        ("jo", 403),
        ("ivo", 403),
        ("dora", 200),
        ("hana", 200),
        ("kim", 200),
    ],
)
def test_who_may_read_the_panel_of_a_northlight_item(client, cast, item, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(url("crm-panel", item.pk)).status_code == status


def test_deeds_are_posts_and_only_of_those_who_may(client, cast, item, webhook):
    deeds = [
        url("crm-connection-check", webhook.pk),
        url("crm-connection-pause", webhook.pk),
        url("crm-connection-reconcile", webhook.pk),
        url("crm-replay"),
    ]
    for deed in deeds:
        assert sign_in(client, cast.kim).get(deed).status_code == 405
        assert sign_in(client, cast.fay).post(deed).status_code == 403
        assert sign_in(client, cast.mallory).post(deed).status_code == 404
    push = url("crm-item-push", item.pk)
    assert sign_in(client, cast.hana).post(push).status_code == 403
    assert sign_in(client, cast.gil).post(push).status_code == 404
    assert sign_in(client, cast.ana).post(push).status_code == 404
    assert not Case.objects.exists()


def test_without_a_crm_the_panel_says_so_and_pushing_waits(client, cast, item):
    sign_in(client, cast.dora)
    page = client.get(url("crm-panel", item.pk)).content.decode()
    assert "No CRM is connected" in page
    assert "Connect one" not in page
    client.post(url("crm-item-push", item.pk), {"source": posts_of(item)})
    assert "waits for a CRM" in client.get(url("crm-panel", item.pk)).content.decode()
    assert "Connect one" in sign_in(client, cast.kim).get(url("crm-panel", item.pk)).content.decode()


def test_dora_previews_chooses_and_pushes_by_htmx_and_without(client, cast, item, webhook, receiver):
    sign_in(client, cast.dora)
    preview = client.get(url("crm-panel", item.pk), headers=HTMX).content.decode()
    assert "<html" not in preview
    assert preview.count('name="source"') == 2
    first, second = posts_of(item)
    answer = client.post(url("crm-item-push", item.pk), {"source": [first], "connection": "desk"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    work_through()
    assert len(receiver.notes()) == 1
    redirect = client.post(url("crm-item-push", item.pk), {"source": [first, second], "connection": "desk"})
    assert redirect.status_code == 302
    work_through()
    assert len(receiver.notes()) == 2
    assert Event.objects.filter(verb=Verb.CASE_PUSHED, actor=cast.dora).count() == 2


def test_clicked_twice_pushed_once(client, cast, item, webhook, receiver):
    sign_in(client, cast.dora)
    for _click in range(2):
        client.post(url("crm-item-push", item.pk), {"source": posts_of(item), "connection": "desk", "once": "x1"})
    work_through()
    assert CasePush.objects.count() == 4


def test_ac_crm_1_personal_data_is_blacked_out_in_preview_and_push(client, cast, webhook, receiver):
    question = item_of(cast, title="Order trouble, please help")
    post = question.thread.posts.get(kind="opening")
    type(post).objects.filter(pk=post.pk).update(source="Write to ana.private@mail.test, order NL-10012.")
    sign_in(client, cast.dora)
    page = client.get(url("crm-panel", question.pk)).content.decode()
    assert "blacked out" in page
    assert "ana.private@mail.test" not in page
    client.post(url("crm-item-push", question.pk), {"source": posts_of(question), "connection": "desk"})
    work_through()
    assert "ana.private" not in str(receiver.records)
    assert "NL-10012" not in str(receiver.records)


def test_ac_agent_3_a_note_leaves_only_to_a_private_connection_and_never_as_public(cast, item, webhook, receiver):
    item.note("CANARY the batch of November", by=cast.dora)
    note = f"staffnote:{item.notes.get().pk}"
    assert note not in [entry.source for entry in entries_of(item, private=False)]
    push_item(item, by=cast.dora, sources=[note, *posts_of(item)], connection=webhook)
    work_through()
    assert "CANARY" not in str(receiver.records)
    webhook.is_private_allowed = True
    webhook.save()
    push_item(item, by=cast.dora, sources=[note], connection=webhook)
    work_through()
    (told,) = [row["data"] for row in receiver.records["note"].values() if "CANARY" in row["data"]["text"]]
    assert told["is_public"] is False


def test_mail_addresses_are_told_only_where_allowed(cast, item, webhook, receiver):
    dora_pushes(cast, item, webhook)
    work_through()
    assert "ana@example.org" not in str(receiver.records)
    webhook.sends_contact_data = True
    webhook.save()
    push_item(item, by=cast.dora, sources=[], connection=webhook)
    work_through()
    (contact,) = receiver.records["contact"].values()
    assert contact["data"]["email"] == "ana@example.org"


def test_kim_connects_a_crm_and_never_sees_its_secret_again(client, cast, receiver):
    sign_in(client, cast.kim)
    modes = {"name_mode": "link", "email_mode": "fill"}
    fields = {"name": "desk", "setting_url": receiver.url, "setting_secret": SECRET, "rate": 50, **modes}
    answer = client.post(url("crm-connection-new", "webhook"), fields)
    connection = Connection.objects.get()
    assert answer.url == url("crm-connection", connection.pk)
    assert SECRET not in connection.sealed
    work()
    page = client.get(answer.url).content.decode()
    assert "took a signed message" in page
    assert SECRET not in page
    client.post(answer.url, {**fields, "setting_secret": "", "rate": 40})
    connection.refresh_from_db()
    assert connection.secrets()["secret"] == SECRET


def test_the_address_for_messages_is_shown_only_where_the_crm_sends_any(client, cast, webhook):
    tryton = Connection.objects.create(name="erp", kind="tryton", settings={"url": "https://erp.example"})
    sign_in(client, cast.kim)
    assert "/hooks/crm/desk/" in client.get(url("crm-connection", webhook.pk)).content.decode()
    assert "/hooks/crm/" not in client.get(url("crm-connection", tryton.pk)).content.decode()


def test_a_wrong_form_comes_back_with_what_was_typed(client, cast):
    answer = sign_in(client, cast.kim).post(
        url("crm-connection-new", "tryton"), {"name": "t", "setting_url": "tryton.example"}
    )
    assert answer.status_code == 422
    assert "tryton.example" in answer.content.decode()
    assert client.get(url("crm-connection-new", "nothing")).status_code == 404


def test_what_the_crm_holds_is_read_by_a_job_and_shown(client, cast, item, webhook, receiver):
    dora_pushes(cast, item, webhook)
    work_through()
    sign_in(client, cast.dora)
    holds = url("crm-holds", item.pk, Case.objects.get().pk)
    assert "Being read" in client.get(holds).content.decode()
    work()
    assert item.title in client.get(holds).content.decode()


def test_dora_moves_the_case_unless_it_moved_on_there(client, cast, item, webhook, receiver):
    dora_pushes(cast, item, webhook)
    work_through()
    sign_in(client, cast.dora)
    case = Case.objects.get()
    move = url("crm-item-status", item.pk, case.pk)
    assert client.post(move, {"status": "working", "version": case.status_version}).status_code == 302
    work_through()
    case.refresh_from_db()
    assert case.status == "working"
    Case.objects.update(status_version=99)
    assert client.post(move, {"status": "solved", "version": case.status_version}).status_code == 409


def test_lists_cost_the_same_whatever_they_hold(client, cast, item, webhook, django_assert_max_num_queries):
    dora_pushes(cast, item, webhook)
    sign_in(client, cast.kim)
    client.get(url("crm-outbox"))
    with django_assert_max_num_queries(16):
        client.get(url("crm-outbox"))


def test_a_private_conversation_goes_only_to_a_private_connection(client, cast, receiver):
    from moderation.escalation.models import Conversation

    open_line = connect_webhook(receiver)
    talk = Conversation.objects.ask(
        by=cast.ana, title="Refund", text="CANARY my refund", channels=["page"], product=cast.beam2
    )
    sign_in(client, cast.dora)
    assert "only to a connection that is marked" in client.get(url("crm-panel", talk.item_id)).content.decode()
    push = {"source": f"message:{talk.messages.get().pk}", "connection": "desk"}
    assert client.post(url("crm-item-push", talk.item_id), push).status_code == 422
    Connection.objects.filter(pk=open_line.pk).update(is_private_allowed=True)
    assert client.post(url("crm-item-push", talk.item_id), push).status_code == 302
    Connection.objects.filter(pk=open_line.pk).update(is_private_allowed=False)
    work()
    assert "CANARY" not in str(receiver.records)  # decided again at the last moment
    assert CasePush.objects.filter(state="dead").exists()


def test_pausing_resuming_and_replaying_nothing_say_what_came_of_it(client, cast, webhook):
    sign_in(client, cast.kim)
    pause = url("crm-connection-pause", webhook.pk)
    assert "Paused. What is to be told waits here" in client.post(pause, follow=True).content.decode()
    assert "Resumed. What waited is told now" in client.post(pause, follow=True).content.decode()
    assert "Nothing is tried again: tick" in client.post(url("crm-replay"), follow=True).content.decode()


def test_a_record_that_was_told_again_stands_beside_the_item_once(client, cast, item, webhook, receiver):
    dora_pushes(cast, item, webhook)
    work_through()
    case = Case.objects.get()
    told = case.pushes.count()
    push_item(item, by=cast.dora, sources=[], connection=webhook)
    work_through()
    sign_in(client, cast.dora)
    page = client.get(url("crm-panel", item.pk), headers=HTMX).content.decode()
    assert page.count('data-testid="entry"') == told == 4


def test_what_was_mended_is_compared_anew_before_it_is_mended_again(client, cast, webhook):
    found = {"at": "2026-11-26T18:44:00+00:00", "checked": 9, "missing_count": 1, "duplicate_count": 0}
    rows = {"missing": [{"kind": "note", "remote": "5", "source": "credit:4", "item": 23}], "drifted_count": 0}
    Connection.objects.update(report={**found, **rows, "repaired": 0, "dry_run": True})
    page = sign_in(client, cast.kim).get(url("crm-connection", webhook.pk)).content.decode()
    assert "Compare and repair" in page
    assert "Item 23" in page
    assert "Entry" in page
    assert " 2026-11-26T18:44<" not in page
    Connection.objects.update(report={**found, **rows, "repaired": 1, "dry_run": False})
    assert "Compare and repair" not in client.get(url("crm-connection", webhook.pk)).content.decode()


def test_the_status_read_over_there_is_a_word(client, cast, item, webhook, receiver):
    dora_pushes(cast, item, webhook)
    work_through()
    Case.objects.update(holds={"title": "Theirs", "status": "working"}, read_at="2026-11-26T18:44:00Z")
    page = sign_in(client, cast.dora).get(url("crm-holds", item.pk, Case.objects.get().pk)).content.decode()
    assert '<span class="chip">Working</span>' in page
    assert 'hx-trigger="every 3s"' in page  # read long ago: what comes of reading it again is asked for soon
