"""AC-AGENT-1: gil sees only Kettle, and contact fields masked at every door: page, API, file, line, tray and mail."""

import csv
import io

import pytest

from community.live import broadcasting
from community.notifications.models import Notification
from community.people import contacting
from community.people.models import Person
from forums.threads.replying import answer, comment
from moderation.queue.lists import items_in, view_named
from moderation.queue.models import Item
from tests.community.api.program import Program
from tests.community.notifications.days import paced, turn
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
SECRET = ("chris.secret@example.org", "ana.secret@example.org", "NL-1001", "+49 170 5550199")
MASKED = "c•••@e•••.org"


@pytest.fixture(autouse=True)
def kept_from_others(cast, item, kettle_item):
    """Both customers have an address, Chris a number, and Ana an order, that must not be seen."""
    Person.objects.filter(pk=cast.chris.pk).update(email=SECRET[0], phone=SECRET[3])
    Person.objects.filter(pk=cast.ana.pk).update(email=SECRET[1])


@pytest.fixture
def gil(client, cast):
    """Gil's browser."""
    client.force_login(cast.gil)
    return client


@pytest.fixture
def unmasked(monkeypatch):
    """The mask is off: what must hold with it would not hold."""
    for name in ("masked_address", "masked_number", "masked_phone"):
        monkeypatch.setattr(contacting, name, lambda told: told)


def too_much(text: str) -> list[str]:
    """What of all that Gil must not see stands there."""
    return [words for words in ("Bluetooth drops", *SECRET) if words in text]


def queue_file(client, view: str = "waiting") -> str:
    """The view as a table for a spreadsheet."""
    return b"".join(client.get(f"/desk/queue.csv?view={view}").streaming_content).decode("utf-8-sig")


def test_ac_agent_1_masked_on_every_page(gil, cast, kettle_item):
    for path in ("/desk/", "/desk/?q=hums", f"/desk/items/{kettle_item.pk}/", f"/desk/customers/{cast.chris.pk}/",
                 f"/desk/items/{kettle_item.pk}/news/", "/desk/find/?q=chris", "/desk/together/",
                 f"/desk/items/{kettle_item.pk}/private/", f"/desk/items/{kettle_item.pk}/crm/"):  # fmt: skip
        page = gil.get(path)
        assert (page.status_code, too_much(page.content.decode())) == (200, []), path
    assert MASKED in one_line(gil.get(f"/desk/items/{kettle_item.pk}/"))


def test_ac_agent_1_masked_in_the_api(gil, cast, item, kettle_item):
    program = Program(cast.gil)
    for path in ("/desk/items/?view=waiting", f"/desk/items/{kettle_item.pk}/", "/desk/items/?q=kind:question"):
        told = program.get(path)
        assert too_much(told.content.decode()) == [], path
        assert MASKED in str(told.json())
    assert program.get(f"/desk/items/{item.pk}/").status_code == 404
    assert program.post(f"/desk/customers/{cast.chris.pk}/contact/", {"reason": "Curious"}).status_code == 403


def test_ac_agent_1_masked_in_the_file(gil, kettle_item):
    text = queue_file(gil)
    assert too_much(text) == []
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Title"], row["Customer"], row["Contact, masked"]) == (kettle_item.title, "chris", MASKED)


def test_without_the_mask_page_program_and_file_would_tell(gil, cast, kettle_item, unmasked):
    page = gil.get(f"/desk/items/{kettle_item.pk}/").content.decode()
    assert too_much(page) == [SECRET[0], SECRET[3]]
    assert too_much(Program(cast.gil).get(f"/desk/items/{kettle_item.pk}/").content.decode()) == [SECRET[0]]
    assert too_much(queue_file(gil)) == [SECRET[0]]


@pytest.mark.parametrize("name", ["dora", "gil", "fay"])
def test_ac_agent_1_the_file_has_the_rows_of_the_list(client, cast, name):
    person = getattr(cast, name)
    client.force_login(person)
    for view in ("next", "waiting", "free", "mine", "closed"):
        text = queue_file(client, view)
        listed = [item.pk for item in items_in(view_named(view, person), person).order_by("ranks_at")]
        assert [int(row["Number"]) for row in csv.DictReader(io.StringIO(text))] == listed
    text = queue_file(client)
    assert MASKED in text
    assert [secret for secret in SECRET if secret in text] == []


def test_ac_agent_1_masked_on_the_line(gil, cast, item, kettle_item, frames_of):
    heard = frames_of(lambda: kettle_item.claim(by=cast.gil))
    rows = [stream for stream, frame in heard if f'data-item="{kettle_item.pk}"' in frame["html"]]
    assert rows == ["queue:all", "queue:kettle"]
    assert too_much(repr(heard)) == []
    anas = frames_of(lambda: item.claim(by=cast.dora))
    assert {stream for stream, frame in anas if frame["html"]} == {"queue:all", "queue:northlight"}  # none is Gil's
    assert [secret for secret in SECRET if secret in repr(anas)] == []
    news = one_line(gil.get(f"/desk/news/?view=waiting&since=2026-01-01T00:00:00&shown={kettle_item.pk},{item.pk}"))
    assert f'data-item="{kettle_item.pk}"' in news
    assert too_much(news) == []


@pytest.mark.parametrize("is_masked", [True, False])
def test_a_row_that_told_how_to_reach_somebody_would_be_heard_on_the_line(
    cast, kettle_item, frames_of, monkeypatch, request, is_masked
):
    """What the test of the line looks through is what pages hear: with the mask the masked address, without it all."""
    if not is_masked:
        request.getfixturevalue("unmasked")
    row = broadcasting.render_to_string
    contact = Person.objects.get(pk=cast.chris.pk).contact_for(None).email
    monkeypatch.setattr(broadcasting, "render_to_string", lambda *told: f"{row(*told)} {contact}")
    heard = repr(frames_of(lambda: kettle_item.claim(by=cast.gil)))
    assert (MASKED in heard, too_much(heard)) == ((True, []) if is_masked else (False, [SECRET[0]]))


def test_ac_agent_1_masked_in_tray_and_mail(gil, cast, kettle_item, mailoutbox):
    cast.confirm(cast.gil)
    paced(cast.gil)
    said = answer(kettle_item.thread, by=cast.gil, source="Does it hum on battery, too?", as_staff=True)
    comment(said, by=cast.chris, source="It hums on battery, too.")
    turn()
    told = Notification.objects.get(person=cast.gil)
    assert too_much(f"{told.text} {told.url}") == []
    page = gil.get("/notifications/").content.decode()
    assert str(told.text) in page
    assert too_much(page) == []
    (letter,) = [letter for letter in mailoutbox if cast.gil.email in letter.to]
    assert "It hums on battery, too." in letter.body
    assert too_much(repr(letter.message().items()) + letter.body + repr(letter.alternatives)) == []


def test_dora_may_look_and_gil_may_not_even_in_the_search(gil, cast, item, kettle_item):
    assert not Item.objects.visible_to(cast.gil).filter(pk=item.pk).exists()
    for query in ("secret", SECRET[0], "chris.secret"):
        assert "queue-row" not in gil.get("/desk/", {"q": query}).content.decode()
