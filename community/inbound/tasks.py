"""Reading mail that came in, and looking into the mailbox."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from community.inbound.mailbox import fetch_new
from community.inbound.models import InboundMail
from community.inbound.receiving import read_mail

LOST_AFTER = timedelta(minutes=5)


@app.task(queue="mail", retry=RetryStrategy(max_attempts=6, wait=5, exponential_wait=4))
def read_inbound(mail_id: int) -> None:
    """Judge one mail that was kept."""
    mail = InboundMail.objects.filter(pk=mail_id, state=InboundMail.State.RECEIVED).first()
    if mail is not None:
        read_mail(mail)


@app.periodic(cron="* * * * *")
@app.task(queue="mail", queueing_lock="mailbox.poll", lock="mailbox.poll", pass_context=False)
def poll_mailbox(timestamp: int) -> None:
    """Look into the mailbox once a minute, where one is set up; also when a `manage.py mailbox` waits in it."""
    if settings.IMAP_URL:
        for mail in fetch_new():
            read_inbound.defer(mail_id=mail.pk)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="mail", queueing_lock="inbound.sweep", pass_context=False)
def sweep_inbound(timestamp: int) -> None:
    """Read what was kept and whose job was lost."""
    old = timezone.now() - LOST_AFTER
    waiting = InboundMail.objects.filter(state=InboundMail.State.RECEIVED, created_at__lt=old)
    for pk in waiting.values_list("pk", flat=True)[:500]:
        read_inbound.defer(mail_id=pk)
