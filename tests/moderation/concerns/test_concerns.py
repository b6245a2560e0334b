"""S74: a confidential way to the auditor, past every other role."""

import pytest

from community.events.models import Event
from community.notifications.models import Notification
from community.once import OnceKey
from moderation.concerns.models import Concern
from tests.jobs import work
from tests.scenes import as_, one_line

pytestmark = pytest.mark.django_db
SAID = "We are told to praise the Kettle from private accounts."


def tell(person, **sent):
    return as_(person).post("/desk/concerns/", {"text": SAID, "once": "a1", **sent})


def test_s74_a_concern_is_readable_by_the_auditor_only(cast):
    url = tell(cast.gil).url
    for person in (cast.dora, cast.fay, cast.hana, cast.kim, cast.ana):
        client = as_(person)
        assert client.get(url).status_code == 404, person
        assert client.post(f"{url}say/", {"text": "Who was it?"}).status_code == 404, person
        assert SAID not in client.get("/desk/concerns/").content.decode(), person
    assert SAID in as_(cast.jo).get(url).content.decode()
    assert "gil" in as_(cast.jo).get("/desk/concerns/").content.decode()


def test_the_auditor_answers_and_both_go_on(cast):
    jo = as_(cast.jo)
    url = tell(cast.gil).url
    work()
    assert [row.text for row in Notification.objects.filter(person=cast.jo)] == [
        "Somebody of the team has a word for you alone"
    ]
    assert jo.post(f"{url}say/", {"text": "Do not do it."}).url == url
    work()
    assert Notification.objects.filter(person=cast.gil, url=url).count() == 1
    as_(cast.gil).post(f"{url}say/", {"text": "Thank you."})
    assert [word.side for word in Concern.objects.get().words.all()] == ["writer", "auditor", "writer"]


def test_without_a_name_no_row_and_no_event_says_who_it_was(cast):
    url = tell(cast.gil, is_nameless="on").url
    concern = Concern.objects.get()
    assert concern.by is None
    assert not Event.objects.filter(verb__startswith="concern.").exclude(actor=None).exists()
    page = as_(cast.gil).get(url)
    assert "Keep the address of this page" in one_line(page)
    assert "no-store" in page["Cache-Control"]
    assert SAID not in as_(cast.gil).get("/desk/concerns/").content.decode()
    assert "Without a name" in as_(cast.jo).get("/desk/concerns/").content.decode()


def test_without_a_name_what_is_kept_for_a_second_click_names_nobody(cast):
    client = as_(cast.gil)
    sent = {"text": SAID, "is_nameless": "on", "once": "c1"}
    first, second = (client.post("/desk/concerns/", sent)["Location"] for _ in range(2))
    assert (first, Concern.objects.count()) == (second, 1)
    more = {"text": "And one more thing.", "once": "c2"}
    assert [client.post(f"{first}say/", more)["Location"] for _ in range(2)] == [first, first]
    concern = Concern.objects.get()
    assert concern.words.count() == 2
    kept = [row for row in OnceKey.objects.all() if concern.token in str(row.headers) + row.body]
    assert [row.person for row in kept] == [None, None]
    as_(cast.jo).post(f"{first}say/", {"text": "Thank you.", "once": "c3"})
    client.post("/desk/concerns/", {"text": SAID, "once": "c4"})
    assert {row.person for row in OnceKey.objects.all()} == {None, cast.gil}, "under a name it is one's own, as ever"


def test_no_log_tells_supervisors_and_administrators_who_it_was(cast):
    tell(cast.gil)
    work()
    for person in (cast.fay, cast.kim):
        log = one_line(as_(person).get("/desk/actions/?verb=concern.raised"))
        assert "told the auditor something in confidence" in log
        assert "gil" not in log
        assert SAID not in log


def test_sent_twice_is_told_once_and_nothing_is_asked_for_again(cast):
    client = as_(cast.gil)
    first, second = (client.post("/desk/concerns/", {"text": SAID, "once": "b2"}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Concern.objects.count() == 1
    empty = client.post("/desk/concerns/", {"text": " ", "once": "b3"})
    assert empty.status_code == 422


def test_customers_find_no_such_page(cast):
    assert as_(cast.ana).get("/desk/concerns/").status_code == 404
    assert as_(cast.ana).post("/desk/concerns/", {"text": SAID}).status_code == 404
