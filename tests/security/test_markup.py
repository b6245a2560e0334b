# ruff: noqa: E501 - payloads are not broken into lines
"""C1, C2, C6: some hundred and fifty payloads in every field that people fill, looked at wherever it is shown."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from community.people.models import Person, Persona
from community.text.markdown import to_html
from forums.questions.models import Question
from forums.threads.replying import answer, comment
from moderation.escalation.files import Upload, keep
from moderation.escalation.models import Conversation, Invitation
from tests.cast import Cast
from tests.community.inbound.letters import comes_in
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_writes_in_private
from tests.security.declared import table
from tests.security.judging import judged
from tests.security.keyring import address
from tests.security.payloads import LINES, MARK, TEMPLATES, TEXTS, in_lines, in_one_text
from tests.security.world import World, build


@pytest.fixture(scope="module")
def made_of_world():
    return lambda: hostile(build(Cast()))


def hostile(world: World) -> World:
    """Every field of the world says the worst there is."""
    cast, titles = world.cast, in_lines(190)
    outbox.outbox.clear()
    things = [Question.objects.ask(by=cast.ana, title=title, source=in_one_text(), product=cast.beam2,
                                   environment=in_lines(110)[0], tags=["bluetooth"]) for title in titles]  # fmt: skip
    question = things[0]
    world.things |= {"question": question, "thread": question.thread, "hostile": things}
    world.things["opening"] = question.thread.posts.get(kind="opening")
    world.things["answer"] = answer(question.thread, by=cast.ben, source=in_one_text())
    comment(world.answer, by=cast.chris, source=in_one_text())
    world.answer.edit(in_one_text()[::-1], by=cast.ben, version=world.answer.version)
    world.answer.refresh_from_db()
    world.answer.edit(in_one_text(), by=cast.ben, version=world.answer.version)
    faces(world)
    in_private(world)
    work()
    world.things["item"] = question.thread.item
    world.things["note"] = world.item.note(in_one_text(), by=cast.dora)
    world.things["mails"] = list(outbox.outbox)
    return world


def faces(world) -> None:
    """Names and words about people, as far as the database would hold them."""
    lines = in_lines(280)
    Person.objects.filter(pk=world.cast.ana.pk).update(about=lines[0])
    few = {"hours": in_lines(110)[0], "topics": in_lines(190)[1], "can_do": lines[1], "cannot_do": lines[-1]}
    Persona.objects.filter(person=world.cast.dora).update(alias=in_lines(60)[0], languages=in_lines(60)[1], **few)
    world.cast.dora.refresh_from_db()
    world.cast.leo.suspensions.update(reason=in_lines(480)[0], until=timezone.now() + timedelta(days=1))


def in_private(world) -> None:
    """Private help, mails and files."""
    cast, text, titles = world.cast, in_one_text(), in_lines(190)
    for title in titles[:4]:
        talk = ana_writes_in_private(cast, title=title, text=text)
    talk.reply(text, by=cast.dora)
    names = [f"{line}.pdf" for line in in_lines(110)]
    for name in names:
        keep(Upload(name, b"%PDF-1.4"), talk.messages.first())
    for title in titles[:3]:
        sender = f'"{" ".join(title[:60].replace(chr(34), "").splitlines())}" <zqx@example.net>'
        world.things["mail"] = comes_in(letter(talk, text, From=sender, Subject=" ".join(title.splitlines())))
    comes_in(letter(talk, text, Subject=" ".join(titles[1].splitlines())))
    done = ana_writes_in_private(cast, title=titles[5], text=text)
    done.close(by=cast.dora, result="solved", note=in_lines(480)[0])
    world.things |= {"conversation": talk, "attachment": talk.messages.first().attachments.first(),
                     "done": done, "survey": done.closing.survey}  # fmt: skip
    assert Conversation.objects.count() > 4
    invited = world.hostile[1].thread
    world.things["invitation"] = Invitation.objects.offer(invited, by=cast.dora, channels=["page"], purpose=text[:480])


def places(world, role: str) -> list[str]:
    """Where it could show: all addresses, and the searches, drafts and edit forms."""
    more = ["/questions/?q=" + "zqx", "/people/?q=" + "%22%3E%3Cimg%20src=x%20onerror=zqx()%3E", "/desk/?q=zqx",
            "/questions/?q=%3C/title%3E%3Cscript%3Ezqx()%3C/script%3E", "/account/sessions/",
            "/account/login/?next=javascript:zqx()", f"/posts/{world.opening.pk}/edit/", f"/posts/{world.opening.pk}/history/",
            "/questions/new/?title=%22%3E%3Csvg%20onload=zqx()%3E", f"/desk/items/{world.done.item_id}/",
            f"/desk/items/{world.conversation.item_id}/", f"/desk/items/{world.conversation.item_id}/crm/",
            f"/desk/items/{world.conversation.item_id}/private/", "/products/beam-2/", "/people/ben/", "/people/dora-bluetooth/",
            *[question.get_absolute_url() for question in world.hostile[:6]]]  # fmt: skip
    return [address(row.path, world) for row in table() if "GET" in row.methods] + more


@pytest.mark.parametrize("role", ["anonymous", "ana", "agent", "admin"])
def test_on_every_page_the_payloads_are_text(world, browser_of, role):
    client, wrong, shown = browser_of(role), [], 0
    client.defaults["HTTP_USER_AGENT"] = LINES[0] + LINES[2]
    for url in places(world, role):
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get(url, headers=headers)
            if response.streaming or "html" not in response.headers.get("Content-Type", ""):
                continue
            html = response.content.decode()
            assert response.status_code < 500, url
            shown += html.lower().count(MARK)
            wrong += [f"{url}: {found}" for found in judged(html)]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert shown > 500, "the payloads were hardly shown"


def test_in_every_mail_the_payloads_are_text(world):
    parts = [part for mail in world.mails for part, kind in getattr(mail, "alternatives", []) if kind == "text/html"]
    assert sum(part.count(MARK) for part in parts) > 20
    assert [found for part in parts for found in judged(part)] == []
    for mail in world.mails:
        assert "\n" not in mail.subject
        assert mail.message().as_bytes()


def test_a_refused_form_gives_the_payloads_back_as_text(world, browser_of):
    for role, path, form in (
        ("ana", "/questions/new/", {"title": "<", "text": LINES[0]}),
        ("ana", "/settings/", {"about": "x" * 301 + LINES[0], "locale": LINES[0], "time_zone": LINES[1]}),
        ("ana", "/settings/products/", {"version": LINES[0], "order_number": LINES[0], "product": LINES[1]}),
        ("ana", "/requests/new/", {"title": LINES[0], "text": in_one_text(), "product": LINES[0]}),
        ("ana", f"/threads/{world.thread.pk}/reply/", {"text": in_one_text() * 9}),
        ("ana", "/text/preview/", {"text": in_one_text()}),
        (
            "admin",
            "/desk/crm/new/webhook/",
            {"name": LINES[0], "setting_url": LINES[0], "rate": LINES[1], "name_mode": LINES[2]},
        ),
        ("admin", "/settings/people/dora/", {"role": LINES[0], "brand": LINES[0], "expires_at": LINES[1]}),
        ("agent", f"/desk/items/{world.item.pk}/snooze/", {"until": LINES[0], "nap": LINES[1]}),
        ("agent", f"/desk/items/{world.item.pk}/private/offer/", {"purpose": LINES[0], "channels": LINES[1]}),
    ):
        for headers in ({}, {"HX-Request": "true"}):
            response = browser_of(role).post(path, form, headers=headers)
            assert response.status_code < 500, path
            assert judged(response.content.decode()) == [], path


@pytest.mark.django_db
def test_each_payload_by_itself():
    wrong = {text: judged(f'<div class="prose">{to_html(text)}</div>') for text in [*TEXTS, *LINES]}
    assert {text: found for text, found in wrong.items() if found} == {}


def test_template_syntax_stays_as_it_was_written(world, browser_of):
    page = browser_of("anonymous").get(world.thread.get_absolute_url()).content.decode()
    for text in [TEMPLATES[number] for number in (0, 1, 3, 4, 5, 7)]:
        assert text in page


@pytest.mark.parametrize(
    "html",
    ["<b onclick=zqx()>", "<p style='zqx'>", "<a href='java\tscript:zqx()'>", "<script>zqx()</script>", "<zqx-card>",
     "<div hx-get=//zqx>", "<!-- zqx -->", "<div class=prose><form></form></div>", "<div class=prose><p id=x></p></div>"],
)  # fmt: skip
def test_the_judge_finds_what_is_wrong(html):
    assert judged(html)
