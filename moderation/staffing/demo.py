"""The demo's team: what some can do that others cannot, what asks for it, and a certificate that has run out."""

from datetime import timedelta

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.queue.models import Ability, Item, KeptView, Member, Requirement, Skill, Team
from moderation.staffing.models import Shift

SKILLS = [
    # name, is a certificate, what asks for it
    ("German", False, ("language", "de")),
    ("Bluetooth", False, ("tag", "bluetooth")),
    ("Battery safety", True, ("signal", "safety")),
]
TAUGHT = [
    # who, what, valid for so many days from today
    ("dora", "German", None),
    ("dora", "Bluetooth", None),
    ("dora", "Battery safety", 212),
    ("emil", "German", None),
    ("emil", "Battery safety", -19),
    ("gil", "Bluetooth", None),
    ("fay", "Battery safety", 95),
]
TEAMS = [("Early shift", ["dora", "emil"])]
VIEWS = [
    # who keeps it, its name, what is searched, for whom
    ("fay", "German, late", "lang:de due:late state:open", "all"),
    ("dora", "Beam 2 for nobody", "product:beam-2 has:nobody state:open", "own"),
]


def build(stage: Stage) -> None:
    """Late in the year, so that each old matter is not asked again."""
    stage.at(stage.now - span("50m"), lambda: teach(stage))


def teach(stage: Stage) -> None:
    """The desk has alarms since this morning: what waits from before does not ring."""
    Item.objects.filter(created_at__lt=stage.now - span("20h")).update(alarm_at=None)
    fay, today = stage.people["fay"], stage.now.date()
    skills = {}
    for name, is_certificate, (kind, value) in SKILLS:
        skills[name] = Skill.objects.introduce(name, by=fay, is_certificate=is_certificate)
        Requirement.objects.make(skills[name], by=fay, kind=kind, value=value)
    for who, name, days in TAUGHT:
        until = today + timedelta(days=days) if days else None
        Ability.objects.give(stage.people[who], skills[name], by=fay, valid_until=until)

    for name, people in TEAMS:
        formed = Team.objects.form(name, by=fay)
        for who in people:
            formed.take_in(stage.people[who], by=fay)
    for owner, name, query, audience in VIEWS:
        KeptView.objects.keep(by=stage.people[owner], name=name, query=query, audience=audience)


def remove() -> None:
    """Shifts and abilities go with their people; what nobody else has learnt goes, too."""
    Member.objects.filter(person__username_key__in=names()).delete()
    Team.objects.filter(name__in=[name for name, _people in TEAMS], members=None).delete()
    Shift.objects.filter(person__username_key__in=names()).delete()
    Ability.objects.filter(person__username_key__in=names()).delete()
    Skill.objects.filter(name__in=[name for name, *_ in SKILLS], abilities=None).delete()
