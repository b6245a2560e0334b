"""The demo's connection: the Tryton that `make crm` starts, paused until then, with what Kim said about its fields."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.crm.connectors.base import Remote
from moderation.crm.filling import feed_of
from moderation.crm.matching import keep
from moderation.crm.models import Connection, Match
from moderation.crm.tryton.first_steps import LOGIN
from moderation.crm.tryton.home import DATABASE
from moderation.mappings.models import MappingVersion

NAME = "tryton"
WHY_PAUSED = "This Tryton is not running yet: “make crm” starts it on this machine and takes this connection over."
PATHS = {"contact_profile": "website"}
FIRST = ({"contact_profile": "overwrite"}, "Sales wants to see at a glance who somebody is in the community")
NOW = ({"contact_profile": "fill"}, "Three dealers lost the address of their own shop. Only into what is blank")
THERE = [("henrik", ""), ("greta", "https://radio-greta.example"), ("luca", "")]
"""Contacts over there, and their web sites before we came."""
SEVERAL = {
    "greta": [("218", "greta", "greta@radio-greta.example"), ("547", "Radio Greta (webshop)", "")],
    "luca": [("96", "luca", ""), ("431", "Luca B. (trade fair)", "luca.b@fair.example")],
}
"""Customers whose address was given to two contacts over there: id, name, and another address than the customer's."""


def build(stage: Stage) -> None:
    """A connection with two versions of its fields, and what the last trial found."""
    if not Connection.objects.filter(name=NAME).exists():  # a real one, made by hand, is nobody's demo
        stage.at(stage.now - span("40d"), lambda: connect(stage))
        stage.at(stage.now - span("39d"), lambda: say(stage, *FIRST, based_on=0))
        stage.at(stage.now - span("6d"), lambda: say(stage, *NOW, based_on=1))
        stage.at(stage.now - span("3d"), lambda: meet_several(stage))
        stage.at(stage.now - span("2d"), lambda: decide_one(stage))


def connect(stage: Stage) -> None:
    """Known by name and address, and left alone until it runs."""
    where = {"url": "http://localhost:8790", "database": DATABASE, "login": LOGIN, "company": ""}
    tried = {"checked_at": timezone.now(), "is_reachable": False, "check_result": "Nobody answers at this address yet."}
    row = Connection.objects.create(name=NAME, kind="tryton", settings=where, **tried)
    row.pause(by=stage.people["kim"], reason=WHY_PAUSED)


def say(stage: Stage, modes: dict[str, str], reason: str, *, based_on: int) -> None:
    """The next version, tried just before."""
    connection = Connection.objects.get(name=NAME)
    draft = {"is_asked": False, "paths": PATHS, "modes": modes, "case": 0, "reason": reason}
    at = timezone.now() - timedelta(minutes=4)
    connection.trial = {**draft, "at": at.isoformat(), "report": tried(stage, modes)}
    connection.save(update_fields=["trial"])
    kept = {"by": stage.people["kim"], "reason": reason, "based_on": based_on, "modes": modes}
    MappingVersion.objects.keep(feed_of(connection), ".", PATHS, **kept)


def meet_several(stage: Stage) -> None:
    """Two customers of whom the CRM has two contacts each: somebody has to say who is who."""
    connection = Connection.objects.get(name=NAME)
    for name, contacts in SEVERAL.items():
        person = stage.people[name]
        found = [Remote(pk, fields={"name": called, "email": other or person.email}) for pk, called, other in contacts]
        keep(person, connection, found)


def decide_one(stage: Stage) -> None:
    """Fay knew one of them from the telephone; the other one waits."""
    match = Match.objects.get(connection__name=NAME, person=stage.people["luca"])
    match.decide("96", by=stage.people["fay"], version=match.version)


def tried(stage: Stage, modes: dict[str, str]) -> dict[str, object]:
    """What a look at the three contacts found."""
    rows = []
    for name, before in THERE:
        what = "fill" if not before else "kept" if modes["contact_profile"] == "fill" else "overwrite"
        after = settings.SITE_URL + stage.people[name].get_absolute_url()
        rows.append({"record": name, "url": "", "value": "contact_profile", "field": "website", "before": before,
                     "after": after, "what": what})  # fmt: skip
    kept = sum(row["what"] == "kept" for row in rows)
    ways = {"contact": ["email", "mobile", "phone", "website"], "case": ["amount", "lost_reason", "probability"]}
    told = {"records": len(rows), "gone": 0, "would": len(rows) - kept, "kept": kept, "same": 0, "strange": []}
    return {**told, "rows": rows, "ways": ways}


def remove() -> None:
    """What is still as Kim left it. Once it has a password, `make crm` or somebody made it their own."""
    MappingVersion.objects.filter(feed__startswith="crm:", by__username_key__in=names()).delete()
    Connection.objects.filter(name=NAME, sealed="").delete()
