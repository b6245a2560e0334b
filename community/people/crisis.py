"""Crisis mode: for some hours the community is stricter with people it does not know. It ends by itself.

Who is known (level 2 and above, the team) notices nothing. Each step is a deed with a reason in the audit log.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.events.recording import record
from community.events.verbs import Verb
from community.live.fragments import forget_fragments
from community.live.purging import purge
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal

LONGEST = timedelta(days=7)
KNOWN_FROM_LEVEL = 2
SLOWEST = 60


@dataclass(frozen=True)
class Measures:
    """What is stricter. `marks` are fingerprints of what is being repeated: texts of new people that show one wait."""

    holds_first_posts: bool = False
    holds_links: bool = False
    slow_minutes: int = 0
    pauses_sign_up: bool = False
    marks: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return self == Measures()

    @property
    def words(self) -> list[str]:
        """Each in words."""
        number = len(self.marks)
        said = [
            (self.holds_first_posts, _("first posts wait for a look")),
            (self.holds_links, _("links of new members wait for a look")),
            (self.slow_minutes, _("new members post once in %(n)s minutes") % {"n": self.slow_minutes}),
            (self.pauses_sign_up, _("nobody can join")),
            (self.marks, ngettext("%(n)s pattern waits", "%(n)s patterns wait", number) % {"n": number}),
        ]  # fmt: skip
        return [words for is_so, words in said if is_so]


class CrisisQuerySet(models.QuerySet["Crisis"]):
    """Which ones, and how one begins."""

    def in_force(self, at: datetime | None = None) -> Self:
        """The one that holds now, if there is one: neither ended nor over."""
        return self.filter(is_open=True, until__gt=at or timezone.now())

    def now(self) -> "Crisis | None":
        """The same as a row. Asked for every text of somebody whom the community does not know."""
        return holding.get(now_at=timezone.now())

    @transaction.atomic
    def start(
        self,
        measures: Measures,
        *,
        by: Person | None,
        reason: str,
        until: datetime,
        rule: str = "",
        notice: str = "",
    ) -> "Crisis":
        """Be stricter from now until then. `rule` names what decided when no person did.

        `notice` is what everybody reads above every page meanwhile; without one nothing is said.
        """
        refuse_unfounded(measures, by, reason, rule)
        for over in self.select_for_update().filter(is_open=True, until__lte=timezone.now()):
            over.end_by_itself()
        if self.filter(is_open=True).exists():
            raise Refusal(_("It is on already. Change it, or end it first."), code="open")
        facts = {"reason": reason.strip()[:300], "until": capped(until), "notice": notice.strip()[:200]}
        row = self.create(by=by, rule=rule, **facts, **vars(measures))
        row._tell_everybody(bool(row.notice))
        record(Verb.CRISIS_STARTED, actor=by, subject=row, reason=row.reason, until=row.until.isoformat(), rule=rule,
               measures=measures.words)  # fmt: skip
        return row


class Crisis(models.Model):
    """One time of being stricter: what, by whom or by which rule, why, until when."""

    holds_first_posts = models.BooleanField(default=True)
    holds_links = models.BooleanField(default=False)
    slow_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="between two posts of a new member; 0: no limit"
    )
    pauses_sign_up = models.BooleanField(default=False)
    marks = ArrayField(models.CharField(max_length=16), default=list, help_text="fingerprints of what is repeated")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    rule = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=300)
    notice = models.CharField(max_length=200, blank=True, db_default="", help_text="what everybody reads meanwhile")
    is_open = models.BooleanField(null=True, default=True, unique=True, help_text="true or empty: one at a time")
    started_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    objects = CrisisQuerySet.as_manager()

    class Meta:
        app_label = "people"
        verbose_name_plural = "crises"

    def __str__(self) -> str:
        return self.reason

    @property
    def measures(self) -> Measures:
        return Measures(
            self.holds_first_posts, self.holds_links, self.slow_minutes, self.pauses_sign_up, list(self.marks)
        )

    @property
    def is_in_force(self) -> bool:
        return bool(self.is_open) and self.until > timezone.now()

    @transaction.atomic
    def change(
        self,
        measures: Measures,
        *,
        by: Person | None,
        reason: str,
        until: datetime,
        rule: str = "",
        notice: str | None = None,
    ) -> None:
        """Be stricter or milder, for longer or shorter. Without a `notice` the one there is stays."""
        refuse_unfounded(measures, by, reason, rule)
        self.refresh_from_db(from_queryset=Crisis.objects.select_for_update(of=("self",)))
        if not self.is_in_force:
            raise Refusal(_("It is over already."), code="over")
        for name, value in vars(measures).items():
            setattr(self, name, value)
        said, self.until = self.notice, capped(until)
        self.notice = said if notice is None else notice.strip()[:200]
        self.save()
        self._tell_everybody(said != self.notice)
        record(Verb.CRISIS_CHANGED, actor=by, subject=self, reason=reason.strip()[:300], until=self.until.isoformat(),
               rule=rule, measures=measures.words)  # fmt: skip

    def add_marks(self, marks: list[str], *, rule: str, reason: str, until: datetime) -> None:
        """A rule saw more of what is repeated."""
        known = self.measures
        wider = replace(known, holds_first_posts=True, marks=sorted({*known.marks, *marks}))
        if wider != known:
            self.change(wider, by=None, rule=rule, reason=reason, until=max(until, self.until))

    @transaction.atomic
    def end(self, *, by: Person, reason: str) -> None:
        """It is over before its time."""
        refuse_unless_moderator(by)
        if not reason.strip():
            raise Refusal(_("Say why, so that the log can tell."), code="reason_missing", status=422)
        self.refresh_from_db(from_queryset=Crisis.objects.select_for_update(of=("self",)))
        if not self.is_open:
            raise Refusal(_("It is over already."), code="over")
        self._close(by, reason.strip()[:300])

    def end_by_itself(self) -> None:
        """Its time is over."""
        self._close(None, "its time was over")

    def _tell_everybody(self, is_other: bool) -> None:
        """Pages are made anew once the notice above them is another one."""
        if is_other:
            transaction.on_commit(renew_pages)

    def _close(self, by: Any, why: str) -> None:
        self.is_open, self.ended_at, self.ended_by, self.ended_why = None, timezone.now(), by, why
        self.save(update_fields=["is_open", "ended_at", "ended_by", "ended_why"])
        self._tell_everybody(bool(self.notice))
        record(Verb.CRISIS_ENDED, actor=by, subject=self, reason=why)


def renew_pages() -> None:
    """Every kept page shows the notice, or shows it no longer."""
    forget_fragments()
    purge("*")


def public_notice() -> str:
    """What everybody reads above every page now; empty most of the time. Read once by each process, and kept."""
    row = Crisis.objects.in_force().exclude(notice="").first()
    return row.notice if row else ""


def refuse_unfounded(measures: Measures, by: Person | None, reason: str, rule: str) -> None:
    """Something is stricter, somebody or a rule says so, and there is a reason."""
    if by is not None:
        refuse_unless_moderator(by)
    elif not rule:
        raise Refusal(_("A person or a rule decides this."), code="nobody", status=422)
    if not reason.strip():
        raise Refusal(_("Say why, so that colleagues understand."), code="reason_missing", status=422)
    if measures.is_nothing:
        raise Refusal(_("Choose what is to be stricter."), code="nothing", status=422)


def refuse_unless_moderator(by: Person) -> None:
    """For moderators of everything."""
    if not by.can(Capability.MODERATE) or by.brands_for(Capability.MODERATE) is not None:
        raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)


def capped(until: datetime) -> datetime:
    """At least a minute from now, and never longer than a week: whoever forgets it does no harm."""
    now = timezone.now()
    return max(now + timedelta(minutes=1), min(until, now + LONGEST))


holding = PreparedRow(lambda now_at: Crisis.objects.in_force(now_at).order_by("-pk")[:1], now_at=datetime)


def is_known(person: Any) -> bool:
    """Whom crisis mode does not concern."""
    return bool(person.level >= KNOWN_FROM_LEVEL or person.is_team)
