"""A desk with something on it."""

import pytest

from forums.questions.models import Question
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks


@pytest.fixture
def item(cast) -> Item:
    """Ana's question about her Beam 2, waiting."""
    question = ana_asks(cast)
    work()
    return Item.objects.get(thread=question.thread)


@pytest.fixture
def kettle_item(cast) -> Item:
    """Chris's question about a Kettle, waiting."""
    question = Question.objects.ask(
        by=cast.chris, title="Kettle One hums at low volume", source="A low hum, always.", product=cast.kettle_one
    )
    work()
    return Item.objects.get(thread=question.thread)


@pytest.fixture
def dora(client, cast):
    """Dora's browser."""
    client.force_login(cast.dora)
    return client
