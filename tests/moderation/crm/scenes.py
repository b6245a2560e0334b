"""Scenes of the CRM: a connection, a pushed thread, and time that passes."""

from datetime import timedelta

from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from moderation.crm.models import Case, CasePush, Connection
from moderation.crm.pushing import push_item
from moderation.crm.sealing import seal
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.crm.receiver import OLD_SECRET, SECRET
from tests.scenes import ana_asks, ben_answers


def connect_webhook(receiver, **fields):
    """A connection to the receiver that can be looked up and polled."""
    settings = {"url": receiver.url, "find_url": f"{receiver.url}/find", "changes_url": f"{receiver.url}/changes"}
    sealed = seal({"secret": SECRET, "old_secret": OLD_SECRET})
    fields = {
        "name": "desk",
        "kind": "webhook",
        "settings": settings,
        "sealed": sealed,
        "rate": 1000,
        "tokens": 1000,
        **fields,
    }
    return Connection.objects.create(**fields)


def item_of(cast, **fields):
    """Ana's question with Ben's answer, and its item on the desk."""
    question = ana_asks(cast, **fields)
    ben_answers(cast, question)
    work()
    return Item.objects.get(thread=question.thread)


def posts_of(item):
    return [f"post:{pk}" for pk in item.thread.posts.order_by("pk").values_list("pk", flat=True)]


def dora_pushes(cast, item, connection=None):
    """Dora pushes everything public."""
    return push_item(item, by=cast.dora, sources=posts_of(item), connection=connection)


def time_passes(seconds=3600):
    """Whatever waits for later is due now."""
    back = timedelta(seconds=seconds)
    CasePush.objects.update(next_at=F("next_at") - back)
    Connection.objects.update(open_until=None)
    ProcrastinateJob.objects.filter(status="todo", scheduled_at__isnull=False).update(
        scheduled_at=F("scheduled_at") - back
    )


def work_through(rounds=12):
    """Do the jobs, again and again as time passes, until the outbox is settled."""
    for _round in range(rounds):
        work()
        if not CasePush.objects.unsettled().exists():
            return
        time_passes()
    raise AssertionError(f"the outbox never settles: {list(CasePush.objects.unsettled().values('kind', 'error'))}")


def the_case(item):
    return Case.objects.get(item=item)
