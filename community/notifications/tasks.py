"""Sending mails: one job for one row, tried again for a day, swept when a job was lost."""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app

from community.deferring import put_off
from community.notifications.addresses import bounce_address, takes_mail
from community.notifications.models import EmailDelivery

log = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_WAIT = 900
SWEEP_AFTER = timedelta(minutes=20)


class NotSentYet(Exception):
    """The mail server did not take it; later perhaps."""


class Patience(BaseRetryStrategy):
    """15 s, 30 s, 1 min … a quarter of an hour; the row itself says when to give up."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:
        if not isinstance(exception, NotSentYet):
            return None
        return RetryDecision(retry_in={"seconds": min(15 * 2 ** min(job.attempts, 10), LONGEST_WAIT)})


def defer_sending(pk: int, wait: int = 0) -> None:
    """A job for the row, in `wait` seconds; two jobs for one row never run at once.

    A row that was left behind is swept.
    """
    later = {"schedule_in": {"seconds": wait}} if wait else {}
    put_off(send_mail.configure(lock=f"mail-{pk}", **later), mail_id=pk)  # type: ignore[arg-type]


@app.task(queue="mail", retry=Patience())
def send_mail(mail_id: int) -> None:
    """Hand one mail to the mail server. Nothing happens when it was sent before."""
    mail = EmailDelivery.objects.waiting().filter(pk=mail_id).first()
    if mail is None:
        return
    if mail.kind and EmailDelivery.objects.bounced_to(mail.recipient):
        mail.mark_tried("The address refused mail before.", is_final=True)
        return
    mail.attempts += 1
    mail.envelope_from = mail.envelope_from or envelope_of(mail)
    try:
        hand_over(mail)
    except ValueError as error:  # a header that no mail may have: trying again would not help
        mail.mark_tried(f"{type(error).__name__}: {error}", is_final=True)
        log.error("mail cannot be built", extra={"mail": mail.pk})
    except (smtplib.SMTPException, OSError) as error:
        is_final = is_permanent(error) or mail.created_at < timezone.now() - GIVE_UP_AFTER
        mail.mark_tried(f"{type(error).__name__}: {error}", is_final=is_final)
        log.warning("mail not sent", extra={"mail": mail.pk, "final": is_final, "error": type(error).__name__})
        if not is_final:
            raise NotSentYet(str(mail)) from error


def hand_over(mail: EmailDelivery) -> None:
    """Give the mail to the server. What it has taken is sent, however the farewell goes."""
    line = get_connection()
    try:
        line.open()
        message(mail, line).send()
        mail.mark_sent()
    finally:
        with suppress(smtplib.SMTPException, OSError):
            line.close()


def envelope_of(mail: EmailDelivery) -> str:
    """Where delivery reports go: to an address of this mail's own, when we can take them at all."""
    return bounce_address(mail) if mail.reply_to or takes_mail() else ""


def message(mail: EmailDelivery, line: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The row as a mail."""
    headers = {**mail.headers, "Message-ID": mail.message_id}
    if mail.envelope_from:
        headers["From"] = mail.sender
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.envelope_from or mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
        connection=line,
    )
    built.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        built.attach("call.ics", mail.calendar, "text/calendar")
    return built


def is_permanent(error: Exception) -> bool:
    """Whether the mail server said no for good (5xx about this mail), rather than "not now"."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return False


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", queueing_lock="mail.sweep", pass_context=False)
def sweep_mail(timestamp: int) -> None:
    """Send again what was left waiting: a job can be lost with its worker, a row cannot."""
    old = timezone.now() - SWEEP_AFTER
    quiet = Q(tried_at__lt=old) | Q(tried_at__isnull=True)
    for pk in EmailDelivery.objects.waiting().filter(quiet, created_at__lt=old).values_list("pk", flat=True)[:1000]:
        defer_sending(pk)
