"""The alarm: who is part of it is written down, crisis mode begins, what the wave has posted goes out of sight."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from community.deferring import put_off
from community.events.recording import record
from community.events.verbs import Verb
from community.people.crisis import Crisis, Measures
from community.people.models import Person
from community.policy.counting import count_hit
from community.policy.doors import door_named
from community.policy.models import CheckHit, CheckRule, State
from community.policy.ruling import Does, Number, Ruled, rule_of, ruled
from moderation.flags.rule_names import named
from moderation.waves.models import Wave, WaveMember

RULE = "waves:{kind}"
"""The rule that decides; what it does is told with the version in force."""
RULED = {
    Wave.Kind.SIGN_UPS: Ruled(
        "waves:sign_ups", gettext_lazy("Wave of sign-ups"), gettext_lazy("So many accounts from one network."),
        Does.ALARM,
        (
            Number("accounts", gettext_lazy("Accounts"), "WAVE_SIGN_UPS", least=2),
            Number("minutes", gettext_lazy("Within minutes"), "WAVE_SIGN_UP_MINUTES", least=1, most=60),
        ),
    ),
    Wave.Kind.POSTS: Ruled(
        "waves:posts", gettext_lazy("Wave of posts"), gettext_lazy("Posts that say the same, within ten minutes."),
        Does.ALARM,
        (
            Number("posts", gettext_lazy("Posts"), "WAVE_POSTS", least=2),
            Number("people", gettext_lazy("New accounts that they come from"), "WAVE_PEOPLE", least=2),
        ),
    ),
    Wave.Kind.FLOOD: Ruled(
        "waves:flood", gettext_lazy("Flood"),
        gettext_lazy("Posts of new people within ten minutes, five times as many as usual."),
        Does.ALARM, (Number("posts", gettext_lazy("Posts"), "WAVE_FLOOD", least=5, most=10_000),),
    ),
}  # fmt: skip
for _rule in RULED.values():
    named(ruled(_rule).key, _rule.label)
CRISIS_FOR = timedelta(hours=2)
SWEEP = "moderation.waves.tasks.sweep_wave"
LOCK = 7_411_031


@transaction.atomic
def alarm(kind: str, what: str, marks: list[str], counts: Counter[int], first_at: datetime) -> Wave | None:
    """A wave was seen. Two processes that see it at the same moment make one alarm; none in the shadow."""
    rule = rule_of(RULE.format(kind=kind))
    if rule.state != State.ON:
        if rule.is_shadow and not seen_lately(rule):
            count_hit(rule, None, door_named("name" if kind == Wave.Kind.SIGN_UPS else "question"), Does.ALARM)
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    known = Wave.objects.going_on().filter(kind=kind, marks__overlap=marks) if marks else Wave.objects.none()
    wave = known.first() or Wave.objects.create(
        kind=kind, what=what[:200], marks=marks, first_at=first_at, posts=sum(counts.values()), batch=uuid4()
    )
    rows = [WaveMember(wave=wave, person_id=pk, posts=number) for pk, number in counts.items()]
    WaveMember.objects.bulk_create(rows, ignore_conflicts=True)
    wave.crisis = tighten(wave)
    wave.save(update_fields=["crisis"])
    count_hit(rule, None, door_named("name" if kind == Wave.Kind.SIGN_UPS else "question"), Does.ALARM)
    record(Verb.WAVE_SEEN, actor=None, subject=wave, kind=kind, people=len(counts), posts=wave.posts)
    sweep_soon(wave)
    return wave


def seen_lately(rule: CheckRule) -> bool:
    """In the shadow a wave counts once, not with each of its posts."""
    return CheckHit.objects.filter(rule__key=rule.key, created_at__gt=timezone.now() - timedelta(hours=1)).exists()


def machine(kind: str) -> str:
    """The rule with its version, for what it decides."""
    key = RULE.format(kind=kind)
    return f"{key}@{rule_of(key).version}"


def grow(wave: Wave, person: Person, *, posts: int = 0, is_seen: bool = False) -> Wave:
    """One more of it. When everybody can see it, or what its author said before, the gate did not know yet."""
    is_new = wave.take_in(person, posts)
    wave.count_again()
    if is_seen or is_new:
        sweep_soon(wave)
    return wave


def tighten(wave: Wave) -> Crisis | None:
    """Crisis mode for two hours: first posts wait, and whatever shows the marks of the wave."""
    if not settings.WAVES_START_CRISIS:
        return None
    marks = wave.marks if wave.kind == Wave.Kind.POSTS else []
    rule, reason = machine(wave.kind), reason_of(wave)
    until = timezone.now() + CRISIS_FOR
    row = Crisis.objects.in_force().first()
    if row is None:
        measures = Measures(holds_first_posts=True, marks=marks)
        return Crisis.objects.start(measures, by=None, rule=rule, reason=reason, until=until)
    row.add_marks(marks, rule=rule, reason=reason, until=until)
    return row


def reason_of(wave: Wave) -> str:
    """Why, in words."""
    sentences = {
        Wave.Kind.SIGN_UPS: _("Many people joined from one network within minutes."),
        Wave.Kind.POSTS: _("Many new accounts post the same: %(what)s"),
        Wave.Kind.FLOOD: _("New people post far more than usual."),
    }
    return sentences[Wave.Kind(wave.kind)] % {"what": wave.what}


def sweep_soon(wave: Wave) -> None:
    """A job of its own takes out of sight what was posted before the gate knew; one at a time."""
    if wave.kind == Wave.Kind.POSTS:
        put_off(app.configure_task(SWEEP, queue="events", priority=5, lock=f"wave-{wave.pk}"), wave_id=wave.pk)
