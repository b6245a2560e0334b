"""Reply templates at the desk (AC-AGENT-7): open places do not go out, and untouched ones are asked about once."""

import pytest

from forums.canned.models import CannedReply, CannedUse
from forums.threads.models import Thread
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks, one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast):
    question = ana_asks(cast)
    work()
    return Item.objects.get(thread=question.thread)


def keep(cast, source):
    return CannedReply.objects.keep(by=cast.dora, name="Pair anew", source=source, audience="team")


def offered(dora, item):
    return dora.get(f"/canned-replies/suggest/?thread={item.thread_id}&q=pair").json()["items"][0]["text"]


def send(dora, item, text, row, **more):
    sent = {"text": text, "seen": 0, "canned": [row.pk], **more}
    return dora.post(f"/desk/items/{item.pk}/answer/", sent)


def test_ac_agent_7_variables_resolve_from_the_item(dora, cast, item):
    keep(cast, "Hi {name}, pair your {product} ({version}) again. {me}")
    assert offered(dora, item) == "Hi ana, pair your Beam 2 (fw 3.2) again. Dora, Bluetooth"


def test_ac_agent_7_a_missing_variable_blocks_sending(dora, cast, item):
    row = keep(cast, "Hi {name}, with {version} pair it again.")
    Thread.objects.filter(pk=item.thread_id).update(product_version=None)
    text = offered(dora, item)
    assert text == "Hi ana, with {version} pair it again."
    refused = send(dora, item, text + " Please.", row)
    assert refused.status_code == 422
    page = one_line(refused)
    assert "Fill in {version} first" in page
    assert "pair it again. Please." in page  # nothing that was written is lost
    assert not item.thread.posts.filter(kind="answer").exists()
    assert dora.post(f"/threads/{item.thread_id}/reply/", {"text": text, "canned": [row.pk]}).status_code == 422
    assert send(dora, item, text.replace("{version}", "fw 3.2") + " Please.", row).status_code == 302


def test_ac_agent_7_sending_it_untouched_asks_once(dora, cast, item):
    row = keep(cast, "Hi {name}, pair your {product} again.")
    text = offered(dora, item)
    asked = send(dora, item, text, row)
    assert asked.status_code == 422
    assert "word for word" in one_line(asked)
    assert f'name="canned" value="{row.pk}"' in one_line(asked)
    assert not item.thread.posts.filter(kind="answer").exists()
    assert send(dora, item, text, row, as_it_is="on").status_code == 302
    work()
    assert CannedUse.objects.get().is_verbatim


def test_ac_agent_7_a_changed_one_goes_out_without_a_question(dora, cast, item):
    row = keep(cast, "Hi {name}, pair your {product} again.")
    assert send(dora, item, offered(dora, item) + " Then tell us.", row).status_code == 302


def test_ac_agent_7_the_health_page_says_age_use_solve_rate_and_dead_links(dora, cast, item):
    keep(cast, "See [here](/questions/999999/gone/).")
    page = one_line(dora.get("/canned-replies/"))
    assert "Pair anew" in page
    assert "/questions/999999/gone/" in page
