"""Hana's rules in the demo: six of words, one of them in the shadow and one tried; an embargo; what they met."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from community.events.models import Event
from community.people.demo_cast import names
from community.people.models import Person
from community.policy.counting import refusals_counted
from community.policy.doors import EVERYWHERE
from community.policy.models import CheckRule, Embargo, WordRule
from community.refusals import Refusal
from community.staging import Stage, savepoints, span
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.flags.models import Case, HouseRule
from moderation.rules.checking import try_check
from moderation.rules.models import CheckTrial
from moderation.rules.starting import start_named
from moderation.rules.trying import try_rule


@dataclass(frozen=True)
class Met:
    """A text that a rule met, and what came of it."""

    title: str
    author: str
    ago: str
    text: str
    decided: str = ""
    rule: str = ""
    facts: str = ""


MET = [Met(**told) for told in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["met"]]
WHY = "Kept coming back in reports. In the shadow for a week first."
FRAUD = "Our toll free support number is open day and night, call it now."
WIDER: dict[str, Any] = {
    "name": "Danger, wider", "kind": "words", "pattern": "warm\nhot\nsmell*\nheat*", "action": "hint",
    "reason": "Published. The team looks at reports like this first.",
}  # fmt: skip


def build(stage: Stage) -> None:
    """Plan the rules, their changes, and what they met."""
    gate = Gate(stage)
    for at, key in (
        ("43d", "insults"),
        ("40d", "coupons"),
        ("38d", "fake_support"),
        ("33d", "safety"),
        ("29d", "swearing"),
    ):
        stage.at(stage.now - span(at), lambda key=key: gate.begin(key))  # type: ignore[misc]
    stage.at(stage.now - span("36d"), gate.in_force)
    stage.at(stage.now - span("28d"), lambda: gate.in_force())
    stage.at(stage.now - span("19d"), gate.stricter)
    stage.at(stage.now - span("12d"), gate.wider)
    for met in MET:
        at_ = stage.now - span(met.ago)
        stage.at(at_, lambda met=met: gate.write(met))  # type: ignore[misc]
        if met.decided:
            stage.at(at_ + span("95m"), lambda met=met: gate.decide(met))  # type: ignore[misc]
    for ago, author in (("9d7h", "luca"), ("4d2h", "jonas"), ("31h", "jonas")):
        stage.at(stage.now - span(ago), lambda author=author: gate.refused(author))  # type: ignore[misc]
    stage.at(stage.now - span("5d"), gate.embargo)
    stage.at(stage.now - span("3h"), gate.trial)
    stage.at(stage.now - span("24d"), gate.new_check)
    stage.at(stage.now - span("17d"), gate.check_in_force)
    stage.at(stage.now - span("2h"), gate.check_trial)


class Gate:
    """Hana at her rules."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hana: Person = stage.people["hana"]
        self.rules: dict[str, WordRule] = {}
        self.posts: dict[str, Post] = {}

    def begin(self, key: str) -> None:
        start = start_named(key)
        assert start is not None
        fields = {**start.initial, "parts": EVERYWHERE}
        self.rules[key] = WordRule.objects.write(by=self.hana, why="To see what it would meet.", **fields)

    def in_force(self) -> None:
        """What counted in the shadow for a week is in force from now on."""
        for rule in self.rules.values():
            if rule.is_shadow:
                rule.rewrite(by=self.hana, why=WHY, version=rule.version, state="on")

    def stricter(self) -> None:
        rule = self.rules["insults"]
        words = rule.pattern.replace("scumbag*", "scumbag*\nbrain dead")
        rule.rewrite(by=self.hana, why="“Brain dead” came up twice.", version=rule.version, pattern=words, points=30)

    def wider(self) -> None:
        fields = {**WIDER, "parts": EVERYWHERE, "state": "shadow"}
        why = "Would more words find more? Nothing happens by it yet."
        self.rules["wider"] = WordRule.objects.write(by=self.hana, why=why, **fields)

    def thread_of(self, title: str) -> Any:
        return next(q for name, q in self.stage.props.items() if name.startswith(f"question {title}")).thread

    def write(self, met: Met) -> None:
        by = self.stage.people[met.author]
        self.posts[met.title] = answer(self.thread_of(met.title), by=by, source=met.text)

    def decide(self, met: Met) -> None:
        case = Case.objects.about(self.posts[met.title]).open().get()
        case.claim(by=self.hana)
        deeds: dict[str, dict[str, Any]] = {"hide": {}} if met.decided == Case.Outcome.ACTED else {}
        rule = HouseRule.objects.get(slug=met.rule) if met.rule else None
        decide(case, Wanted(met.decided, deeds, rule, met.facts), by=self.hana)

    def refused(self, author: str) -> None:
        with refusals_counted(), savepoints(True):
            try:
                answer(self.thread_of("Found in Bluetooth"), by=self.stage.people[author], source=FRAUD)
            except Refusal:
                return

    def embargo(self) -> None:
        zone = ZoneInfo("Europe/Berlin")
        day = (self.stage.now + span("19d")).astimezone(zone)
        Embargo.objects.lay(
            by=self.hana, words="Beam 3\nBeam Three", until=datetime(day.year, day.month, day.day, 9, tzinfo=zone),
            zone="Europe/Berlin", audience=Embargo.Audience.TEAM,
            reason="The launch is not public. Say that we do not speak about what may come.",
        )  # fmt: skip

    def trial(self) -> None:
        try_rule(self.rules["wider"], by=self.hana)

    def new_check(self) -> None:
        row = CheckRule.objects.begun("repeated")
        why = "What would it hold? A week in the shadow."
        row.rewrite(by=self.hana, why=why, version=row.version, state="shadow", numbers={"most": 2})

    def check_in_force(self) -> None:
        row = CheckRule.objects.of("repeated")
        why = "It met advertising only. Once is enough."
        row.rewrite(by=self.hana, why=why, version=row.version, state="on", numbers={"most": 1})

    def check_trial(self) -> None:
        try_check("links", {"most": 0}, by=self.hana)


def remove() -> None:
    """Rules of the demo's people go with their versions, counts and trials."""
    people = Person.objects.filter(username_key__in=names())
    CheckTrial.objects.filter(by__in=people).delete()
    WordRule.objects.filter(versions__by__in=people).delete()
    Embargo.objects.filter(by__in=people).delete()
    ours = Q(verb__startswith="word_rule.") | Q(verb__startswith="embargo.") | Q(verb__startswith="check.")
    Event.objects.filter(ours, actor__in=people).delete()
