"""The demo's review queue on a Monday: what waits, what was decided and why, an appeal that waits and one that won."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from community.people.demo_cast import names
from community.staging import Stage, span
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.decisions import appealing
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Decision, SecondReading
from moderation.decisions.reading_again import read_again
from moderation.flags.models import Case, Flag, HouseRule


@dataclass(frozen=True)
class Matter:
    """Something that somebody wrote, who reported it as what, and what came of it."""

    title: str
    author: str
    ago: str
    text: str
    flags: dict[str, list[str]] = field(default_factory=dict)
    deeds: list[str] | None = None  # None: it waits; empty: nothing against the rules
    rule: str = ""
    facts: str = ""


MATTERS = [Matter(**told) for told in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["matter"]]


def build(stage: Stage) -> None:
    """Plan what people wrote, reported and decided."""
    review = Review(stage)
    for matter in MATTERS:
        at = stage.now - span(matter.ago)
        stage.at(at, lambda m=matter: review.write(m))
        stage.at(at + span("12m"), lambda m=matter: review.report(m))
        if matter.deeds is not None:
            stage.at(at + span("2h5m"), lambda m=matter: review.decide(m))
    stage.at(
        stage.now - span("33d"),
        lambda: review.appeal("Coffee on", "It is not my shop. I bought it there, that is all."),
    )
    stage.at(stage.now - span("31d"), lambda: review.overturn("Coffee on"))
    stage.at(stage.now - span("2d4h"), lambda: review.appeal("Noticeable", APPEAL))
    stage.at(stage.now - span("4d"), review.read_again)
    stage.at(stage.now - span("4h"), review.profile)
    stage.at(stage.now - span("70m"), review.notice)


NOT_MINE = "It is not my shop. I bought it there, that is all."
APPEAL = (
    "I was angry, and the delay did cost me a whole evening. I named nobody and used no swear word. "
    "Please bring the answer back; I will take the last sentence out myself."
)


class Review:
    """The moderators at work."""

    def __init__(self, stage: Stage) -> None:
        self.people = stage.people
        self.stage = stage
        self.posts: dict[str, Post] = {}
        self.decisions: dict[str, Decision] = {}

    def write(self, matter: Matter) -> None:
        questions = (q for name, q in self.stage.props.items() if name.startswith(f"question {matter.title}"))
        thread = next(questions).thread
        self.posts[matter.title] = answer(thread, by=self.people[matter.author], source=matter.text, where="import")

    def report(self, matter: Matter) -> None:
        for name, (slug, note) in matter.flags.items():
            Flag.objects.flag(self.posts[matter.title], by=self.people[name], rule=rule(slug), note=note)

    def decide(self, matter: Matter) -> None:
        case = Case.objects.about(self.posts[matter.title]).open().get()
        case.claim(by=self.people["hana"])
        deeds: dict[str, dict[str, Any]] = {name: {} for name in matter.deeds or ()}
        outcome = Case.Outcome.ACTED if deeds else Case.Outcome.LEFT
        wanted = Wanted(outcome, deeds, rule(matter.rule) if deeds else None, matter.facts)
        self.decisions[matter.title] = decide(case, wanted, by=self.people["hana"])

    def appeal(self, title: str, text: str) -> None:
        decision = self.decision(title)
        appealing.appeal(decision, by=decision.case.concerns, text=text)

    def overturn(self, title: str) -> None:
        appeal = self.decision(title).appeals.get()
        reason = "You are right: the shop is not yours, and the answer helps. It is back."
        appealing.answer(appeal, "overturned", by=self.people["kim"], reason=reason)

    def read_again(self) -> None:
        """Two decisions are read by Kim: one she sees alike, one differently, and a third waits for her."""
        said: list[tuple[str, Callable[[SecondReading], None]]] = [
            ("Which wall", lambda row: read_again(row, "acted", by=self.people["kim"], rule=rule("spam"))),
            ("Voices too", lambda row: read_again(row, "acted", by=self.people["kim"], rule=rule("insults"))),
            ("Case loses", lambda row: None),
        ]
        for title, read in said:
            read(SecondReading.objects.get_or_create(decision=self.decision(title))[0])

    def profile(self) -> None:
        Flag.objects.flag(self.people["chris"], by=self.people["theo"], rule=rule("spam"), note="Only here for clicks?")

    def notice(self) -> None:
        """Somebody without an account."""
        post = self.posts["Anybody sleeping with"]
        Flag.objects.give_notice(
            post, rule=rule("illegal"), name="R. Doze", email="legal@doze.example", url=post.get_absolute_url(),
            note="The address that is named uses our trade mark without our leave.", good_faith=True,
        )  # fmt: skip

    def decision(self, title: str) -> Decision:
        return next(decision for name, decision in self.decisions.items() if name.startswith(title))


def rule(slug: str) -> HouseRule:
    return HouseRule.objects.get(slug=slug)


def remove() -> None:
    """Cases with their flags, decisions and appeals go before the people."""
    Case.objects.filter(concerns__username_key__in=names()).delete()
