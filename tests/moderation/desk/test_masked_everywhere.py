"""AC-AGENT-1: gil sees only Kettle, and contact fields masked at every door: page, API, file, line, tray and mail."""

import csv
import io

import pytest
from django.core import mail

from community.live import broadcasting
from community.notifications.models import Notification
from community.people.models import Person
from forums.threads.replying import comment
from moderation.queue.lists import items_in, view_named
from moderation.queue.models import Item
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
SECRET = ("chris.secret@example.org", "ana.secret@example.org", "NL-1001", "+49 170 5550199")
MASKED = "c•••@e•••.org"


@pytest.fixture
def gil(client, cast, item, kettle_item):
    """Gil's browser; both customers have an address, and Ana an order, that must not be seen."""
    Person.objects.filter(pk=cast.chris.pk).update(email=SECRET[0], phone=SECRET[3])
    Person.objects.filter(pk=cast.ana.pk).update(email=SECRET[1])
    client.force_login(cast.gil)
    return client


def shows_nothing(text):
    assert "Bluetooth drops" not in text
    for secret in SECRET:
        assert secret not in text


def test_ac_agent_1_masked_on_every_page(gil, cast, kettle_item):
    for path in ("/desk/", "/desk/?q=hums", f"/desk/items/{kettle_item.pk}/", f"/desk/customers/{cast.chris.pk}/",
                 f"/desk/items/{kettle_item.pk}/news/", "/desk/find/?q=chris", "/desk/together/",
                 f"/desk/items/{kettle_item.pk}/private/", f"/desk/items/{kettle_item.pk}/crm/"):  # fmt: skip
        shows_nothing(gil.get(path).content.decode())
    assert MASKED in one_line(gil.get(f"/desk/items/{kettle_item.pk}/"))


def test_ac_agent_1_masked_in_the_api(gil, cast, item, kettle_item):
    program = Program(cast.gil)
    for path in ("/desk/items/?view=waiting", f"/desk/items/{kettle_item.pk}/", "/desk/items/?q=kind:question"):
        told = program.get(path)
        shows_nothing(told.content.decode())
        assert MASKED in told.json().__str__()
    assert program.get(f"/desk/items/{item.pk}/").status_code == 404
    assert program.post(f"/desk/customers/{cast.chris.pk}/contact/", {"reason": "Curious"}).status_code == 403


def test_ac_agent_1_masked_in_the_file(gil, cast, kettle_item):
    text = b"".join(gil.get("/desk/queue.csv?view=waiting").streaming_content).decode("utf-8-sig")
    shows_nothing(text)
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Title"], row["Customer"], row["Contact, masked"]) == (kettle_item.title, "chris", MASKED)


@pytest.mark.parametrize("name", ["dora", "gil", "fay"])
def test_ac_agent_1_the_file_has_the_rows_of_the_list(client, cast, item, kettle_item, name):
    person = getattr(cast, name)
    client.force_login(person)
    for view in ("next", "waiting", "free", "mine", "closed"):
        text = b"".join(client.get(f"/desk/queue.csv?view={view}").streaming_content).decode("utf-8-sig")
        listed = [item.pk for item in items_in(view_named(view, person), person).order_by("ranks_at")]
        assert [int(row["Number"]) for row in csv.DictReader(io.StringIO(text))] == listed
    shown = client.get("/desk/queue.csv?view=waiting")
    assert "secret" not in b"".join(shown.streaming_content).decode()


def test_ac_agent_1_masked_on_the_line(gil, cast, item, kettle_item, monkeypatch, django_capture_on_commit_callbacks):
    frames = []
    monkeypatch.setattr(broadcasting, "outlet", Ear(frames), raising=False)
    with django_capture_on_commit_callbacks(execute=True):
        kettle_item.claim(by=cast.gil)
        work()
    html = one_line(gil.get(f"/desk/news/?view=waiting&since=2026-01-01T00:00:00&shown={kettle_item.pk},{item.pk}"))
    shows_nothing(html)
    assert f'data-item="{kettle_item.pk}"' in html
    for frame in frames:
        for secret in SECRET:
            assert secret not in frame


class Ear:
    """Hears what goes out on the line."""

    def __init__(self, frames):
        self.frames = frames

    def __getattr__(self, _name):
        return lambda *args, **kwargs: self.frames.append(repr((args, kwargs)))


def test_ac_agent_1_masked_in_tray_and_mail(gil, cast, item, kettle_item):
    kettle_item.assign(cast.gil, by=cast.fay)
    comment(kettle_item.thread.posts.get(kind="opening"), by=cast.chris, source="It still hums.")
    work()
    told = [one.text for one in Notification.objects.filter(person=cast.gil)]
    letters = [letter.subject + letter.body for letter in mail.outbox if cast.gil.email in letter.to]
    for text in [*told, *letters, gil.get("/notifications/").content.decode()]:
        shows_nothing(str(text))


def test_dora_may_look_and_gil_may_not_even_in_the_search(gil, cast, item, kettle_item):
    assert not Item.objects.visible_to(cast.gil).filter(pk=item.pk).exists()
    for query in ("secret", SECRET[0], "chris.secret"):
        assert "queue-row" not in gil.get("/desk/", {"q": query}).content.decode()
