"""The demo's honest reviews: a campaign, somebody who turned out to be close to the company, a burst, a refusal."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q

from community.events.models import Event
from community.notifications.models import EmailDelivery, Notification, Turn
from community.people.demo_cast import add_person, hashed_password, names
from community.people.models import Person
from community.staging import Stage, span
from forums.reviews.checking import publish
from forums.reviews.insiders import take_directory
from forums.reviews.models import Came, Campaign, CheckingNotice, Insider, Review
from forums.reviews.writing import Said
from forums.threads.models import Thread
from moderation.decisions import appealing
from moderation.decisions.deciding import Wanted, decide
from moderation.fairness.models import LedgerLine
from moderation.flags.models import Case, HouseRule

TOLD: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
DOMAIN = "reviewers.example"
WRITERS = [row["by"] for row in TOLD["review"]]


def build(stage: Stage) -> None:
    """Plan who writes what, and what the team makes of it."""
    team = Honest(stage)
    stage.at(stage.now - timedelta(days=64), begin_notices)
    stage.at(stage.now - timedelta(days=61), team.join)
    stage.at(stage.now - timedelta(days=30), team.plan_campaign)
    stage.at(stage.now - timedelta(days=29), publish)
    for told in TOLD["review"]:
        stage.at(stage.now - span(told["ago"]), lambda told=told: team.write(told))
    stage.at(stage.now - timedelta(days=6), team.compare_with_the_directory)
    stage.at(stage.now - timedelta(days=4), team.refuse)
    stage.at(stage.now - timedelta(days=3, hours=3), team.appeal)
    stage.at(stage.now - timedelta(days=1, hours=20), team.answer)
    stage.at(stage.now, team.settle_mails)


def begin_notices() -> None:
    """The worker of a first start may have published one already, dated today: the year begins before that."""
    CheckingNotice.objects.all().delete()
    publish()


class Honest:
    """Writers of reviews, and Hana, who looks after them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: dict[str, Person] = {}
        self.reviews: dict[str, Review] = {}
        self.campaign: Campaign | None = None

    def join(self) -> None:
        """All but those of the burst have been here for a while."""
        password = hashed_password()
        for number, told in enumerate(TOLD["review"]):
            joined = self.stage.now - span(told.get("joined", "61d"))
            person = add_person(told["by"], DOMAIN, password, joined, hue=25 * number % 360)
            self.people[told["by"]] = person

    def plan_campaign(self) -> None:
        """Twelve testers keep a loudspeaker, whatever they write."""
        told, today = TOLD["campaign"], self.stage.now.date()
        self.campaign = Campaign.objects.plan(
            by=self.stage.people["hana"], name=told["name"], kind="product", terms=told["terms"],
            invitation=told["invitation"], budget=told["budget"],
            eligibility=told["eligibility"], product=self.stage.props[told["product"]],
            begins_on=today - timedelta(days=30), ends_on=today + timedelta(days=20),
        )  # fmt: skip
        asked = [self.people[row["by"]] for row in TOLD["review"] if row.get("asked")]
        self.campaign.invite(asked, by=self.stage.people["hana"])

    def write(self, told: dict[str, Any]) -> None:
        said = Said(
            stars=told["stars"], title=told["title"], source=told["text"],
            pros=told.get("pros", ""), cons=told.get("cons", ""),
        )  # fmt: skip
        device = told.get("device", "")
        came = Came(device * 32, f"n{device}" * 16) if device else Came()
        product = self.stage.props[told["product"]]
        self.reviews[told["by"]] = Review.objects.write(said, by=self.people[told["by"]], product=product, came=came)

    def compare_with_the_directory(self) -> None:
        """One who praised a soundbar turns out to work in its design."""
        take_directory([f"{TOLD['insider']}@{DOMAIN}"], by=self.stage.people["hana"])

    def refuse(self) -> None:
        """A review that sends people to a shop."""
        case = Case.objects.open_about(self.refused.opening, by=self.stage.people["hana"], origin=Case.Origin.STAFF)
        rule = HouseRule.objects.get(slug="spam")
        decide(case, Wanted("acted", {"hide": {}}, rule, TOLD["refusal"]["facts"]), by=self.stage.people["hana"])

    def appeal(self) -> None:
        """Its writer sees that otherwise."""
        decision = Case.objects.about(self.refused.opening).get().decisions.get()
        appealing.appeal(decision, by=self.refused.author, text=TOLD["refusal"]["appeal"])

    def answer(self) -> None:
        """Kim, who did not decide it, reads it once more."""
        appeal = Case.objects.about(self.refused.opening).get().decisions.get().appeals.get()
        appealing.answer(appeal, "upheld", by=self.stage.people["kim"], reason=TOLD["refusal"]["answer"])

    def settle_mails(self) -> None:
        """Nobody has these addresses: what waits counts as mailed and sent."""
        people = list(self.people.values())
        Notification.objects.waiting_for_mail().filter(person__in=people).update(mailed_at=self.stage.now, letter=None)
        Turn.objects.filter(person__in=people).delete()
        waiting = EmailDelivery.objects.waiting().filter(person__in=people)
        waiting.update(state=EmailDelivery.State.SENT, sent_at=self.stage.now)

    @property
    def refused(self) -> Review:
        return self.reviews[TOLD["refusal"]["by"]]


def remove() -> None:
    """They leave with all that they wrote, and the pages begin anew."""
    theirs = Q(username_key__in=WRITERS, email__endswith=f"@{DOMAIN}")
    people = list(Person.objects.filter(theirs).values_list("pk", flat=True))
    LedgerLine.objects.filter(Q(review__author__in=people) | Q(review__author__username_key__in=names())).delete()
    CheckingNotice.objects.all().delete()
    Campaign.objects.filter(name=TOLD["campaign"]["name"], by__username_key="hana").delete()
    Insider.objects.filter(person__username_key__in=names()).delete()
    EmailDelivery.objects.filter(person__in=people).delete()
    Case.objects.filter(concerns__in=people).delete()
    Review.objects.filter(author__in=people).delete()
    Thread.objects.filter(author__in=people).delete()
    Event.objects.filter(actor__in=people).delete()
    Person.objects.filter(pk__in=people).delete()
