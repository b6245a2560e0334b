"""Filters in the search of the desk (AC-AGENT-1): by kind, product, language, state, promise and holder."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from moderation.escalation.models import Conversation
from moderation.queue.models import Item
from tests.jobs import work

pytestmark = pytest.mark.django_db


def found(person, query) -> set[str]:
    client = Client()
    client.force_login(person)
    page = client.get("/desk/", {"q": query})
    return {title for title in ("Bluetooth drops", "Kettle One hums", "Invoice") if title in page.content.decode()}


@pytest.fixture
def three(cast, item, kettle_item):
    talk = Conversation.objects.ask(
        by=cast.chris, title="Invoice", text="Again, please.", channels=["page"], product=cast.beam2
    )
    work()
    return item, kettle_item, talk.item


def test_ac_agent_1_what_is_chosen_is_what_would_be_typed(cast, three):
    client = Client()
    client.force_login(cast.gil)
    form = client.get("/desk/filters/?view=waiting", headers={"HX-Request": "true"}).content.decode()
    for name in ("kind:review", "kind:mail", "product:kettle-one", "lang:en", "state:live", "due:late", "has:team"):
        assert f'value="{name}"' in form
    assert "product:beam-2" not in form
    assert "lang:de" not in form  # nobody who asked about a Kettle speaks it
    client.force_login(cast.dora)
    assert 'value="lang:de"' in client.get("/desk/filters/").content.decode()
    page = client.get("/desk/", {"view": "waiting", "narrow": ["kind:question", "", "lang:de"]}).content.decode()
    assert "Bluetooth drops" in page
    assert "Kettle One hums" not in page
    assert "kind:question lang:de" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind:conversation", {"Invoice"}),
        ("kind:question", {"Bluetooth drops", "Kettle One hums"}),
        ("product:kettle-one", {"Kettle One hums"}),
        ("brand:northlight", {"Bluetooth drops", "Invoice"}),
        ("lang:de", {"Bluetooth drops"}),
        ("kind:question has:emil", {"Kettle One hums"}),
        ("has:nobody", {"Bluetooth drops", "Invoice"}),
        ("state:open kind:question lang:de", {"Bluetooth drops"}),
        ("state:closed", set()),
        ("due:late", {"Bluetooth drops"}),
        ("due:soon", set()),
        ("kind:nonsense", set()),
    ],
)
def test_ac_agent_1_a_search_narrows_and_its_address_can_be_shared(cast, three, query, titles):
    item, kettle_item, _talk = three
    kettle_item.claim(by=cast.emil)
    Item.objects.filter(pk=item.pk).update(respond_by=timezone.now() - timedelta(minutes=1))
    assert found(cast.dora, query) == titles
    assert found(cast.fay, query) == titles
    assert found(cast.gil, query) == titles & {"Kettle One hums"}
