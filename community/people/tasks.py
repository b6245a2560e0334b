"""Roles that end by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from community.people.closing import Closing, close_account
from community.people.models import Grant


@app.periodic(cron="13 * * * *")
@app.task(queue="people", queueing_lock="people.close_accounts", pass_context=False)
def close_accounts(timestamp: int) -> None:
    """Within an hour of its day an account is closed, each by itself."""
    for closing in Closing.objects.due().order_by("due_at")[:100]:
        close_account(closing)


@app.periodic(cron="* * * * *")
@app.task(queue="people", queueing_lock="people.expire", pass_context=False)
def expire_grants(timestamp: int) -> None:
    """Within a minute of its end a grant is closed and written down, and the person's sockets are closed."""
    over = Grant.objects.filter(revoked_at__isnull=True, expires_at__lte=timezone.now()).select_related("person")
    for grant in over[:500]:
        grant.expire()
