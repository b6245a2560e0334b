"""Before talk of the account: a code that only the customer's mailbox gets. The result is kept, the code is not."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.escalation.channels.email import mail_code
from moderation.escalation.models import Channel, Step

VALID_FOR = timedelta(minutes=10)
MOST_TRIES = 3
LOCKED_FOR = timedelta(minutes=15)
"""After three wrong codes nobody is asked again for a while, by whomever: it may be a stranger who guesses."""


class IdentityCheckQuerySet(models.QuerySet["IdentityCheck"]):
    """How a check begins."""

    @transaction.atomic
    def begin(self, callback: Any, *, by: Person) -> "IdentityCheck":
        """Send the customer a code that they read out. A new one makes the old one worthless."""
        callback.refuse_unless_on_the_line(by)
        if until := self.locked_until(callback.conversation.customer):
            sentence = _("Three wrong codes. Until %(time)s no new one is sent: speak of nothing that is theirs alone.")
            raise Refusal(sentence % {"time": f"{timezone.localtime(until):%H:%M}"}, code="locked")
        code = f"{secrets.randbelow(1_000_000):06d}"
        self.filter(callback=callback, passed_at=None, failed_at=None).delete()
        check = self.create(callback=callback, by=by, digest=make_password(code))
        mail_code(callback.conversation, code, key=f"identity-{check.pk}")
        return check

    def locked_until(self, customer: Person) -> datetime | None:
        """Until when this customer is asked for no code; None when they may be."""
        since = timezone.now() - LOCKED_FOR
        failed = self.filter(callback__conversation__customer=customer, failed_at__gt=since).order_by("-failed_at")
        moment = failed.values_list("failed_at", flat=True).first()
        return moment + LOCKED_FOR if moment else None


class IdentityCheck(models.Model):
    """A code was sent during a call; passed when the customer read it out."""

    callback = models.ForeignKey("callbacks.Callback", on_delete=models.CASCADE, related_name="identity_checks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=200, blank=True, help_text="of the code; forgotten once it has served")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    passed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="when the last try was used up")

    objects = IdentityCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return f"identity check {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.passed_at is None and self.tries < MOST_TRIES and timezone.now() - self.created_at <= VALID_FOR

    def enter(self, code: str, *, by: Person) -> bool:
        """What the customer read out. A wrong code is counted, whatever happens next."""
        with transaction.atomic():
            row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            row.callback.refuse_unless_on_the_line(by)
            if not row.is_open:
                raise Refusal(_("This code is no longer good. Send a new one."), code="expired")
            is_right = check_password(code.strip(), row.digest)
            row.tries += 1
            if is_right:
                row.passed_at, row.digest = timezone.now(), ""
                conversation = row.callback.conversation
                conversation.mark(Step.IDENTIFIED, by=by, via=Channel.CALL)
            elif row.tries >= MOST_TRIES:
                row.failed_at = timezone.now()
            row.save()
            verb = Verb.IDENTITY_PROVED if is_right else Verb.IDENTITY_DOUBTED
            record(verb, actor=by, subject=row.callback.conversation, tries=row.tries)
        return is_right
