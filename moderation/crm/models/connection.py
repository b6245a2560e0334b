"""A connection to one CRM: how to reach it, what it may be told, and how it is doing."""

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Self

from django.conf import settings as conf
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.connectors import kinds
from moderation.crm.connectors.base import Connector, Keeper
from moderation.crm.connectors.errors import ConnectorError
from moderation.crm.locks import advisory_lock
from moderation.crm.sealing import seal, unseal
from moderation.crm.waking import wake_connection
from moderation.crm.wire import Wire

OPENS_AFTER = 5
OPEN_FOR = timedelta(seconds=30)


class Installation(models.Model):
    """This site, known to every CRM by a name of its own."""

    uuid = models.UUIDField(default=uuid.uuid4)

    @classmethod
    def key(cls) -> str:
        """The site's part of every reference."""
        return cls.objects.get_or_create(pk=1)[0].uuid.hex


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Which connections."""

    def visible_to(self, person: Any) -> Self:
        """Connections are seen by those who set them up, and by supervisors."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self if person.can(Capability.CONNECT_CRM) or person.can(Capability.SUPERVISE) else self.none()

    def active(self) -> Self:
        return self.filter(state=Connection.State.ACTIVE)


class Connection(models.Model):
    """The way into one CRM. Its secrets are sealed and never shown again."""

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"

    class Mode(models.TextChoices):
        """What we may write into a contact that the CRM had before us."""

        LINK = "link", _("Never change it")
        FILL = "fill", _("Fill in what is blank")
        OVERWRITE = "overwrite", _("Overwrite")

    name = models.SlugField(max_length=40, unique=True, help_text="part of the address /hooks/crm/<name>/")
    kind = models.CharField(max_length=30, help_text="which connector")
    settings = models.JSONField(default=dict)
    sealed = models.TextField(blank=True, editable=False)
    session = models.TextField(blank=True, editable=False, help_text="the sealed session, shared by all processes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    pause_reason = models.CharField(max_length=300, blank=True)
    is_private_allowed = models.BooleanField(default=False, help_text="may be told private messages")
    sends_contact_data = models.BooleanField(default=False, help_text="may be told mail addresses")
    name_mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.LINK)
    email_mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.FILL)
    spokesperson = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rate = models.PositiveSmallIntegerField(default=60, help_text="calls a second at most")
    a_day = models.PositiveIntegerField(default=0, help_text="entries a day at most; 0 is without limit")
    said_today = models.PositiveIntegerField(default=0)
    said_on = models.DateField(null=True, blank=True, help_text="the day that `said_today` counts")
    tokens = models.FloatField(default=60)
    tokens_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    open_until = models.DateTimeField(null=True, blank=True, help_text="the breaker is open: nobody calls until then")
    cursor = models.CharField(max_length=200, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_result = models.CharField(max_length=300, blank=True)
    is_reachable = models.BooleanField(null=True)
    report = models.JSONField(default=dict, blank=True, help_text="what the last reconciliation found")
    preview = models.JSONField(default=dict, blank=True, help_text="what would be told and changed, by looking only")
    trial = models.JSONField(default=dict, blank=True, help_text="what a mapping of fields would write")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The connector's name for people."""
        connector = kinds().get(self.kind)
        return str(connector.label) if connector else self.kind

    def mode_of(self, field: str) -> str:
        """What may be done with a field, `name` or `email`, of a contact that the CRM had before us."""
        return self.name_mode if field == "name" else self.email_mode

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_open(self) -> bool:
        """The breaker is open: the CRM failed several times in a row and is left alone for a moment."""
        return self.open_until is not None and self.open_until > timezone.now()

    def secrets(self) -> dict[str, str]:
        return unseal(self.sealed)

    def connector(self, *, timeout: float | None = None) -> Connector:
        """A connector for this connection. Close its wire when done."""
        if self.kind not in kinds():
            raise Refusal(f"There is no connector “{self.kind}” any more.", code="no_connector")
        wire = Wire(
            self.settings.get("url", ""),
            may_reach_inside=conf.CRM_MAY_REACH_INSIDE,
            timeout=timeout or conf.CRM_TIMEOUT,
        )
        return kinds()[self.kind](self.settings, self.secrets(), wire, Keeper(self._session, self._renew))

    def _session(self) -> str:
        return unseal(type(self).objects.values_list("session", flat=True).get(pk=self.pk)).get("session", "")

    def _renew(self, old: str, sign_in: Callable[[], str]) -> str:
        """Sign in once for all processes: whoever comes second takes the first one's session."""
        with advisory_lock("crm.session", self.pk, wait=True):
            current = self._session()
            if current and current != old:
                return current
            fresh = sign_in()
            type(self).objects.filter(pk=self.pk).update(session=seal({"session": fresh}))
            return fresh

    @transaction.atomic
    def save_settings(self, *, by: Person, secrets: dict[str, str]) -> None:
        """Keep what the set-up form says; an empty secret keeps the old one. Work that waited for a CRM begins."""
        if not by.can(Capability.CONNECT_CRM):
            raise Refusal("Only administrators connect a CRM.", code="not_yours", status=403)
        self.sealed = seal({**self.secrets(), **{name: value for name, value in secrets.items() if value}})
        self.session, self.version = "", self.version + 1
        self.save()
        record(Verb.CONNECTION_CHANGED, actor=by, subject=self, what="saved", state=self.state)
        self.wake_all()

    @transaction.atomic
    def pause(self, *, by: Person | None, reason: str) -> None:
        """Nothing is pushed until somebody resumes; what comes meanwhile waits."""
        self.state, self.pause_reason, self.version = self.State.PAUSED, reason[:300], self.version + 1
        self.save(update_fields=["state", "pause_reason", "version"])
        record(Verb.CONNECTION_CHANGED, actor=by, subject=self, what="paused", reason=reason[:300])

    @transaction.atomic
    def resume(self, *, by: Person) -> None:
        """Go on where it stopped."""
        self.state, self.pause_reason, self.failures, self.open_until = self.State.ACTIVE, "", 0, None
        self.version += 1
        self.save(update_fields=["state", "pause_reason", "failures", "open_until", "version"])
        record(Verb.CONNECTION_CHANGED, actor=by, subject=self, what="resumed")
        self.wake_all()

    def wake_all(self) -> None:
        """See to everything that waited for this connection, and take over what waited for any."""
        wake_connection(self.pk)

    def hold(self, until: datetime) -> None:
        """The CRM asked to be left alone until then: nobody calls before."""
        type(self).objects.filter(pk=self.pk).update(open_until=until)

    def check_now(self) -> bool:
        """Try the connection and keep what came of it. Speaks to the outside: for jobs only."""
        try:
            connector = self.connector(timeout=10.0)
            with connector.wire:
                self.check_result, self.is_reachable = connector.check()[:300], True
        except ConnectorError as error:
            self.check_result, self.is_reachable = f"{error.name}: {error}"[:300], False
        self.checked_at = timezone.now()
        self.save(update_fields=["check_result", "is_reachable", "checked_at"])
        return bool(self.is_reachable)

    # Pace, shared by all workers.

    @transaction.atomic
    def wait_for_turn(self, now: datetime) -> datetime | None:
        """Take a token of the bucket, or say when to come back. An open breaker says so too."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.open_until and row.open_until > now:
            return row.open_until
        day = timezone.localdate(now)
        said = row.said_today if row.said_on == day else 0
        if row.a_day and said >= row.a_day:
            return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        tokens = min(row.rate, row.tokens + (now - row.tokens_at).total_seconds() * row.rate)
        is_free = tokens >= 1
        if is_free and row.open_until:  # half open: one trial, the others wait for its result
            type(self).objects.filter(pk=self.pk).update(open_until=now + OPEN_FOR)
        type(self).objects.filter(pk=self.pk).update(
            tokens=tokens - 1 if is_free else tokens, tokens_at=now, said_today=said + is_free, said_on=day
        )
        return None if is_free else now + timedelta(seconds=(1 - tokens) / max(row.rate, 1))

    def went_well(self, began: datetime | None = None) -> None:
        """The CRM answered. Whoever tried it while the breaker was open (their turn `began` then) closes it, and all
        who waited for that go on at once. What a CRM asked for meanwhile (`hold`) stands.
        """
        rows = type(self).objects.filter(pk=self.pk)
        was_trial = Q(open_until=began + OPEN_FOR) if began else Q()
        if rows.filter(Q(open_until__lte=timezone.now()) | was_trial).update(open_until=None, failures=0):
            self.wake_all()
        else:
            rows.filter(open_until=None).exclude(failures=0).update(failures=0)

    def went_wrong(self, now: datetime) -> None:
        """The CRM did not answer properly; several of these in a row open the breaker."""
        type(self).objects.filter(pk=self.pk).update(failures=models.F("failures") + 1)
        broken = type(self).objects.filter(pk=self.pk, failures__gte=OPENS_AFTER)
        broken.update(open_until=now + OPEN_FOR)
