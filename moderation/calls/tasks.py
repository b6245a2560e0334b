"""The clock of calls: what rings too long stops, and what has lost a side is over."""

from typing import Any

from django.apps import apps
from django.conf import settings
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="calls.tend", pass_context=False)
def tend_calls(timestamp: int) -> None:
    """Look after each call that goes on."""
    for call in calls().going_on().order_by("pk"):
        call.look_after()


@app.task(queue="queue", pass_context=False)
def stop_ringing(call_id: int) -> None:
    """It has rung for as long as anybody waits."""
    if call := calls().ringing().filter(pk=call_id).first():
        call.stop_ringing()


def stop_ringing_in_time(call_id: int) -> None:
    """A second after it has rung long enough."""
    stop_ringing.configure(schedule_in={"seconds": settings.CALL_RING_SECONDS + 1}).defer(call_id=call_id)


def calls() -> Any:
    """The calls, asked for by name: they themselves plan these tasks."""
    model: Any = apps.get_model("calls", "Call")
    return model.objects.select_related(
        "agent", "asked_by", "conversation__customer", "conversation__item__product__brand"
    )
