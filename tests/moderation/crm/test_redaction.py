"""AC-MOD-9 at the CRM: what the team blacks out goes from the outbox, from replays, and from the other side."""

import json

from community.policy.blackout import Blackout
from forums.threads.redacting import redact
from moderation.crm.models import CasePush
from moderation.crm.models.push import Attempt
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.crm.scenes import connect_webhook, dora_pushes, item_of, work_through
from tests.scenes import BODY

SECRET = "the red door in Elm Lane"


def told(case) -> str:
    """Everything that the outbox holds about a case."""
    return json.dumps(list(CasePush.objects.filter(case=case).values_list("payload", flat=True)))


def test_ac_mod_9_the_outbox_its_replays_and_the_crm_lose_the_words(receiver, cast):
    item = item_of(cast, source=f"{BODY} I live at {SECRET}.")
    connect_webhook(receiver)
    case = dora_pushes(cast, item)
    work_through()
    assert SECRET in told(case)
    dead = CasePush.objects.filter(case=case, kind="note").first()
    CasePush.objects.filter(pk=dead.pk).update(state="dead", error=f"400: {SECRET}")
    Attempt.objects.create(push=dead, number=9, detail=f"they said: {SECRET}")
    post = item.thread.posts.get(kind="opening")
    redact(post, Blackout(words=(SECRET,), words_are="address"), by=cast.dora)
    work()
    assert SECRET not in told(case)
    assert not CasePush.objects.filter(error__contains=SECRET).exists()
    assert not Attempt.objects.filter(detail__contains=SECRET).exists()
    work_through()
    last = CasePush.objects.filter(case=case, kind="case").order_by("-sequence").first()
    assert last.state == "sent"
    assert "█" in json.dumps(last.payload, ensure_ascii=False)
    assert SECRET not in Item.objects.get(pk=item.pk).title
