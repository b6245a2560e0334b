"""Forgetting how new members wrote, once no check looks at it any more."""

from procrastinate.contrib.django import app

from community.policy.models import Passage


@app.periodic(cron="47 3 * * *")
@app.task(queue="sweep", queueing_lock="policy.forget", pass_context=False)
def forget_passages(timestamp: int) -> None:
    """Once a night."""
    Passage.objects.forget()
