"""What somebody has helped with, read from accepted and verified answers, and what they say themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def expertise(client) -> str:
    page = client.get("/people/ben/").content.decode()
    return " ".join(page.partition('data-testid="expertise"')[2].partition("</section>")[0].split())


def test_products_and_tags_come_from_answers_that_were_good_for_sure(client, cast, question):
    given = ben_answers(cast, question)
    work()
    assert expertise(client) == ""  # an answer alone is no expertise
    question.verify(given, by=cast.dora, product_version=cast.fw32)
    question.verify(given, by=cast.dora, product_version=None)
    question.accept(given, by=cast.ana)
    shown = expertise(client)
    assert 'href="/products/beam-2/">Beam 2</a> <span class="muted num">1</span>' in shown
    assert "#bluetooth" in shown
    given.hide(by=cast.hana, reason="Wrong.")
    work()
    assert expertise(client) == ""


def test_topics_are_said_in_the_settings_and_lead_to_tags(client, cast, question):
    client.force_login(cast.ben)
    said = {"about": "", "locale": "en", "time_zone": "Europe/Berlin", "topics": " #Bluetooth , taking things apart,, "}
    assert client.post("/settings/", said).status_code == 302
    cast.ben.refresh_from_db()
    assert cast.ben.topics == "Bluetooth, taking things apart"
    client.logout()
    shown = expertise(client)
    assert 'href="/tags/bluetooth/"' in shown
    assert "taking things apart" in shown
    assert "Helped with" not in shown


def test_topics_pass_the_gate_and_are_few(client, cast):
    client.force_login(cast.ben)
    said = {"about": "", "locale": "en", "time_zone": "Europe/Berlin"}
    many = ", ".join(f"thing {n}" for n in range(11))
    assert client.post("/settings/", said | {"topics": many}).status_code == 422
    assert client.post("/settings/", said | {"topics": "call me at +49 30 901820"}).status_code == 422


def test_each_part_has_its_own_audience(client, cast, question):
    question.accept(ben_answers(cast, question), by=cast.ana)
    cast.ben.topics = "Bluetooth"
    cast.ben.save()
    client.force_login(cast.ben)
    fields = dict.fromkeys(("about", "since", "products", "points", "badges", "boards"), "public")
    client.post("/settings/audience/", fields | {"topics": "members", "helped": "staff"})
    seen = {}
    for name, who in (("nobody", None), ("chris", cast.chris), ("dora", cast.dora)):
        client.force_login(who) if who else client.logout()
        shown = expertise(client)
        seen[name] = ("In their own words" in shown, "Helped with" in shown)
    assert seen == {"nobody": (False, False), "chris": (True, False), "dora": (True, True)}


def test_a_page_costs_the_same_however_much_somebody_helped(client, cast, question):
    for n in range(6):
        if n:
            question = ana_asks(cast, title=f"Another thing that is wrong {n}", tags=[f"tag{n}"])
        question.accept(answer(question.thread, by=cast.chris, source=f"Unplug it {n} times."), by=cast.ana)
        work()
        cast.chris.deeds.all().delete()
        cast.ana.deeds.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/people/chris/?fresh={n}")
        if n == 0:
            first = len(queries)
    assert len(queries) <= max(first, 12)
    assert first <= 12
