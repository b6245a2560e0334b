"""A moderator judges a wave: its accounts spread advertising, or it was a false alarm and everything comes back."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.crisis import refuse_unless_moderator
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.models import Post
from moderation.decisions.deciding import Wanted, decide, settle, undo, undo_batch
from moderation.decisions.models import Decision
from moderation.decisions.telling import mail_what_waited
from moderation.flags.models import Case, HouseRule
from moderation.waves.models import Mark, Wave

QUIET_FOR = timedelta(hours=1)


def held(wave: Wave, *states: str) -> Wave:
    """The row as it is now, locked. Refused when somebody was faster."""
    row: Wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if row.state not in (states or (Wave.State.OPEN, Wave.State.OVER)):
        raise Refusal(_("Somebody has judged this already."), code="judged")
    return row


@transaction.atomic
def confirm(wave: Wave, *, by: Person, reason: str, people: list[int]) -> int:
    """These accounts are marked as spam, each with its statement. Those that were left out get their posts back."""
    refuse_unfounded(by, reason)
    row = held(wave)
    batch, rule = uuid4(), HouseRule.objects.get(slug="spam")
    chosen = [member.person for member in row.members.select_related("person") if member.person_id in people]
    wanted = Wanted(Case.Outcome.ACTED, {"spam": {}}, rule, reason.strip(), batch=batch)
    marked = 0
    for person in chosen:
        if person.is_team or person.is_suspended:
            continue
        case = Case.objects.open_about(person, by=by, origin=Case.Origin.STAFF)
        decide(case, wanted, by=by)
        settle_others(case)
        marked += 1
    spared = Decision.objects.standing().filter(batch=row.batch).exclude(case__concerns__in=people)
    bring_back(spared, by=by, reason=_("Not part of the wave."))
    row.confirmed_batch = batch
    row.save(update_fields=["confirmed_batch"])
    row.close(Wave.State.CONFIRMED, by=by, why=reason.strip())
    mail_what_waited(row.batch)
    record(Verb.WAVE_CONFIRMED, actor=by, subject=row, people=marked, reason=reason.strip()[:200])
    return marked


@transaction.atomic
def false_alarm(wave: Wave, *, by: Person, reason: str) -> int:
    """All that the rule took out of sight comes back. Answers how many accounts it was."""
    refuse_unfounded(by, reason)
    row = held(wave)
    count = bring_back(Decision.objects.standing().filter(batch=row.batch), by=by, reason=reason.strip())
    publish_held(row, by=by)
    row.close(Wave.State.FALSE_ALARM, by=by, why=reason.strip())
    record(Verb.WAVE_WAS_NONE, actor=by, subject=row, people=count, reason=reason.strip()[:200])
    return count


@transaction.atomic
def undo_confirming(wave: Wave, *, by: Person, reason: str) -> int:
    """The accounts were none: within thirty days all they wrote and voted is back. Answers how many accounts."""
    refuse_unfounded(by, reason)
    row = held(wave, Wave.State.CONFIRMED)
    count = undo_batch(row.confirmed_batch, by=by, reason=reason.strip()) if row.confirmed_batch else 0
    bring_back(Decision.objects.standing().filter(batch=row.batch), by=by, reason=reason.strip())
    publish_held(row, by=by)
    row.close(Wave.State.FALSE_ALARM, by=by, why=reason.strip())
    record(Verb.WAVE_WAS_NONE, actor=by, subject=row, people=count, reason=reason.strip()[:200])
    return count


def settle_others(case: Case) -> None:
    """What else waits about this account was decided with it."""
    for other in Case.objects.open().filter(concerns=case.concerns).exclude(pk=case.pk):
        settle(other, Case.Outcome.ACTED)


def publish_held(wave: Wave, *, by: Person) -> None:
    """What the gate held back because it showed a mark of the wave is published."""
    shown = Mark.objects.filter(value__in=wave.marks, created_at__gte=wave.first_at)
    held = Post.objects.filter(marks__in=shown, is_hidden=True, hiding__isnull=True, removed_at__isnull=True)
    for post in held.select_related("thread", "author").distinct():
        post.restore(by=by)


def bring_back(decisions: QuerySet[Decision], *, by: Person, reason: str) -> int:
    """What the rule decided is undone; nobody has to look at these cases again."""
    rows = list(decisions.select_related("case"))
    for decision in rows:
        undo(decision, by=by, reason=reason, reopen=False)
    return len(rows)


def close_quiet_ones() -> int:
    """Waves of which nothing more came. Answers how many."""
    quiet = Wave.objects.going_on().filter(last_at__lt=timezone.now() - QUIET_FOR)
    for wave in quiet:
        with transaction.atomic():
            row = held(wave, Wave.State.OPEN)
            row.close(Wave.State.OVER, by=None, why="")
            mail_what_waited(row.batch)
            record(Verb.WAVE_OVER, actor=None, subject=row, posts=row.posts)
    return len(quiet)


def refuse_unfounded(by: Person, reason: str) -> None:
    """A moderator, with a reason."""
    refuse_unless_moderator(by)
    if not reason.strip():
        raise Refusal(_("Say why, so that the people can be told."), code="reason_missing", status=422)
