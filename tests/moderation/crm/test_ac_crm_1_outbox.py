"""AC-CRM-1: the outbox says what was tried and what came of it, and who may tries again what was given up."""

import pytest
from django.urls import reverse

from moderation.crm.models import CasePush
from tests.jobs import work
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through
from tests.scenes import as_

pytestmark = pytest.mark.django_db
TICKS = '<span class="sr-only">Choose</span>'


def shown(client, name, *args, query=""):
    return client.get(reverse(f"moderation:{name}", args=args) + query).content.decode()


def test_ac_crm_1_the_outbox_shows_attempts_and_kim_replays(cast, webhook, receiver):
    receiver.faults.append(422)
    dora_pushes(cast, item_of(cast), webhook)
    work()
    fay, kim = as_(cast.fay), as_(cast.kim)
    assert "given up" in shown(fay, "crm-outbox", query="?state=dead")
    assert TICKS not in shown(fay, "crm-outbox")  # she only reads
    dead = CasePush.objects.get(state="dead")
    page = shown(fay, "crm-push", dead.pk)
    assert "The CRM answered 422." in page
    assert "Try it again" not in page
    assert TICKS in shown(kim, "crm-outbox")
    kim.post(reverse("moderation:crm-replay"), {"push": dead.pk})
    work_through()
    assert not CasePush.objects.exclude(state="sent").exists()
    done = shown(kim, "crm-outbox")
    assert TICKS not in done  # nothing to tick, so no empty column
    assert "Entry of ana" in done
